import { expect, test } from "./fixtures/test.ts";

const unknown = "0192f0c0-0000-7000-8000-000000000000";
const aboutTenant = [
  "/settings/tenants/:tenant",
  "/settings/people/:tenant",
  "/settings/policies/:tenant",
  "/settings/policies/:tenant/edit",
  "/settings/policies/:tenant/replay",
  "/settings/policies/:tenant/restatements",
  "/settings/policies/:tenant/simulator",
  "/settings/register/:tenant",
  "/settings/retention/:tenant",
  "/settings/trail/:tenant",
  "/settings/alerts/:tenant",
] as const;

test("a page of a single thing is answered with 404 where it is not there, and with 200 where it is", async ({
  page,
  signIn,
}) => {
  test.slow();
  await signIn("officer");
  const statusOf = async (path: string) => (await page.request.get(path)).status();
  const tenants: { slug: string }[] = await (await page.request.get("/api/tenants")).json();
  const { items } = await (await page.request.get("/api/findings")).json();
  expect(await statusOf(`/findings/${unknown}`)).toBe(404);
  expect(await statusOf("/findings/made-up")).toBe(404);
  expect(await statusOf(`/findings/${items[0].id}`)).toBe(200);
  for (const path of aboutTenant) {
    expect(await statusOf(path.replace(":tenant", "no-such-tenant")), path).toBe(404);
    expect(await statusOf(path.replace(":tenant", tenants[0]?.slug ?? "")), path).toBe(200);
  }
  expect(await statusOf("/no-such-page")).toBe(404);
});
