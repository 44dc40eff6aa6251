import fs from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";

const slug = "nordbank-eu";

const csv = (run: string): string =>
  [
    "id,timestamp,base_url,model,status,prompt_tokens,prompt",
    `${run}-1,${recently(3)},https://eu.api.openai.com/v1/embeddings,text-embedding-3-small,200,12,"SECRET, of\ntwo lines"`,
    `${run}-2,${recently(2)},https://api.openai.com/v1/responses,gpt-5,200,40,SECRET`,
    `${run}-3,not a time,https://eu.api.openai.com/v1/responses,gpt-5,200,40,SECRET`,
  ].join("\n");

function recently(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByLabel("File", { exact: true })
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await expect(page.getByText("read on this machine piece by piece")).toBeVisible();
}

test.describe("importing a file", () => {
  test("suggests a mapping, checks, records, and explains what was rejected", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    const run = `e2e-${Date.now()}`;
    await signIn("admin");
    await page.goto(`/connect/import?tenant=${slug}`);
    await choose(page, "calls.csv", csv(run));
    await expect(page.getByLabel("Started at")).toHaveValue("timestamp");
    await expect(page.getByLabel("Host or address")).toHaveValue("base_url");
    const preview = page.getByRole("region", { name: "The first records of the file" });
    await expect(preview).toContainText("/v1/embeddings");
    await expect(preview).toContainText("Rejected: The row has no start that can be read.");
    await expect(page.getByRole("main")).not.toContainText("SECRET");
    await expectAccessible();

    await page.getByLabel("Application", { exact: true }).fill(`import of ${run}`);
    await page.getByRole("button", { name: "Check without recording" }).click();
    await expect(page.getByText("3 records read: 2 would be recorded · 1 rejected.")).toBeVisible();

    await page.getByRole("button", { name: "Record calls" }).click();
    await expect(page.getByText("3 records read: 2 recorded · 1 rejected.")).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Error file (1 line)" }).click();
    const file = fs.readFileSync(await (await download).path(), "utf8");
    expect(JSON.parse(file)).toMatchObject({ line: 5, code: "record_invalid" });
    await expectAccessible();

    await page.getByRole("link", { name: "See the application's calls" }).click();
    await expect(page).toHaveURL(new RegExp(`tenant=${slug}`));
    await expect(page.getByRole("main")).toContainText("api.openai.com");
  });

  test("of a file without a column for the time says so before anything is sent", async ({
    page,
    signIn,
  }) => {
    await signIn("admin");
    await page.goto(`/connect/import?tenant=${slug}`);
    await choose(page, "calls.csv", "host,model\napi.openai.com,gpt-5\n");
    await expect(page.getByText("No column says when a call began.")).toBeVisible();
    await page.getByLabel("Application", { exact: true }).fill("anything");
    await expect(page.getByRole("button", { name: "Record calls" })).toBeDisabled();
    await page.getByLabel("Started at").selectOption("model");
    await expect(page.getByText("No column says when a call began.")).toBeHidden();
  });

  test("asks before the page that sends a file is left, and goes on sending for who stays", async ({
    page,
    signIn,
  }) => {
    const run = `e2e-stay-${Date.now()}`;
    await signIn("admin");
    await page.goto(`/connect/import?tenant=${slug}`);
    await choose(page, "calls.csv", csv(run));
    await page.getByLabel("Application", { exact: true }).fill(`import of ${run}`);
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/api/imports/*/parts", async (route) => {
      await held;
      await route.fallback();
    });
    await page.getByRole("button", { name: "Check without recording" }).click();
    await expect(page.getByRole("button", { name: "Cancel", exact: true })).toBeVisible();
    await expect(page.getByLabel("Tenant", { exact: true })).toBeDisabled();
    await page.getByRole("link", { name: "Findings" }).click();
    const question = page.getByRole("dialog", { name: "Stop sending the file?" });
    await question.getByRole("button", { name: "Stay here" }).click();
    goOn();
    await expect(page.getByText("3 records read: 2 would be recorded · 1 rejected.")).toBeVisible();
    // Nothing is on its way any more: nobody is asked.
    await page.getByRole("link", { name: "Findings" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Findings" })).toBeVisible();
  });

  test("is not offered to an auditor, who sees what was imported", async ({ page, signIn }) => {
    await signIn("auditor");
    await page.goto(`/connect/import?tenant=${slug}`);
    await expect(page.getByText(/Importing files of calls takes an admin/)).toBeVisible();
    await expect(page.getByLabel("File", { exact: true })).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Imports of this tenant" })).toBeVisible();
  });
});
