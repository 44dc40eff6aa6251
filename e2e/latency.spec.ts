import type { Latency } from "../lib/contracts/latency.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("latency", () => {
  test("shows what each region costs in time, and its models beneath", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/latency?range=30d");
    await expect(page.getByRole("main")).toContainText(/95 of 100 calls ended within/);
    const answer = await page.request.get("/api/latency?range=30d");
    const { regions } = (await answer.json()) as Latency;
    const eu = regions.find(({ region }) => region === "eu");
    const model = eu?.models[0]?.model ?? "";
    await page.getByRole("button", { name: /Europe/ }).click();
    await expect(page.getByRole("link", { name: model, exact: true }).first()).toBeVisible();
    await expectAccessible();
    await page.getByRole("combobox", { name: "Model" }).selectOption(model);
    await expect(page).toHaveURL(/model=/);
  });

  test("holds the regions of one model against each other, and leads to what they cost", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/latency?range=30d");
    await page.getByRole("button", { name: "By model" }).click();
    const models = page.getByRole("table", { name: "Duration and time to first token by model and region" });
    await expect(models.getByText("Fastest").first()).toBeVisible();
    await expectAccessible();
    const model = models.getByRole("rowheader").first();
    const name = (await model.textContent()) ?? "";
    await model.getByRole("button").click();
    await expect(page).toHaveURL(new RegExp(`model=${name}`));
    const regions = page.getByRole("table", { name: "Duration and time to first token by region and model" });
    await expect(regions.getByRole("columnheader", { name: "Cost per 1,000" })).toBeVisible();
    await expect(regions.getByText(/US\$/).first()).toBeVisible();
  });

  test("draws what was chosen over time, with the same figures as a table", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/latency?range=30d");
    await page.getByRole("button", { name: "First token", exact: true }).click();
    await page.getByRole("button", { name: "p50", exact: true }).click();
    await expect(page).toHaveURL(/measure=firstToken/);
    await expect(page).toHaveURL(/percentile=p50/);
    await expect(page.getByRole("img", { name: /^Lines: First token, p50 per UTC day/ })).toBeVisible();
    await page.getByText("Show as a table").click();
    await expect(page.getByRole("table", { name: /^First token, p50 per UTC day/ })).toBeVisible();
  });

  test("probes two regions side by side, and says how sure the difference is", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("developer");
    await page.goto("/latency?tenant=nordbank-apps&range=24h");
    const probe = page.getByRole("region", { name: "Two regions side by side" });
    await expect(probe.getByRole("button", { name: "Probe" })).toBeEnabled();
    await expect(probe).not.toContainText("The policy would stop this call");
    // Its second place lies outside what the policy observes: nothing is sent before somebody has said so.
    await probe.getByRole("button", { name: "Probe" }).click();
    const question = page.getByRole("dialog", { name: "Send 10 calls outside policy?" });
    await expectAccessible();
    await question.getByRole("button", { name: "Send 10 calls" }).click();
    await expect(probe.locator("[data-side=first]")).toContainText("10 of 10");
    await expect(probe.locator("[data-side=second]")).toContainText("10 of 10");
    await expect(probe.getByRole("status").first()).toContainText(/10 pairs/);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible();
    await probe.getByRole("link", { name: "See the recorded calls" }).click();
    await expect(page).toHaveURL(/source=playground/);
  });

  test("asks a target no more that the policy refuses, and can be stopped", async ({ page, signIn }) => {
    await signIn("developer");
    await page.goto("/latency?tenant=nordbank-eu&range=24h");
    const probe = page.getByRole("region", { name: "Two regions side by side" });
    await probe.getByLabel("Rounds").selectOption("50");
    // One place alone is open to it: the other side is the global host, and the page says so.
    await expect(probe).toContainText("The policy would stop this call");
    await probe.getByRole("button", { name: "Probe" }).click();
    await expect(probe).toContainText("region_blocked");
    await expect(probe).toContainText("It was asked no more");
    await probe.getByRole("button", { name: "Stop" }).click();
    await expect(probe).toContainText("You stopped it");
    await expect(probe.getByRole("button", { name: "Probe" })).toBeEnabled();
  });

  test("says so when it cannot be loaded, and recovers", async ({ page, signIn, allowConsole }) => {
    allowConsole(/500/);
    await signIn("officer");
    await page.goto("/latency?range=7d");
    await expect(page.getByRole("table", { name: /^Duration and time/ })).toBeVisible();
    let broken = true;
    await page.route("**/api/latency?*", (route) =>
      broken
        ? route.fulfill({
            status: 500,
            contentType: "application/problem+json",
            json: { code: "internal", title: "Internal error", status: 500, detail: "This did not work." },
          })
        : route.fallback(),
    );
    await page.getByRole("button", { name: "Last 30 d" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "could not be" });
    // It asks twice again before it says so.
    await expect(alert).toContainText("This did not work.");
    broken = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("table", { name: /^Duration and time/ })).toBeVisible();
  });
});
