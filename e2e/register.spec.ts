import { createHash } from "node:crypto";
import fs from "node:fs";
import { tenantOf, userOf } from "./fixtures/demo.ts";
import { buildReport, openReports, takePack, verifyInPage } from "./fixtures/packs.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

const slug = "nordbank-eu";
/** A log that no other spec erases from or tampers with. */
const erased = "atlas-us";
const reason = "The person has asked for it, and nothing speaks against it.";

test.describe("settings, register", () => {
  test("an officer records a contract with its hash, changes it, and an auditor reads both versions", async ({
    page,
    context,
    signIn,
    expectAccessible,
    demo,
  }) => {
    test.slow();
    await signIn("officer");
    await page.goto(`/settings/register/${slug}`);
    const part = page.getByRole("region", { name: "Data-processing agreement" });
    await expectAccessible();
    await part.getByRole("button", { name: /^Add/ }).click();
    const dialog = page.getByRole("dialog", { name: "Add: data-processing agreement" });
    await dialog.getByRole("button", { name: "Record" }).click();
    await expect(dialog.getByText("Say something about it.")).toBeVisible();
    await dialog.getByRole("textbox", { name: "Counterparty", exact: true }).fill("OpenAI Ireland Ltd");
    await dialog.getByRole("textbox", { name: "Country of the counterparty" }).fill("EU");
    await dialog.getByRole("button", { name: "Record" }).click();
    await expect(dialog.getByText(/two capital letters of ISO 3166-1/)).toBeVisible();
    await dialog.getByRole("textbox", { name: "Country of the counterparty" }).fill("IE");
    await dialog.getByLabel("Reference").fill("DPA-2026-7");
    await dialog.getByLabel("Signed on").fill("2026-01-10");
    await dialog
      .getByLabel("Document")
      .setInputFiles({ name: "dpa.pdf", mimeType: "application/pdf", buffer: Buffer.from("agreed") });
    // As any other program hashes it.
    const sha256 = createHash("sha256").update("agreed").digest("hex");
    await expect(dialog.getByText("dpa.pdf, 6 bytes")).toBeVisible();
    await expect(dialog.locator(`[title="${sha256}"]`)).toBeVisible();
    await expectAccessible();
    await dialog.getByRole("button", { name: "Record" }).click();
    await expect(dialog).toBeHidden();
    const item = part.getByRole("listitem").filter({ hasText: "DPA-2026-7" });
    await expect(item).toContainText("Version 1");
    await expect(item).toContainText("Not recorded");
    await expect(page.getByRole("region", { name: "Missing and due" })).toContainText(
      "Data-processing agreement “OpenAI Ireland Ltd”: Review due is not recorded.",
    );

    await item.getByRole("button", { name: /^Change/ }).click();
    const change = page.getByRole("dialog", { name: "Change: data-processing agreement" });
    await change.getByLabel("Review due").fill("2027-06-01");
    await change.getByLabel("Responsible person").fill("Olga Brandt, privacy");
    await change.getByLabel("Reason of the change").fill("Named who answers for it.");
    await change.getByRole("button", { name: "Record the change" }).click();
    await expect(change).toBeHidden();
    await expect(item).toContainText("Version 2");

    await page.goto("about:blank");
    await context.clearCookies();
    await signInAs(page, userOf(demo, "auditor"));
    await page.goto(`/settings/register/${slug}`);
    await expect(item).toContainText("Olga Brandt, privacy");
    await item.getByText("One earlier version").click();
    await expect(part.getByRole("button", { name: /^Add/ })).toBeDisabled();
    await expectAccessible();
    await page.goto(`/settings/trail/${slug}?group=changes`);
    await page.getByText("Register changed: OpenAI Ireland Ltd").first().click();
    await expect(page.getByText("Content sha256").first()).toBeVisible();
    await expectAccessible();
  });
});

