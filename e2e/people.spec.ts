import type { Browser, Page } from "@playwright/test";
import { type Demo, userOf } from "./fixtures/demo.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

/** A tenant whose members no other spec counts. */
const slug = "meridian-hybrid";
const own = `ada-${Date.now()}@people.example`;

test.describe("settings, people", () => {
  test("a person is made with a membership, gets another role, and is removed: each counts with the next page", async ({
    page,
    browser,
    demo,
    signIn,
    expectAccessible,
    expectAccessibleInEveryLook,
    allowConsole,
  }) => {
    test.slow();
    // Whoever is added is unknown at first.
    allowConsole(/404/);
    await signIn("admin");
    await page.goto(`/settings/people/${slug}`);
    await expectAccessibleInEveryLook();
    const members = page.getByRole("region", { name: "Members", exact: true });
    await members.getByRole("button", { name: "Add member" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Email").fill("nobody");
    await dialog.getByRole("button", { name: "Add member" }).click();
    await expect(dialog.getByText(/An e-mail address such as/)).toBeVisible();
    await dialog.getByLabel("Email").fill(own);
    await dialog.getByRole("radio", { name: "Developer" }).check();
    await dialog.getByRole("button", { name: "Add member" }).click();
    await dialog.getByLabel("Name").fill("Ada Lang");
    await expectAccessible();
    await dialog.getByRole("button", { name: "Create person and add" }).click();
    const password = await shownPassword(page);
    await expectAccessible();
    // What is shown once is not lost by a key too many.
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "I have passed it on" }).click();
    await expect(dialog).toBeHidden();
    const row = members.getByRole("row").filter({ hasText: own });
    await expect(row).toContainText("developer");
    await expect(row).toContainText("Never");

    const theirs = await signedIn(browser, demo, { email: own, password });
    await theirs.goto(`/settings/people/${slug}`);
    await expect(theirs.getByText("The role developer may not do this.")).toBeVisible();

    await row.getByRole("button", { name: "Change role of Ada Lang" }).click();
    await dialog.getByRole("radio", { name: "Auditor" }).check();
    await expectAccessible();
    await dialog.getByRole("button", { name: "Change role" }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toContainText("auditor");
    await theirs.reload();
    const seen = theirs.getByRole("region", { name: "Members", exact: true });
    await expect(seen.getByRole("row").filter({ hasText: own })).toContainText("You");
    await expect(seen.getByRole("button", { name: "Add member" })).toBeDisabled();
    await expect(seen.getByText(/Adding and removing people takes an admin/)).toBeVisible();
    const refused = await theirs.request.patch(`/api/members/${await idOf(theirs, own)}`, {
      headers: { origin: demo.web },
      data: { tenant: slug, role: "admin" },
    });
    expect(refused.status()).toBe(403);

    await row.getByRole("button", { name: "Remove Ada Lang" }).click();
    await expectAccessible();
    await page.getByRole("button", { name: "Remove member" }).click();
    await expect(row).toHaveCount(0);
    const ended = page.getByRole("region", { name: "Ended", exact: true }).getByRole("row");
    await expect(ended.filter({ hasText: own })).toHaveCount(2);
    expect((await theirs.goto(`/settings/people/${slug}`))?.status()).toBe(404);
    await expect(theirs.getByRole("heading", { name: "There is nothing here" }).first()).toBeVisible();
    await expect(theirs.getByRole("region", { name: "Members", exact: true })).toHaveCount(0);
    expect((await theirs.request.get(`/api/members?tenant=${slug}`)).status()).toBe(404);
    await theirs.context().close();

    await page.goto(`/settings/trail/${slug}?group=changes`);
    await expect(page.getByText(`Member removed: ${own}, who was auditor`)).toBeVisible();
    await expect(page.getByText(`Role changed: ${own}, from developer to auditor`)).toBeVisible();
  });

  test("a deployment admin makes somebody, who changes the password; is reset, disabled and enabled", async ({
    page,
    browser,
    demo,
    signIn,
    expectAccessible,
    allowConsole,
  }) => {
    test.slow();
    allowConsole(/409/);
    const email = `pia-${Date.now()}@people.example`;
    await signIn("admin");
    await page.goto(`/settings/people/${slug}`);
    const people = page.getByRole("region", { name: "People of the deployment", exact: true });
    await people.getByRole("button", { name: "Create person" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Pia Berg");
    await dialog.getByLabel("Email").fill(userOf(demo, "officer").email);
    await dialog.getByRole("button", { name: "Create person" }).click();
    await expect(dialog.getByText("Somebody signs in under this name already.")).toBeVisible();
    await dialog.getByLabel("Email").fill(email);
    await expectAccessible();
    await dialog.getByRole("button", { name: "Create person" }).click();
    const first = await shownPassword(page);
    await dialog.getByRole("button", { name: "I have passed it on" }).click();
    const row = people.getByRole("row").filter({ hasText: email });
    await expect(row).toContainText("0 tenants");

    const theirs = await signedIn(browser, demo, { email, password: first });
    const other = await signedIn(browser, demo, { email, password: first });
    await theirs.goto("/settings/people");
    await expect(theirs.getByText("You are a member of no tenant yet")).toBeVisible();
    await theirs.goto("/settings/sessions");
    await theirs.getByRole("button", { name: "Change password" }).click();
    const change = theirs.getByRole("dialog");
    await change.getByLabel("Present password").fill("not the one");
    await change.getByLabel("New password", { exact: true }).fill("a long new password");
    await change.getByLabel("New password again").fill("another one");
    await change.getByRole("button", { name: "Change password" }).click();
    await expect(change.getByText("This is not the same as above.")).toBeVisible();
    await change.getByLabel("New password again").fill("a long new password");
    await change.getByRole("button", { name: "Change password" }).click();
    await expect(change.getByText("This is not your present password.")).toBeVisible();
    await change.getByLabel("Present password").fill(first);
    await change.getByRole("button", { name: "Change password" }).click();
    await expect(change).toBeHidden();
    expect((await theirs.request.get("/api/session")).status()).toBe(200);
    expect((await other.request.get("/api/session")).status()).toBe(401);
    await other.context().close();

    await row.getByRole("button", { name: "Reset password of Pia Berg" }).click();
    await dialog.getByRole("button", { name: "Reset password" }).click();
    const second = await shownPassword(page);
    expect(second).not.toBe(first);
    await dialog.getByRole("button", { name: "I have passed it on" }).click();
    expect((await theirs.request.get("/api/session")).status()).toBe(401);
    await theirs.context().close();

    const again = await signedIn(browser, demo, { email, password: second });
    await row.getByRole("button", { name: "Grant administration to Pia Berg" }).click();
    await expectAccessible();
    await page.getByRole("dialog").getByRole("button", { name: "Grant administration" }).click();
    await expect(row).toContainText("Deployment admin");
    expect((await again.request.get("/api/people")).status()).toBe(200);
    await row.getByRole("button", { name: "Withdraw administration from Pia Berg" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw administration" }).click();
    await expect(row).not.toContainText("Deployment admin");
    expect((await again.request.get("/api/people")).status()).toBe(403);
    await row.getByRole("button", { name: "Disable Pia Berg" }).click();
    await expectAccessible();
    await page.getByRole("button", { name: "Disable person" }).click();
    await expect(row).toContainText("Disabled");
    await again.goto("/settings/sessions");
    await expect(again).toHaveURL(/\/login/);
    await again.getByLabel("Email").fill(email);
    await again.getByLabel("Password").fill(second);
    await again.getByRole("button", { name: "Sign in" }).click();
    await expect(again.getByText("Email or password is wrong.")).toBeVisible();
    await row.getByRole("button", { name: "Enable Pia Berg" }).click();
    await page.getByRole("button", { name: "Enable person" }).click();
    await expect(row).not.toContainText("Disabled");
    await again.getByRole("button", { name: "Sign in" }).click();
    await again.waitForURL((url) => !url.pathname.startsWith("/login"));
    await again.context().close();
  });

  test("who removes himself is told so, and whoever is no deployment admin sees nothing of the deployment's people", async ({
    page,
    context,
    demo,
    signIn,
  }) => {
    await signIn("admin");
    await page.goto(`/settings/people/${slug}`);
    const self = page
      .getByRole("region", { name: "Members", exact: true })
      .getByRole("row")
      .filter({ hasText: userOf(demo, "admin").email });
    await self.getByRole("button", { name: /^Leave/ }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("This is yourself.");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    const { members } = await (await page.request.get(`/api/members?tenant=${slug}`)).json();
    const { personId } = members.find(({ isSelf }: { isSelf: boolean }) => isSelf);
    // Nor does a request by mistake do it.
    const mistaken = await page.request.delete(`/api/members/${personId}`, {
      headers: { origin: demo.web },
      data: { tenant: slug },
    });
    expect(mistaken.status()).toBe(409);
    await expect(self).toContainText("You");

    await page.goto("about:blank");
    await context.clearCookies();
    await signInAs(page, userOf(demo, "officer"));
    await page.goto(`/settings/people/${slug}`);
    await expect(page.getByRole("region", { name: "Members", exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "People of the deployment" })).toHaveCount(0);
    expect((await page.request.get("/api/people")).status()).toBe(403);
  });
});

async function shownPassword(page: Page): Promise<string> {
  const shown = page
    .getByRole("dialog", { name: "Copy the password" })
    .getByRole("region", { name: "password" });
  return (await shown.textContent()) ?? "";
}

async function signedIn(browser: Browser, demo: Demo, user: { email: string; password: string }) {
  const context = await browser.newContext({ baseURL: demo.web });
  const page = await context.newPage();
  await signInAs(page, user);
  return page;
}

/** Of a member, as his own page has it. */
async function idOf(page: Page, email: string): Promise<string> {
  const { members } = await (await page.request.get(`/api/members?tenant=${slug}`)).json();
  return members.find((member: { email: string }) => member.email === email)?.personId;
}
