import { readFile } from "node:fs/promises";
import type { UsageCoverage } from "../lib/contracts/coverage.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("beside OpenAI's figures", () => {
  test("says how many requests the record does not hold, and leads to the day, the calls and the case", async ({
    page,
    signIn,
    expectAccessibleInEveryLook,
  }) => {
    await signIn("officer");
    await page.goto("/");
    const main = page.getByRole("main");
    await expect(main).toContainText(
      /OpenAI counted at least \d+ requests that the record does not hold \(nordbank-eu: /,
    );
    await page.goto("/usage?range=30d");
    await page
      .getByRole("navigation", { name: "Usage" })
      .getByRole("link", { name: "Beside OpenAI's figures" })
      .click();
    await expect(page.getByRole("heading", { level: 1, name: "Beside OpenAI's figures" })).toBeVisible();
    await expect(page).toHaveURL(/range=30d/);
    await expect(main).toContainText(
      /Of [\d\s]+ requests that OpenAI counted in \d+ settled days, the record can account for all but\s*\d+\./,
    );
    await expectAccessibleInEveryLook();

    const missing = page.getByRole("row", { name: /Missing from the record/ });
    await expect(missing).toHaveCount(1);
    await expect(missing).toContainText("nordbank-eu");
    await expect(missing.getByRole("link", { name: /^Calls of nordbank-eu/ })).toHaveAttribute(
      "href",
      /^\/calls\?tenant=nordbank-eu.*operation=chat\.completions\.create/,
    );
    await missing.getByRole("link", { name: "Finding" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      /requests that the record does not hold: project proj_sim/i,
    );
    await expect(main).toContainText(/chat, responses and completions: \d+ of \d+\./);
    await page.getByRole("link", { name: "Beside OpenAI's figures" }).click();
    await expect(page).toHaveURL(/\/usage\/coverage\?tenant=nordbank-eu/);
    await expect(page.getByRole("row", { name: /Missing from the record/ })).toHaveCount(1);
    await page.getByRole("button", { name: "All days" }).click();
    await expect(page.getByRole("row", { name: /All recorded/ }).first()).toBeVisible();
  });

  test("takes along what it shows, refuses words it does not know, and says what is not compared", async ({
    page,
    signIn,
  }) => {
    await signIn("admin");
    await page.goto("/usage/coverage?range=30d");
    const limits = page.getByRole("region", { name: "Not compared" });
    const plain = limits.getByRole("listitem").filter({ hasText: "nordbank-apps" });
    await expect(plain).toContainText("No admin key of the organization at OpenAI was given.");
    await expect(plain.getByRole("link", { name: "Give an admin key" })).toHaveAttribute(
      "href",
      "/settings/tenants/nordbank-apps",
    );
    const answer = await page.request.get("/api/usage/coverage?range=30d");
    const { rows, rowsLeftOff } = (await answer.json()) as UsageCoverage;
    await page.getByRole("button", { name: "Export" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("dialog", { name: "Export comparison" }).getByRole("link", { name: "Download" }).click(),
    ]);
    const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(rows.length + rowsLeftOff + 1);
    expect((await page.request.get("/api/usage/coverage?rang=30d")).status()).toBe(400);
  });

  test("says that nothing is compared where no account is, and names whom to ask", async ({
    page,
    signIn,
  }) => {
    await signIn("developer");
    await page.goto("/usage/coverage?tenant=nordbank-apps");
    const main = page.getByRole("main");
    await expect(main).toContainText(
      "Nothing is compared: nobody gave the admin key of an organization at OpenAI.",
    );
    await expect(main).toContainText("There is nothing to compare with yet");
    await expect(main).toContainText("Its admins see to it under Settings, Tenants.");
    await expect(page.getByRole("link", { name: "Give an admin key" })).toHaveCount(0);
  });
});
