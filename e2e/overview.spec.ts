import type { Overview } from "../lib/contracts/overview.ts";
import { expect, test } from "./fixtures/test.ts";

const bands = ["in_region", "permitted", "unverifiable", "outside", "stopped"] as const;

test.describe("the overview", () => {
  test("answers in words whether a call went outside policy, with window and coverage", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    await page.goto("/?range=30d");
    const main = page.getByRole("main");
    await expect(main).toContainText(/recorded calls? went outside policy between .+ UTC and .+ UTC/);
    await expect(main).toContainText("coverage complete");
    await expect(main).not.toContainText(/tamper-proof|compliant/i);
    // The record begins in the course of these seventy days: nothing is claimed for the time before.
    const now = Date.now();
    const from = new Date(now - 70 * 86_400_000).toISOString();
    await page.goto(`/?from=${from}&to=${new Date(now).toISOString()}`);
    await expect(main).toContainText("the range begins before the first recorded call");
    await expect(main).not.toContainText("coverage complete");
  });

  test("folds no band into another: five, in their order, that add up to the calls", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    const overview = (await (await page.request.get("/api/overview?range=60d")).json()) as Overview;
    const judged = bands.reduce((sum, band) => sum + overview.bands[band], 0);
    expect(judged + overview.notApplicable).toBe(overview.calls);
    for (const band of bands) {
      const overTime = overview.points.reduce((sum, point) => sum + point.bands[band], 0);
      expect(overTime, `${band} over time`).toBe(overview.bands[band]);
      const byRegion = overview.regions.reduce((sum, region) => sum + region.bands[band], 0);
      expect(byRegion, `${band} by region`).toBe(overview.bands[band]);
    }
    await page.goto("/?range=60d");
    const cells = page.getByRole("region", { name: "Bands", exact: true }).getByRole("listitem");
    await expect(cells).toHaveText([
      /^In region/,
      /^Permitted, no promise/,
      /^Not verifiable/,
      /^Outside policy/,
      /^Stopped/,
    ]);
  });

  test("never counts the global endpoint into a region", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/?range=60d");
    const rows = page.getByRole("table", { name: "Calls, tokens and bands by region" }).getByRole("row");
    await rows.filter({ hasText: "Global endpoint" }).waitFor();
    const texts = await rows.allTextContents();
    const heading = texts.findIndex((text) => text.startsWith("In no region"));
    const global = texts.findIndex((text) => text.startsWith("Global endpoint"));
    expect(heading).toBeGreaterThan(0);
    expect(global).toBeGreaterThan(heading);
  });

  test("leads from a band and from a region to exactly those calls", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/");
    const outside = page
      .getByRole("region", { name: "Bands", exact: true })
      .getByRole("link", { name: /^Outside policy/ });
    await expect(outside).toHaveAttribute("href", /^\/calls\?.*band=outside/);
    await page
      .getByRole("table", { name: "Calls, tokens and bands by region" })
      .getByRole("link", { name: /Europe \(EEA and Switzerland\)/ })
      .click();
    await expect(page).toHaveURL(/\/calls\?.*region=eu/);
  });

  test("draws regions on the map as its table counts them, and what has no place beside it", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/?range=60d");
    const map = page.getByRole("region", { name: "Map" });
    await expect(
      map.getByRole("img", { name: /^Map of the world: .*United States [\d ]+ calls/ }),
    ).toBeVisible();
    const beside = map.getByRole("list", { name: "In no region" });
    await expect(beside.getByRole("link", { name: /Global endpoint/ })).toContainText(
      "No location is promised",
    );
    await expectAccessible();
    await page.getByRole("group", { name: "Draw" }).getByRole("button", { name: "Regions" }).click();
    await expect(
      page.getByRole("img", { name: /^Stacked areas: calls by region per UTC day/ }),
    ).toBeVisible();
    await expectAccessible();
    await map.getByRole("link", { name: /United Kingdom/ }).click();
    await expect(page).toHaveURL(/\/calls\?.*region=gb/);
  });

  test("shows what waits for a second person, and leads to where it is decided", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/");
    const waits = page.getByRole("region", { name: "Waits for a second person" });
    const row = waits.getByRole("link", { name: /A change of the policy that widens it · atlas-uk/ });
    await expect(row).toContainText("Paul Okafor asked");
    await row.click();
    await expect(page).toHaveURL(/\/settings\/policies\/atlas-uk/);
    await expect(page.getByRole("button", { name: "Approve" })).toBeEnabled();
  });

  test("keeps range and tenant in the address, so that Back brings them back", async ({
    page,
    signIn,
    demo,
  }) => {
    const slug = demo.tenants[0]?.slug ?? "";
    await signIn("officer");
    await page.goto("/");
    await page.getByRole("button", { name: "Last 30 d" }).click();
    await expect(page).toHaveURL("/?range=30d");
    await page.getByRole("combobox", { name: "Tenant" }).selectOption(slug);
    await expect(page).toHaveURL(new RegExp(`tenant=${slug}`));
    await expect(page.getByText("Recorded calls per UTC day. ")).toBeVisible();
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL("/");
    await expect(page.getByText("Recorded calls per hour, UTC. ")).toBeVisible();
  });

  test("shows the chart's figures as a table", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/?range=30d");
    await page.getByText("Show as a table").click();
    const table = page.getByRole("table", { name: "Recorded calls per UTC day and band" });
    await expect(table.getByRole("row")).not.toHaveCount(0);
    await expect(table.getByRole("columnheader")).toHaveCount(6);
  });

  test("says that it failed, keeps its shape, and recovers", async ({ page, signIn, allowConsole }) => {
    allowConsole(/500/);
    await signIn("officer");
    await page.goto("/");
    let broken = true;
    await page.route("**/api/overview?*", (route) =>
      broken
        ? route.fulfill({
            status: 500,
            contentType: "application/problem+json",
            json: { code: "internal", title: "Internal error", status: 500, detail: "This did not work." },
          })
        : route.fallback(),
    );
    await page.getByRole("button", { name: "Last 24 h" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "could not be" });
    await expect(alert).toContainText("This did not work.");
    broken = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toBeHidden();
    await expect(page.getByRole("region", { name: "Bands over time" })).toBeVisible();
  });

  test("claims nothing about policy for a range in which nothing was recorded", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
    await expect(page.getByRole("main")).toContainText(
      "No call was recorded between 1 Jan 2020 00:00 UTC and 2 Jan 2020 00:00 UTC.",
    );
    await expect(page.getByRole("main")).not.toContainText("No recorded call went outside policy");
    await page.getByRole("button", { name: "Show the last 60 days" }).click();
    await expect(page).toHaveURL("/?range=60d");
    await expect(page.getByRole("region", { name: "Bands over time" })).toBeVisible();
  });

  test("says that a filter matches nothing, not that nothing was recorded", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/?application=Nobody");
    await expect(page.getByRole("main")).toContainText("No call of these filters was recorded between");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("region", { name: "Bands over time" })).toBeVisible();
  });

  test("marks simulated tenants on every page of the record", async ({ page, signIn }) => {
    await signIn("auditor");
    await page.goto("/");
    await expect(page.getByText("These calls went to a simulated provider, never to OpenAI.")).toBeVisible();
  });
});

