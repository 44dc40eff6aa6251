import type { Latency } from "../lib/contracts/latency.ts";
import type { Usage } from "../lib/contracts/usage.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("usage", () => {
  test("counts every call once by what was chosen, and leads to the calls of a row", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/usage?range=30d");
    const main = page.getByRole("main");
    await expect(main).toContainText(/\d calls, [\d.]+\s% of them: /);
    await expectAccessible();
    await page.getByRole("button", { name: "Model", exact: true }).click();
    await expect(page).toHaveURL(/by=model/);
    const answer = await page.request.get("/api/usage?range=30d&by=model");
    const { rows, total } = (await answer.json()) as Usage;
    expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(total.calls);
    const named = rows.find(({ key }) => key.startsWith("gpt-"))?.key ?? "";
    await page.getByRole("link", { name: named, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/calls\\?.*model=${named}`));
  });

  test("says so where the range holds no call", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/usage?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
    await expect(page.getByText("No call was recorded in this range")).toBeVisible();
  });
});

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

  test("says so when it cannot be loaded, and recovers", async ({ page, signIn, allowConsole }) => {
    allowConsole(/500/);
    await signIn("officer");
    await page.goto("/latency?range=7d");
    await expect(page.getByRole("table")).toBeVisible();
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
    await expect(alert).toContainText("This did not work.", { timeout: 20_000 });
    broken = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("table")).toBeVisible();
  });
});
