import type { APIRequestContext } from "@playwright/test";
import type { CallPage } from "../lib/contracts/calls.ts";
import { type Demo, tenantOf } from "./fixtures/demo.ts";
import { minutesAround } from "./fixtures/minutes-around.ts";
import { expect, test } from "./fixtures/test.ts";

/** The silent leak: a European tenant that observes, with a key whose target is the global host. */
const leaking = "nordbank-apps";

/** One plain chat call through the gateway, as an application makes it; answers its id in the record. */
async function sendCall(request: APIRequestContext, demo: Demo, slug: string): Promise<string> {
  const answer = await request.post(`${demo.gateway}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${tenantOf(demo, slug).gatewayKey}` },
    data: { model: "gpt-4.1-mini", messages: [{ role: "user", content: "One word, please." }] },
  });
  expect(answer.status()).toBe(200);
  const id = answer.headers()["x-domicile-call-id"];
  if (id === undefined) throw new Error("the gateway's answer has no x-domicile-call-id");
  return id;
}

test.describe("calls", () => {
  test("show a call that has just left its region as flagged, with its evidence in plain words", async ({
    page,
    request,
    demo,
    signIn,
  }) => {
    const id = await sendCall(request, demo, leaking);
    await signIn("officer");
    // A page lists what is recorded when it is read; what comes later waits above it.
    await expect.poll(async () => (await page.request.get(`/api/calls/${id}`)).status()).toBe(200);
    await page.goto(`/calls?tenant=${leaking}&verdict=violation`);
    const row = page.getByRole("row").filter({ has: page.locator(`#call-${id}`) });
    await expect(row).toContainText("Outside policy");
    await expect(row).toContainText("api.openai.com");

    await row.getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`call=${id}`));
    const sheet = page.getByRole("dialog");
    await expect(sheet).toContainText("api.openai.com, a destination without a location promise");
    await expect(sheet.getByRole("heading", { name: "Evidence" })).toBeVisible();
    await expect(sheet).toContainText("Undetermined");
    await expect(sheet).toContainText("Simulated");
    await expect(sheet).toContainText("Had it blocked, this call would have been stopped before it left.");
    await expect(sheet).not.toContainText(/inference ran|tamper-proof|GDPR compliant/i);
  });

  test("lead the keyboard past filters and facets to the rows, and have room for a reason", async ({
    page,
    signIn,
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await signIn("auditor");
    await page.goto("/calls?range=30d&verdict=unverifiable");
    const table = page.getByRole("table", { name: "Calls, newest first" });
    await expect(table.getByRole("link").first()).toBeVisible();
    await page.getByRole("link", { name: "Skip to the list of calls" }).press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(table.getByRole("link").first()).toBeFocused();
    const reason = table.getByTitle("Only reason Path of the content not observed").first();
    const words = reason.locator("span").first();
    await expect(words).toBeVisible();
    expect(await words.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(
      0,
    );
  });

  test("print the open call alone, with who printed it and when", async ({ page, signIn }) => {
    await signIn("auditor");
    await page.goto("/calls?range=30d");
    const table = page.getByRole("table", { name: "Calls, newest first" });
    await table.getByRole("link").first().click();
    const sheet = page.getByRole("dialog");
    await expect(sheet.getByRole("heading", { name: "What happened" })).toBeVisible();
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText(/^Printed by Helen Marsh on .* UTC$/)).toBeVisible();
    await expect(sheet.getByRole("heading", { name: "What happened" })).toBeVisible();
    await expect(table).toBeHidden();
    await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden();
    await expect(sheet.getByRole("button", { name: "Close" })).toBeHidden();
  });

  test("move from call to call with J and K, close with Escape and give focus back to the row", async ({
    page,
    signIn,
  }) => {
    await signIn("auditor");
    await page.goto("/calls?range=30d");
    const links = page.getByRole("table", { name: "Calls, newest first" }).getByRole("link");
    const second = await links.nth(1).getAttribute("id");
    await links.first().click();
    const sheet = page.getByRole("dialog");
    await expect(sheet.getByRole("heading", { name: "What happened" })).toBeVisible();
    await expect(page).toHaveURL(/call=/);
    const firstUrl = page.url();
    await page.keyboard.press("j");
    await expect(page).toHaveURL(new RegExp(`call=${second?.replace("call-", "")}`));
    await page.keyboard.press("k");
    await expect(page).toHaveURL(firstUrl);
    await page.keyboard.press("j");
    await expect(page).toHaveURL(new RegExp(`call=${second?.replace("call-", "")}`));
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await expect(page.locator(`#${second}`)).toBeFocused();
  });

  test("are filtered by a facet, and the count beside it is what is then listed", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    await page.goto(`/calls?tenant=${leaking}&range=30d`);
    const facet = page
      .getByRole("group", { name: "Verdict" })
      .getByRole("button", { name: /^Outside policy/ });
    const count = Number((await facet.textContent())?.replace(/\D/g, ""));
    expect(count).toBeGreaterThan(0);
    await facet.click();
    await expect(page).toHaveURL(/verdict=violation/);
    await expect(facet).toHaveAttribute("aria-pressed", "true");
    const listed = (await (
      await page.request.get(`/api/calls?tenant=${leaking}&range=30d&verdict=violation&limit=200`)
    ).json()) as CallPage;
    expect(listed.totalCalls).toBe(count);
    expect(new Set(listed.items.map((call) => call.verdict))).toEqual(new Set(["violation"]));
    await page.goBack();
    await expect(page).not.toHaveURL(/verdict=/);
    await expect(facet).toHaveAttribute("aria-pressed", "false");
  });

  test("are filtered by a value that is clicked, and by an address that somebody sent", async ({
    page,
    signIn,
  }) => {
    await signIn("developer");
    await page.goto(`/calls?tenant=${leaking}&range=30d&verdict=violation`);
    const host = page.getByTitle(/^Only host /).first();
    const name = (await host.getAttribute("title"))?.replace("Only host ", "") ?? "";
    await host.click();
    await expect(page).toHaveURL(new RegExp(`host=${name.replaceAll(".", "\\.")}`));
    const address = page.url();
    await page.goto("/findings");
    await page.goto(address);
    await expect(page.getByRole("button", { name: `Remove filter Host: ${name}` })).toBeVisible();
    for (const each of await page.getByTitle(/^Only host /).all())
      await expect(each).toHaveAttribute("title", `Only host ${name}`);
  });

  test("go on page by page without showing one twice", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/calls?range=30d");
    const links = page.getByRole("table", { name: "Calls, newest first" }).getByRole("link");
    await expect(links).toHaveCount(50);
    await page.getByRole("button", { name: "Load more" }).click();
    await expect(links).toHaveCount(250);
    const ids = await links.evaluateAll((all) => all.map((link) => link.id));
    expect(new Set(ids).size).toBe(250);
  });

  test("announce what is new and move nothing until it is let in; live, it flows in", async ({
    page,
    request,
    demo,
    signIn,
  }) => {
    await signIn("officer");
    await page.goto(`/calls?tenant=${leaking}&range=1h`);
    const links = page.getByRole("table", { name: "Calls, newest first" }).getByRole("link");
    await expect(page.getByRole("button", { name: "Follow live" })).toBeVisible();
    const before = await links.count();
    const first = await sendCall(request, demo, leaking);
    const news = page.getByRole("button", { name: /^1 new call/ });
    await expect(news).toBeVisible();
    expect(await links.count()).toBe(before);
    await news.click();
    await expect(links.first()).toHaveAttribute("id", `call-${first}`);

    await page.getByRole("button", { name: "Follow live" }).click();
    await expect(page).toHaveURL(/live=on/);
    const second = await sendCall(request, demo, leaking);
    await expect(links.first()).toHaveAttribute("id", `call-${second}`);
    await page.getByRole("button", { name: "Live", exact: true }).click();
    await expect(links.first()).toHaveAttribute("id", `call-${second}`);
  });

  test("are kept under a name as their address, opened by it, renamed and deleted", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    await page.goto(`/calls?tenant=${leaking}&range=30d&verdict=violation`);
    const name = `Leaks ${Date.now()}`;
    await page.getByRole("button", { name: "Saved views" }).click();
    const dialog = page.getByRole("dialog", { name: "Saved views" });
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("For").selectOption("shared");
    await dialog.getByRole("button", { name: "Save view" }).click();
    await expect(dialog.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "All calls" }).click();
    await expect(page).not.toHaveURL(/verdict=/);
    await page.getByRole("button", { name: "Saved views" }).click();
    await dialog.getByRole("link", { name }).click();
    await expect(page).toHaveURL(/verdict=violation/);
    await page.getByRole("button", { name }).click();
    await dialog.getByRole("button", { name: `Rename ${name}` }).click();
    await dialog.getByLabel("New name").fill(`${name} again`);
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await dialog.getByRole("button", { name: `Delete ${name} again` }).click();
    await page.getByRole("button", { name: "Delete view" }).click();
    await expect(dialog.getByLabel("Name")).toBeVisible();
    await expect(dialog.getByRole("link", { name: `${name} again` })).toHaveCount(0);
  });

  test("say why the list is empty: nothing matches, or nothing went outside policy", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    await page.goto("/calls?host=jp.api.openai.com");
    await expect(page.getByText("No call matches these filters")).toBeVisible();
    await page.goto(
      "/calls?tenant=atlas-us&verdict=violation&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z",
    );
    await expect(page.getByText(/^No recorded call went outside policy in 1 Jan 2020/)).toBeVisible();
    await page.goto("/calls?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
    await expect(page.getByText(/^No call was recorded in 1 Jan 2020/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Send a call from the playground" })).toBeHidden();
    await page.getByRole("button", { name: "Show the last 30 days" }).click();
    await expect(page).toHaveURL("/calls?range=30d");
    await expect(page.getByRole("table", { name: "Calls, newest first" })).toBeVisible();
  });

  test("say what is wrong with an address that cannot be", async ({ page, signIn, allowConsole }) => {
    allowConsole(/400 \(Bad Request\)/);
    await signIn("officer");
    await page.goto("/calls?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z");
    await expect(page.getByRole("alert").filter({ hasText: "The calls could not be listed" })).toContainText(
      "The range ends before it begins.",
    );
    const answer = await page.request.get("/api/calls?range=3d&limit=900");
    expect(answer.status()).toBe(400);
    const problem = (await answer.json()) as { code: string; fields: { field: string }[] };
    expect(problem.code).toBe("invalid_input");
    expect(problem.fields.map(({ field }) => field).sort()).toEqual(["limit", "range"]);
  });

  test("are no business of somebody without a session", async ({ request }) => {
    for (const path of [
      "/api/calls",
      "/api/calls/new?after=t",
      "/api/calls/0192f0c0-0000-7000-8000-000000000000",
    ])
      expect((await request.get(path)).status(), path).toBe(401);
  });

  test("leave axe nothing to find, in every look", async ({ page, signIn, expectAccessibleInEveryLook }) => {
    test.slow();
    await signIn("officer");
    const answer = await page.request.get("/api/calls?range=60d&verdict=violation&limit=1");
    const [outside] = ((await answer.json()) as CallPage).items;
    if (!outside) throw new Error("the demo has no call outside its policy");
    // Some rows, and not fifty: each has the same marks, and axe looks at every one of them.
    await page.goto(`/calls?${minutesAround(outside.startedAt, 10)}`);
    await page.getByRole("table", { name: "Calls, newest first" }).waitFor();
    await expectAccessibleInEveryLook();
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByRole("dialog").getByRole("heading", { name: "Identifiers" }).waitFor();
    await expectAccessibleInEveryLook();
  });
});
