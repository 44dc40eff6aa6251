import { expect, test } from "./fixtures/test.ts";

const faces = [
  { link: "Usage", heading: "Usage", what: "the usage" },
  { link: "Latency", heading: "Latency", what: "the latencies" },
  { link: "Resources", heading: "Resources", what: "the resources" },
  { link: "Models", heading: "Models", what: "the models" },
  { link: "Connect", heading: "Connect", what: "the tenant" },
  { link: "Settings", heading: "Tenants", what: "the settings" },
  { link: "Overview", heading: "Overview", what: "the overview" },
] as const;

test("a page on its way shows its shape and says what is loading, beside the navigation", async ({
  page,
  signIn,
}) => {
  test.slow();
  await signIn("officer");
  await page.goto("/findings");
  await expect(page.getByRole("heading", { level: 1, name: "Findings" })).toBeVisible();
  let goOn = (): void => {};
  let held = Promise.resolve();
  // What a link fetches beforehand is let through; the page itself waits.
  await page.route(
    (url) => url.searchParams.has("_rsc"),
    async (route) => {
      const headers = route.request().headers();
      if (!headers["next-router-prefetch"] && !headers["next-router-segment-prefetch"]) await held;
      await route.fallback();
    },
  );
  for (const { link, heading, what } of faces) {
    held = new Promise((resolve) => {
      goOn = resolve;
    });
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: link }).click();
    const status = page.getByRole("status").filter({ hasText: `Loading ${what}` });
    await expect(status).toBeAttached();
    await expect(page.getByRole("link", { name: link, exact: true })).toBeVisible();
    goOn();
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(status).toHaveCount(0);
  }
});
