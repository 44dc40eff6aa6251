import OpenAI from "openai";
import { expect, test } from "./fixtures/test.ts";

test.describe("settings, the organization at OpenAI", () => {
  test("says of each project what OpenAI says, with the pin that follows; an auditor sees it and may change nothing", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("auditor");
    await page.goto("/settings/tenants/nordbank-eu");
    const section = page.getByRole("region", { name: "OpenAI organization" });
    await expect(section).toContainText("EU_STORAGE_PROCESSING");
    await expect(section).toContainText("Processing and storage in Europe");
    await expect(section).toContainText("Zero data retention");
    await expect(section.getByText("Simulated", { exact: true })).toBeVisible();
    // The worker may have come up before the gateway, and then asks again.
    await expect(section.getByText("Not readable", { exact: true })).toHaveCount(0);
    await expect(section.getByRole("button", { name: "Add admin key" })).toBeDisabled();
    await expect(section.getByRole("button", { name: "Read now: the organization Nordbank" })).toBeDisabled();
    await expect(page.getByRole("region", { name: "Provider keys and pins" })).toContainText(
      "read from OpenAI's admin API",
    );
    await expectAccessible();
  });

  test("an admin key is added, says why it cannot be read, is replaced, read and removed; nobody sees it again", async ({
    page,
    signIn,
    expectAccessible,
    allowConsole,
    demo,
  }) => {
    // The key of a project where an admin key belongs.
    allowConsole(/400/);
    const uk = demo.tenants.find(({ slug }) => slug === "atlas-uk");
    const client = new OpenAI({ baseURL: `${demo.gateway}/v1`, apiKey: uk?.gatewayKey });
    // With the first use of its key the simulated organization has the project.
    await client.chat.completions.create({
      model: "gpt-5.4-mini-2026-03-17",
      messages: [{ role: "user", content: "Where are you?" }],
    });
    await signIn("admin");
    await page.goto("/settings/tenants/atlas-uk");
    const section = page.getByRole("region", { name: "OpenAI organization" });
    await expect(section).toContainText("No organization yet");

    await section.getByRole("button", { name: "Add admin key" }).click();
    const adding = page.getByRole("dialog", { name: "Add admin key" });
    await adding.getByRole("button", { name: "Add admin key" }).click();
    await expect(adding).toContainText("Name the organization.");
    await adding.getByLabel("Organization").fill("Atlas UK");
    await adding.getByLabel("Admin key").fill("sk-sim-gb-atlas-uk");
    await adding.getByRole("button", { name: "Add admin key" }).click();
    await expect(adding).toContainText("An admin key begins with sk-admin-.");
    await expectAccessible();
    await adding.getByLabel("Admin key").fill("sk-admin-sim-limited-uk");
    await adding.getByRole("button", { name: "Add admin key" }).click();
    await expect(adding).toBeHidden();

    await expect(section).toContainText("OpenAI was asked too often.");
    await expect(section.getByText("Not readable", { exact: true })).toBeVisible();
    await expectAccessible();

    await section.getByRole("button", { name: "Replace the admin key of Atlas UK" }).click();
    const replacing = page.getByRole("dialog", { name: "Replace the admin key of Atlas UK" });
    await replacing.getByLabel("Admin key").fill("sk-admin-sim-whole-uk");
    await replacing.getByRole("button", { name: "Replace admin key" }).click();
    await expect(section).toContainText("GB_STORAGE");
    await expect(section).toContainText("Storage only in United Kingdom");
    await expect(page.getByRole("region", { name: "Provider keys and pins" })).toContainText(
      "read from OpenAI's admin API",
    );
    await expect(page.getByText(/sk-admin-sim-(whole|limited)/)).toHaveCount(0);

    const readNow = section.getByRole("button", { name: "Read now: the organization Atlas UK" });
    await readNow.click();
    await expect(readNow).toBeEnabled();

    await section.getByRole("button", { name: "Remove the admin key of Atlas UK" }).click();
    await page.getByRole("button", { name: "Remove admin key" }).click();
    await expect(section.getByText("Removed", { exact: true }).first()).toBeVisible();
    await expect(readNow).toHaveCount(0);
  });
});
