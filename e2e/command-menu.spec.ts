import type { FindingPage } from "../lib/contracts/findings.ts";
import { escapeFrom } from "./fixtures/escape-from.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("the command menu", () => {
  test("goes by the keys alone to a page, to settings of a tenant, and to a finding by its number", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    await page.goto("/usage");
    const menu = page.getByRole("dialog", { name: "Go to" });
    // Until the page listens, its keys are the browser's.
    await page.getByRole("button", { name: "Go to", exact: true }).click();
    await escapeFrom(menu);
    await expect(menu).toBeHidden();
    await page.keyboard.press("ControlOrMeta+k");
    const field = menu.getByRole("combobox");
    await expect(field).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(menu.getByRole("option", { selected: true })).toContainText("Findings");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/findings$/);
    await expect(menu).toBeHidden();

    await page.keyboard.press("ControlOrMeta+k");
    await field.fill("trail apps");
    await expect(menu.getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/settings\/trail\/nordbank-apps/);

    const answer = await page.request.get("/api/findings?tenant=nordbank-apps&state=open");
    const [finding] = ((await answer.json()) as FindingPage).items;
    if (!finding) throw new Error("the demo has no open finding");
    await page.keyboard.press("ControlOrMeta+k");
    await field.fill(finding.name);
    const named = menu.getByRole("option").filter({ hasText: finding.title });
    await expect(named).toBeVisible();
    await named.click();
    await expect(page).toHaveURL(`/findings/${finding.id}`);
  });

  test("opens by its button, closes by Escape, says what names nothing, and leaves a form alone", async ({
    page,
    signIn,
    expectAccessibleInEveryLook,
  }) => {
    await signIn("officer");
    await page.goto("/findings");
    await page.getByRole("button", { name: "Go to", exact: true }).click();
    const menu = page.getByRole("dialog", { name: "Go to" });
    await menu.getByRole("combobox").fill("F-99999");
    await expect(menu.getByRole("status")).toHaveText("Nothing that you may see is called F-99999.");
    await menu.getByRole("combobox").fill("settings");
    await expect(menu.getByRole("option").first()).toBeVisible();
    await expectAccessibleInEveryLook();
    await page.keyboard.press("Escape");
    await expect(menu).toBeHidden();

    await page.getByRole("main").getByRole("link").first().click();
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    await page.getByRole("dialog", { name: "Resolve finding" }).waitFor();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(menu).toHaveCount(0);
  });
});
