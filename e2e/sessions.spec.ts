import { userOf } from "./fixtures/demo.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

test.describe("settings, sessions", () => {
  test("an admin revokes a member's session: its next page and its next request are refused", async ({
    page,
    browser,
    signIn,
    demo,
    expectAccessible,
  }) => {
    const member = userOf(demo, "developer");
    // Told apart from the sessions that other files open for the same person meanwhile.
    const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    const context = await browser.newContext({ baseURL: demo.web, userAgent });
    const theirs = await context.newPage();
    await theirs.goto("/login");
    await theirs.getByLabel("Email").fill(member.email);
    await theirs.getByLabel("Password").fill(member.password);
    await theirs.getByRole("button", { name: "Sign in" }).click();
    await theirs.waitForURL("/");
    expect((await theirs.request.get("/api/session")).status()).toBe(200);

    await signIn("admin");
    await page.goto("/settings/sessions");
    await expectAccessible();
    const row = page
      .getByRole("region", { name: "Sessions of members" })
      .getByRole("row")
      .filter({ hasText: member.email })
      .filter({ hasText: "Firefox on Linux" });
    await row.getByRole("button", { name: /^Revoke/ }).click();
    await expectAccessible();
    const revoke = page.getByRole("button", { name: "Revoke session" });
    await revoke.click();
    // The table behind an open dialog is hidden from everybody: it says nothing yet.
    await expect(revoke).toBeHidden();
    await expect(row).toHaveCount(0);

    expect((await theirs.request.get("/api/session")).status()).toBe(401);
    await theirs.goto("/settings/tenants");
    await expect(theirs).toHaveURL(/\/login/);
    await context.close();
  });

  test("revoking one's own session leads to the sign-in page at once", async ({
    page,
    demo,
    allowConsole,
  }) => {
    allowConsole(/401/);
    await signInAs(page, userOf(demo, "officer"));
    await page.goto("/settings/sessions");
    await expect(page.getByText("This one")).toBeVisible();
    await page.getByRole("button", { name: "Revoke this session" }).click();
    await page.getByRole("button", { name: "Revoke session" }).click();
    await expect(page).toHaveURL(/\/login/);
  });

  test("nobody sees or ends the sessions of people he does not administer", async ({
    page,
    browser,
    signIn,
    demo,
    baseURL,
  }) => {
    await signIn("auditor");
    await page.goto("/settings/sessions");
    await expect(page.getByRole("region", { name: "Sessions of members" })).toHaveCount(0);
    const mine = await (await page.request.get("/api/sessions")).json();
    const { email } = userOf(demo, "auditor");
    expect(mine.map((session: { email: string }) => session.email)).toEqual(mine.map(() => email));

    const context = await browser.newContext({ baseURL: demo.web });
    const admin = await context.newPage();
    const { email: adminEmail, password } = userOf(demo, "admin");
    await admin.goto("/login");
    await admin.getByLabel("Email").fill(adminEmail);
    await admin.getByLabel("Password").fill(password);
    await admin.getByRole("button", { name: "Sign in" }).click();
    await admin.waitForURL("/");
    const [theirs] = await (await admin.request.get("/api/sessions")).json();
    const answer = await page.request.delete(`/api/sessions/${theirs.id}`, {
      headers: { origin: baseURL ?? "", "content-type": "application/json" },
    });
    expect(answer.status()).toBe(404);
    expect((await admin.request.get("/api/session")).status()).toBe(200);
    await context.close();
  });
});
