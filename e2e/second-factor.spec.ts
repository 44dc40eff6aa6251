import type { Browser, Page } from "@playwright/test";
import { authenticatorCode } from "../lib/testing/authenticator.ts";
import { freePort } from "../scripts/postgres/ports.ts";
import { type Demo, readDemo } from "./fixtures/demo.ts";
import { startOwnWeb } from "./fixtures/second-of-each.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

type Person = { personId: string; email: string; password: string };

async function added(as: Page, demo: Demo, name: string, deploymentAdmin = false): Promise<Person> {
  const email = `${name}-${Date.now()}@factor.example`;
  const answer = await as.request.post(`${demo.web}/api/people`, {
    headers: { origin: demo.web },
    data: { email, name, deploymentAdmin },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return { ...(await answer.json()), email };
}

/** From the password to the recovery codes, in a dialog or on a page of its own. */
async function enrol(page: Page, password: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("img", { name: /authenticator app/ })).toBeVisible();
  const secret = await page.getByRole("region", { name: "secret", exact: true }).innerText();
  await page.getByLabel("Code", { exact: true }).fill(authenticatorCode(secret));
  await page.getByRole("button", { name: "Enrol", exact: true }).last().click();
  const codes = await page.getByRole("region", { name: "recovery codes", exact: true }).innerText();
  return { secret, recoveryCodes: codes.trim().split("\n") };
}

async function fresh(browser: Browser, demo: Demo): Promise<Page> {
  return (await browser.newContext({ baseURL: demo.web })).newPage();
}

async function enterPassword(page: Page, { email, password }: Person, origin = ""): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a second factor is enrolled, asked for after the password, stood in for by a recovery code, and reset", async ({
  page,
  browser,
  demo,
  signIn,
  expectAccessible,
}) => {
  test.slow();
  await signIn("admin");
  const ann = await added(page, demo, "Ann");
  const theirs = await fresh(browser, demo);
  await signInAs(theirs, ann);
  await theirs.goto("/settings/sign-in");
  const own = theirs.getByRole("region", { name: "Your sign-in" });
  await own.getByRole("button", { name: "Enrol" }).click();
  const { secret, recoveryCodes } = await enrol(theirs, ann.password);
  expect(recoveryCodes).toHaveLength(10);
  // What is shown once is not lost by a key too many.
  await theirs.keyboard.press("Escape");
  await theirs.getByRole("button", { name: "I have kept them" }).click();
  await expect(own).toContainText("10 recovery codes left");
  await theirs.context().close();

  const again = await fresh(browser, demo);
  await enterPassword(again, ann);
  const code = again.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await code.fill("000000");
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again.getByRole("alert").filter({ hasText: "neither the code of now" })).toBeVisible();
  const next = authenticatorCode(secret, 1);
  await code.fill(next);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again).toHaveURL(`${demo.web}/`);
  await again.goto("/settings/sessions");
  await expect(again.getByRole("region", { name: "Your sessions" })).toContainText("Password and code");

  const thief = await fresh(browser, demo);
  await enterPassword(thief, ann);
  await thief.getByLabel("Code", { exact: true }).fill(next);
  await thief.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(thief.getByRole("alert").filter({ hasText: "A code is good once" })).toBeVisible();
  await thief.getByLabel("Code", { exact: true }).fill(recoveryCodes[0] ?? "");
  await thief.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(thief).toHaveURL(`${demo.web}/`);
  await thief.goto("/settings/sign-in");
  await expect(thief.getByRole("region", { name: "Your sign-in" })).toContainText("9 recovery codes left");
  await thief.context().close();

  await page.goto("/settings/sign-in");
  const row = page.getByRole("region", { name: "How people sign in" }).getByRole("row");
  const hers = row.filter({ hasText: ann.email });
  await expect(hers).toContainText("Authenticator app");
  await hers.getByRole("button", { name: "Reset second factor of Ann" }).click();
  await expectAccessible();
  await page.getByRole("dialog").getByRole("button", { name: "Reset second factor" }).click();
  await expect(hers).not.toContainText("Authenticator app");
  expect((await again.request.get("/api/session")).status()).toBe(401);
  await again.context().close();
});

test.describe("where the operator demands it of administrators", () => {
  let web: Awaited<ReturnType<typeof startOwnWeb>>;
  test.beforeAll(async () => {
    web = await startOwnWeb(await freePort(), { DOMICILE_SECOND_FACTOR: "admins" });
  });
  test.afterAll(() => web?.stop());

  test("one without is led to enrol before anything else, on pages and API", async ({
    page,
    browser,
    signIn,
    expectAccessibleInEveryLook,
    allowConsole,
  }) => {
    test.slow();
    allowConsole(/403/);
    const demo = readDemo();
    await signIn("admin");
    const root = await added(page, demo, "Root", true);
    const nobody = await added(page, demo, "Nobody");
    await page.context().clearCookies();
    await enterPassword(page, root, web.web);
    await expect(page).toHaveURL(`${web.web}/second-factor`);
    await page.goto(`${web.web}/settings/people`);
    await expect(page).toHaveURL(`${web.web}/second-factor`);
    for (const path of ["/api/session", "/api/people", "/api/sign-in"]) {
      const refused = await page.request.get(`${web.web}${path}`);
      expect(refused.status(), path).toBe(403);
      expect(await refused.json()).toMatchObject({ code: "second_factor_required" });
    }
    await expectAccessibleInEveryLook();
    await enrol(page, root.password);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await expect(page).toHaveURL(`${web.web}/`);
    expect((await page.request.get(`${web.web}/api/people`)).status()).toBe(200);

    const other = await fresh(browser, demo);
    await enterPassword(other, nobody, web.web);
    await expect(other).toHaveURL(`${web.web}/`);
    await other.context().close();
  });
});
