import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures/test.ts";

const slug = "nordbank-eu";

test.describe("audit trail", () => {
  test("is narrowed to days, and taken along as a file with each event's place in its log", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("auditor");
    await page.goto(`/settings/trail/${slug}?group=changes`);
    const events = page.getByRole("list", { name: "Events, newest first" }).getByRole("listitem");
    const today = new Date().toISOString().slice(0, 10);
    const days = () =>
      events
        .locator("time")
        .evaluateAll((times: HTMLTimeElement[]) =>
          times.map((time) => time.dateTime.slice(0, 10)).filter((day, at, all) => all.indexOf(day) === at),
        );
    await expect.poll(async () => (await days()).some((day) => day < today)).toBe(true);
    await page.getByLabel("From day (UTC)").fill(today);
    await expect(page).toHaveURL(new RegExp(`first=${today}`));
    await expect.poll(async () => (await days()).filter((day) => day < today)).toEqual([]);
    await page.getByLabel("What").selectOption("sign_ins");
    await expect(events.filter({ hasText: "Session opened" }).first()).toBeVisible();
    await expectAccessible();

    await page.getByRole("button", { name: "Export" }).click();
    const dialog = page.getByRole("dialog", { name: "Export events" });
    await expect(dialog).toContainText(slug);
    await expectAccessible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^trail-nordbank-eu-\d{8}\.csv$/);
    const [header, ...rows] = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(header).toBe("at,tenant,actor,actorId,actorName,kind,subject,detail,log,index,expired,id");
    expect(rows[0]).toMatch(/,domicile\.ledger\/[a-z2-7]{26}\/e1,\d+,false,/);
    await page.getByLabel("What").selectOption("exports");
    await expect(events.filter({ hasText: "Took along the audit trail" }).first()).toBeVisible();
  });
});
