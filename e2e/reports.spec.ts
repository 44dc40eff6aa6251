import fs from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { userOf } from "./fixtures/demo.ts";
import { asSuperuser } from "./fixtures/superuser-database.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

/** The largest log of the demo takes long enough to be seen building; the smallest is verified twice. */
const large = { slug: "nordbank-eu", name: "Nordbank" };
const small = { slug: "meridian-hybrid", name: "Meridian" };
const built = { timeout: 60_000 };

const rowsOf = (page: Page) => page.getByTestId("report-list").getByRole("listitem");
const digits = (text: string | null) =>
  Number(/[\d\u202f]+(?= calls?)/.exec(text ?? "")?.[0].replaceAll("\u202f", ""));

async function open(page: Page, slug: string, filter = ""): Promise<void> {
  await page.goto(`/reports?tenant=${slug}&period=this_month${filter}`);
  await expect(page.getByTestId("report-preview")).toContainText(/[\d\u202f]+ calls?\. /);
}

/** Asks for what the form says; answers the row that came of it. */
async function build(page: Page): Promise<Locator> {
  const asked = page.waitForResponse(
    (answer) =>
      answer.url().endsWith("/api/reports") &&
      answer.status() === 200 &&
      answer.request().method() === "POST",
  );
  await page.getByRole("button", { name: "Build report" }).click();
  const { id } = (await (await asked).json()) as { id: string };
  return page.locator(`#report-${id}`);
}

test.describe("reports", () => {
  test("are counted before they are built, seen growing, and cancelled; as many calls as the Calls page has", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await open(page, large.slug, "&verdict=unverifiable");
    const preview = page.getByTestId("report-preview");
    await expect(preview).toContainText('Calls judged "Not verifiable".');
    const counted = digits(await preview.textContent());
    expect(counted).toBeGreaterThan(0);
    const first = await build(page);
    const second = await build(page);
    await second.getByRole("button", { name: "Cancel" }).click();
    const dialog = page.getByRole("dialog", { name: /^Cancel the report Nordbank/ });
    await expect(first.getByRole("progressbar", { name: "Entries written" })).toBeVisible();
    await expectAccessible();
    await dialog.getByRole("button", { name: "Cancel report" }).click();
    await expect(second).toContainText("Cancelled", built);
    await expect(first).toContainText("Ready", built);
    await expect(first).toContainText("Provisional");
    expect(digits(await first.textContent())).toBe(counted);
    await expect(second.getByRole("button", { name: "Download" })).toHaveCount(0);

    await preview.getByRole("link", { name: "Look at them" }).click();
    await expect(page.getByText(new RegExp(`^${counted} calls match`))).toBeVisible();
  });

  test("are taken by a link that works once and is logged, verified in the page, and a changed byte is found", async ({
    page,
    signIn,
    expectAccessible,
    allowConsole,
  }) => {
    test.slow();
    await signIn("officer");
    await open(page, small.slug);
    const row = await build(page);
    await expect(row).toContainText("Ready", built);
    const counted = digits(await row.textContent());
    const linked = page.waitForResponse((answer) => answer.url().endsWith("/links"));
    const [download, link] = await Promise.all([
      page.waitForEvent("download"),
      linked,
      row.getByRole("button", { name: "Download" }).click(),
    ]);
    const { href } = (await link.json()) as { href: string };
    expect((await page.request.get(href)).status()).toBe(404);
    const name = download.suggestedFilename();
    expect(name).toMatch(/^domicile-meridian-hybrid.*\.zip$/);
    const pack = fs.readFileSync(await download.path());
    const trust = await page.request.get("/api/ledger/trust-root");

    await page.goto(`/settings/trail/${small.slug}?group=exports`);
    await expect(page.getByText(`Took along report pack ${name}`).first()).toBeVisible();

    await page.goto("/verify");
    await page
      .getByLabel("Trust root", { exact: true })
      .setInputFiles({ name: "trust-root.json", mimeType: "application/json", buffer: await trust.body() });
    const verify = async (buffer: Buffer) => {
      const field = page.getByLabel("Report pack", { exact: true });
      await field.setInputFiles({ name, mimeType: "application/zip", buffer });
      await page.getByRole("button", { name: "Verify", exact: true }).click();
    };
    const result = page.getByTestId("verify-result");
    const outcome = result.getByRole("heading", { level: 2 }).first();
    await verify(pack);
    await expect(outcome).toContainText("PASS", built);
    await expect(result).toContainText("That says nothing about compliance.");
    expect(
      digits(
        `${await result.getByText("Calls of the report").locator("xpath=following-sibling::*[1]").textContent()} calls`,
      ),
    ).toBe(counted);
    await expectAccessible();

    const at = pack.indexOf('"host":"', Math.floor(pack.length / 2)) + '"host":"'.length;
    pack[at] = (pack[at] ?? 0) ^ 1;
    await verify(pack);
    await expect(outcome).toContainText("FAIL", built);
    const broken = result.getByRole("region", { name: "Where it breaks" });
    await expect(broken.getByRole("listitem").first()).toContainText(/^Entry [\d\u202f]+/);
    await expectAccessible();
    allowConsole(/404/);
  });

  test("come by themselves where a schedule runs; a developer sees them and has none built", async ({
    page,
    context,
    signIn,
    demo,
  }) => {
    await signIn("officer");
    await open(page, small.slug, "&verdict=compliant");
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
    await expect(left).toContainText("Ready", { timeout: 75_000 });
    await expect(left).toContainText("Final");
    await schedule.getByRole("button", { name: "End" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End schedule" }).click();
    await expect(schedule).toHaveCount(0);

    await page.goto("about:blank");
    await context.clearCookies();
    await signInAs(page, userOf(demo, "developer"));
    await page.goto(`/reports?tenant=${small.slug}`);
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
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await open(page, small.slug);
      await expect(page.getByRole("button", { name: "Build report" })).toBeEnabled();
      await expectAccessible();
      const overflow = () => document.documentElement.scrollWidth - window.innerWidth;
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    }
  });
});
