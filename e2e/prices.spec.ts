import type { Usage } from "../lib/contracts/usage.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("prices", () => {
  test("an administrator states and withdraws a price, and the cost follows", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("admin");
    await page.goto("/settings/prices");
    const unpriced = page.getByRole("region", { name: "Models without a price" });
    await expect(unpriced).toContainText("gpt-6-luna");
    await expectAccessible();
    const costOf = async () => {
      const answer = await page.request.get("/api/usage?range=30d&by=model");
      return ((await answer.json()) as Usage).rows.find(({ key }) => key === "gpt-6-luna")?.cost;
    };
    expect((await costOf())?.pricedCalls).toBe(0);

    await page.getByRole("button", { name: "State a price of gpt-6-luna" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("From").fill("2026-01-01");
    await dialog.getByRole("textbox", { name: "Input", exact: true }).fill("1,5");
    await dialog.getByLabel("Output").fill("6");
    await dialog.getByRole("button", { name: "State price" }).click();
    await expect(dialog).toContainText("Say where the price was read");
    await expectAccessible();
    await dialog.getByLabel("Source").fill("Made up by a test, 2026-01-01");
    await dialog.getByRole("button", { name: "State price" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("region", { name: "Prices" })).toContainText("gpt-6-luna");
    await expect(unpriced).not.toContainText("gpt-6-luna");
    const cost = await costOf();
    expect(cost?.pricedCalls).toBeGreaterThan(0);
    expect(cost?.usd).toBeGreaterThan(0);

    await page.getByRole("button", { name: "Withdraw the price of gpt-6-luna" }).click();
    await dialog.getByLabel("Reason").fill("The test is over.");
    await dialog.getByRole("button", { name: "Withdraw price" }).click();
    await expect(unpriced).toContainText("gpt-6-luna");
    expect((await costOf())?.pricedCalls).toBe(0);
  });

  test("others read them and change nothing", async ({ page, signIn, baseURL, expectAccessible }) => {
    await signIn("officer");
    await page.goto("/settings/prices");
    await expect(page.getByRole("button", { name: "State a price" })).toBeDisabled();
    await expect(page.getByText("stated by administrators of the deployment")).toBeVisible();
    await expectAccessible();
    const answer = await page.request.post("/api/prices", {
      headers: { origin: baseURL ?? "" },
      data: {
        mode: "live",
        model: "m",
        effectiveFrom: "2026-01-01",
        inputUsd: 1,
        outputUsd: 1,
        source: "none",
      },
    });
    expect(answer.status()).toBe(403);
  });
});