test.describe("settings, retention", () => {
  test("a person is erased by two people; the proof of the call and packs from before and after still verify", async ({
    page,
    context,
    request,
    signIn,
    expectAccessible,
    demo,
  }) => {
    test.slow();
    const person = `person-${Date.now()}@customer.example`;
    const answer = await request.post(`${demo.gateway}/v1/chat/completions`, {
      headers: {
        authorization: `Bearer ${tenantOf(demo, erased).gatewayKey}`,
        "x-domicile-end-user": person,
      },
      data: {
        model: "gpt-4o-2024-08-06",
        store: false,
        messages: [{ role: "user", content: "Good morning" }],
      },
    });
    expect(answer.status()).toBe(200);
    const id = answer.headers()["x-domicile-call-id"] ?? "";
    const verified = page.getByText(
      /Checked in this browser just now: the entry.s bytes hash into the checkpoint/,
    );

    await signIn("admin");
    await openReports(page, erased);
    const before = await takePack(page, await buildReport(page));
    await page.goto(`/settings/retention/${erased}`);
    await expectAccessible();
    const part = page.getByRole("region", { name: "Erase a person" });
    await part.getByLabel("End-user id").fill(person);
    await expect
      .poll(async () => {
        await part.getByRole("button", { name: "Look what there is" }).click();
        return part.getByRole("status").first().textContent();
      })
      .toMatch(/1 opening in 1 entry/);
    await part.getByLabel("Reference of the request").fill("DSR-2026-12");
    await part.getByLabel("Reason").fill(reason);
    await part.getByRole("button", { name: "Ask for the erasure" }).click();
    await expect(part.getByText(/They go when a second person has approved/)).toBeVisible();
    const waiting = page.getByRole("region", { name: "Waiting for a second person" });
    await expect(waiting).toContainText("You asked for it, so another admin or officer decides.");

    await page.goto("about:blank");
    await context.clearCookies();
    await signInAs(page, userOf(demo, "officer"));
    await page.goto(`/settings/retention/${erased}`);
    const mine = waiting.getByRole("listitem").filter({ hasText: "DSR-2026-12" }).first();
    await mine.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Approve the erasure" }).click();
    const decided = page.getByRole("region", { name: "Decided requests" });
    await expect(decided.getByText("1 opening erased").first()).toBeVisible();
    await part.getByLabel("End-user id").fill(person);
    await part.getByRole("button", { name: "Look what there is" }).click();
    await expect(part.getByText("Nothing in the log opens to this id.")).toBeVisible();
    await expectAccessible();

    await openReports(page, erased);
    const after = await takePack(page, await buildReport(page));
    for (const { file } of [before, after]) {
      const result = await verifyInPage(page, file);
      await expect(result.getByRole("heading", { level: 2 }).first()).toContainText("PASS");
    }
    expect(fs.readFileSync(after.file).includes(person)).toBe(false);
    await page.goto(`/calls?call=${id}`);
    await expect(verified).toBeVisible();
    await page.goto(`/settings/trail/${erased}?group=changes`);
    await expect(page.getByText("Privacy erased: DSR-2026-12").first()).toBeVisible();
  });

  test("a hold is placed by one person and shows that nothing is deleted", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/settings/retention/meridian-hybrid");
    await page.getByRole("radio", { name: /6 months/ }).check();
    await expect(page.getByText(/would be deleted at once|Nothing is older than/)).toBeVisible();
    await page.getByRole("button", { name: "Place a hold" }).click();
    const dialog = page.getByRole("dialog", { name: "Place a legal hold" });
    await dialog.getByRole("button", { name: "Place a hold" }).click();
    await expect(dialog.getByText("Say why, in at least 20 characters.")).toBeVisible();
    await dialog.getByLabel("Name of the hold").fill("Inquiry 4711");
    await dialog.getByLabel("Reason").fill("The regulator has asked that nothing is deleted.");
    await dialog.getByRole("button", { name: "Place a hold" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(/A legal hold is in place: nothing of this tenant is deleted/)).toBeVisible();
    await expectAccessible();
  });
});
