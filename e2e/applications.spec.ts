import type { CallPage } from "../lib/contracts/calls.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("applications", () => {
  test("are declared by an officer, and calls, findings and the overview are narrowed by it", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/settings/tenants/nordbank-eu");
    const declare = page.getByRole("button", { name: "Declare Reported calls, production" });
    const row = page.getByRole("row").filter({ has: declare });
    await declare.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Data", { exact: true }).selectOption("confidential");
    await dialog.getByLabel("Owner").fill("Group IT");
    await expectAccessible();
    await dialog.getByRole("button", { name: "Declare", exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toContainText("Confidential");
    await expect(row).toContainText("Group IT");

    await page.goto("/calls?tenant=nordbank-eu&range=30d&data=special");
    await expect(page.getByRole("button", { name: /Remove filter Data: Special categories/ })).toBeVisible();
    const answer = await page.request.get("/api/calls?tenant=nordbank-eu&range=30d&data=special");
    const { items } = (await answer.json()) as CallPage;
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ application }) => application))).toEqual(new Set(["Fraud notes"]));

    await page.goto("/?tenant=nordbank-eu&range=30d");
    await page.getByRole("combobox", { name: "Application" }).selectOption("Fraud notes");
    await expect(page).toHaveURL(/application=Fraud/);
    await page.goto("/findings");
    await page.getByRole("combobox", { name: "Declared data" }).selectOption("public");
    await expect(page).toHaveURL(/data=public/);
  });

  test("are not declared by an auditor, who is told why", async ({ page, signIn }) => {
    await signIn("auditor");
    await page.goto("/settings/tenants/nordbank-eu");
    await expect(page.getByRole("button", { name: "Declare Fraud notes, production" })).toBeDisabled();
  });
});

test.describe("resources", () => {
  test("are listed with where each was born, and lead to the call that made them", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/resources?tenant=nordbank-apps");
    await expect(page.getByRole("table")).toContainText("Stored response");
    await expectAccessible();
    await page.getByRole("combobox", { name: "Born in" }).selectOption({ index: 1 });
    await expect(page).toHaveURL(/born=/);
    await page.getByRole("table").getByRole("link").first().click();
    await expect(page.getByRole("dialog")).toContainText("responses.create");
  });

  test("say so when nothing matches", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/resources?kind=conversation");
    await expect(page.getByText("No object matches")).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page).not.toHaveURL(/kind=/);
  });
});