test.describe("the shell", () => {
  test("lists only pages that exist", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/");
    const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
    await expect(links).toHaveText([
      "Overview",
      "Calls",
      "Findings",
      "Usage",
      "Latency",
      "Resources",
      "Models",
      "Playground",
      "Connect",
      "Reports",
      "Ledger",
      "Settings",
    ]);
    for (const link of await links.all()) {
      const href = (await link.getAttribute("href")) ?? "";
      expect((await page.request.get(href)).status(), href).toBe(200);
    }
  });

  test("collapses to icons that keep their names, and stays so", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/");
    await page.getByRole("button", { name: "Narrow navigation" }).click();
    await page.reload();
    await expect(page.getByRole("button", { name: "Widen navigation" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Findings", exact: true })).toBeVisible();
  });

  test("lets a keyboard skip to the content", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main")).toBeFocused();
  });

  test("keeps the chosen theme without a flash of the other", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/");
    await page.getByRole("button", { name: "Dark" }).click();
    await page.reload({ waitUntil: "commit" });
    await expect(page.locator("html")).toHaveClass(/dark/);
  });
});

test("the overview is accessible in every look", async ({ page, signIn, expectAccessibleInEveryLook }) => {
  test.slow();
  await signIn("officer");
  await page.goto("/?range=30d");
  await expect(page.getByRole("region", { name: "Bands over time" })).toBeVisible();
  await page.getByText("Show as a table").click();
  await expectAccessibleInEveryLook();
});

test("a span drawn over the chart becomes the page's range", async ({ page, signIn }) => {
  await signIn("officer");
  await page.goto("/?range=30d");
  const chart = page.locator(".recharts-wrapper");
  const box = await chart.boundingBox();
  if (!box) throw new Error("the chart has no place on the page");
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.+T00(:|%3A)00.+to=.+T00(:|%3A)00/);
  await expect(page.getByRole("button", { name: /custom range$/ })).toHaveAttribute("aria-pressed", "true");
});
