import fs from "node:fs";
import type { Page } from "@playwright/test";
import { userOf } from "./fixtures/demo.ts";
import { buildReport, built, openReports, takePack, verifyInPage } from "./fixtures/packs.ts";
import { asSuperuser } from "./fixtures/superuser-database.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

/** The largest log of the demo takes long enough to be seen building; the smallest is verified twice. */
const large = "nordbank-eu";
const small = "meridian-hybrid";

const rowsOf = (page: Page) => page.getByTestId("report-list").getByRole("listitem");
const digits = (text: string | null) =>
  Number(/[\d\u202f]+(?= calls?)/.exec(text ?? "")?.[0].replaceAll("\u202f", ""));

test.describe("reports", () => {
  test("are counted before they are built, seen growing, and cancelled; as many calls as the Calls page has", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    test.slow();
    await signIn("officer");
    await openReports(page, large, "&verdict=unverifiable");
    const preview = page.getByTestId("report-preview");
    await expect(preview).toContainText('Calls judged "Not verifiable".');
    const counted = digits(await preview.textContent());
    expect(counted).toBeGreaterThan(0);
    const first = await buildReport(page);
    const second = await buildReport(page);
    await expect(first.getByRole("progressbar", { name: "Entries written" })).toBeVisible(built);
    await second.getByRole("button", { name: "Cancel" }).click();
    const dialog = page.getByRole("dialog", { name: /^Cancel the report Nordbank/ });
    await expectAccessible();
    await dialog.getByRole("button", { name: "Cancel report" }).click();
    await expect(second).toContainText("Cancelled", built);
    await expect(first).toContainText("Ready", built);
    await expect(first).toContainText("Provisional");
    expect(digits(await first.textContent())).toBe(counted);
    await expect(second.getByRole("button", { name: "Download" })).toHaveCount(0);

    await preview.getByRole("link", { name: "Look at them" }).click();
    await expect(page.getByText(new RegExp(`^${counted} calls match`))).toBeVisible(built);
  });

  test("are taken by a link that works once and is logged, verified in the page, and a changed byte is found", async ({
    page,
    signIn,
    expectAccessible,
  }, testInfo) => {
    test.slow();
    await signIn("officer");
    await openReports(page, small);
    const row = await buildReport(page);
    const { href, name, file } = await takePack(page, row);
    const counted = digits(await row.textContent());
    expect((await page.request.get(href)).status()).toBe(404);
    expect(name).toMatch(/^domicile-meridian-hybrid.*\.zip$/);

    await page.goto(`/settings/trail/${small}?group=exports`);
    await expect(page.getByText(`Took along report pack ${name}`).first()).toBeVisible();

    const result = await verifyInPage(page, file);
    const outcome = result.getByRole("heading", { level: 2 }).first();
    await expect(outcome).toContainText("PASS");
    await expect(result).toContainText("That says nothing about compliance.");
    expect(
      digits(
        `${await result.getByText("Calls of the report").locator("xpath=following-sibling::*[1]").textContent()} calls`,
      ),
    ).toBe(counted);

    const bytes = fs.readFileSync(file);
    const at = bytes.indexOf('"host":"', Math.floor(bytes.length / 2)) + '"host":"'.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const changed = testInfo.outputPath("changed.zip");
    fs.writeFileSync(changed, bytes);
    await verifyInPage(page, changed);
    await expect(outcome).toContainText("FAIL");
    const broken = result.getByRole("region", { name: "Where it breaks" });
    await expect(broken.getByRole("listitem").first()).toContainText(/^Entry [\d\u202f]+/);
    await expectAccessible();
  });

  test("come by themselves where a schedule runs; a developer sees them and has none built", async ({
    page,
    context,
    signIn,
    demo,
    allowConsole,
  }) => {
    test.slow();
    allowConsole(/409/);
    await signIn("officer");
    await openReports(page, small, "&verdict=compliant");
    await page.getByRole("button", { name: "Schedule" }).click();
    const dialog = page.getByRole("dialog", { name: "Schedule a report" });
    await expect(dialog).toContainText('Calls judged "Within policy".');
    await dialog.getByRole("radio", { name: /Every quarter/ }).check();
    await dialog.getByRole("radio", { name: /Every month/ }).check();
    await dialog.getByRole("button", { name: "Schedule report" }).click();
    await expect(dialog).toBeHidden();
    const schedule = page
      .getByRole("region", { name: "Schedules" })
      .getByRole("listitem")
      .filter({ hasText: 'Calls judged "Within policy".' });
    await expect(schedule).toContainText("Every month, Meridian");
    await page.getByRole("button", { name: "Schedule" }).click();
    await dialog.getByRole("button", { name: "Schedule report" }).click();
    await expect(dialog).toContainText("The same schedule runs already.");
    await page.keyboard.press("Escape");

    // The month is over.
    await asSuperuser((client) =>
      client.query(
        "UPDATE report_schedule SET next_at = date_trunc('month', now(), 'UTC') WHERE ended_at IS NULL",
      ),
    );
    const left = rowsOf(page).filter({ hasText: "Asked for by a schedule" }).first();
    await expect(left).toContainText("Ready");
    await expect(left).toContainText("Final");
    await schedule.getByRole("button", { name: "End" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End schedule" }).click();
    await expect(schedule).toHaveCount(0);

    await page.goto("about:blank");
    await context.clearCookies();
    await signInAs(page, userOf(demo, "developer"));
    await page.goto(`/reports?tenant=${small}`);
    await expect(left).toContainText("Ready");
    await expect(page.getByRole("button", { name: /Build report|Download|Schedule/ })).toHaveCount(0);
  });

  test("are shown to everybody's eyes, wide and narrow, light and dark", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("auditor");
    for (const [colorScheme, width] of [
      ["light", 1440],
      ["dark", 390],
    ] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await openReports(page, small);
      await expect(page.getByRole("button", { name: "Build report" })).toBeEnabled();
      await expectAccessible();
      const overflow = () => document.documentElement.scrollWidth - window.innerWidth;
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    }
  });
});
