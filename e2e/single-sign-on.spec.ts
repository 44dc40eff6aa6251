import type { APIRequestContext, Page } from "@playwright/test";
import { freePort } from "../scripts/postgres/ports.ts";
import { letSessionsAge, takeFigures } from "./fixtures/confirming.ts";
import { readDemo } from "./fixtures/demo.ts";
import { type IdentityProvider, startIdentityProvider } from "./fixtures/identity-provider.ts";
import { startOwnWeb } from "./fixtures/second-of-each.ts";
import { expect, test } from "./fixtures/test.ts";

// Two more webs on the database of the product under test: `web` takes single sign-on beside passwords, `only` nothing else,
// and trusts the provider's addresses.
let provider: IdentityProvider;
let web: Awaited<ReturnType<typeof startOwnWeb>>;
let only: Awaited<ReturnType<typeof startOwnWeb>>;
const run = Date.now();

test.beforeAll(async () => {
  const ports = [await freePort(), await freePort()] as const;
  provider = await startIdentityProvider(
    ports.map((port) => `http://127.0.0.1:${port}/api/auth/callback/oidc`),
  );
  const oidc = {
    DOMICILE_OIDC_ISSUER: provider.issuer,
    DOMICILE_OIDC_CLIENT_ID: provider.clientId,
    DOMICILE_OIDC_CLIENT_SECRET: provider.clientSecret,
    DOMICILE_OIDC_NAME: "Bank ID",
  };
  [web, only] = await Promise.all([
    startOwnWeb(ports[0], oidc),
    startOwnWeb(ports[1], {
      ...oidc,
      DOMICILE_OIDC_TRUST_EMAIL: "on",
      DOMICILE_PASSWORD_SIGN_IN: "off",
    }),
  ]);
});
test.afterAll(async () => {
  await Promise.all([web?.stop(), only?.stop()]);
  await provider?.stop();
});
test.beforeEach(() => {
  provider.twist = {};
});

async function added(as: APIRequestContext, name: string): Promise<{ personId: string; email: string }> {
  const origin = readDemo().web;
  const email = `${name}-${run}@sso.example`;
  const answer = await as.post(`${origin}/api/people`, { headers: { origin }, data: { email, name } });
  expect(answer.status(), await answer.text()).toBe(201);
  return { ...(await answer.json()), email };
}

function change(as: APIRequestContext, method: "POST" | "DELETE", path: string, data: object = {}) {
  const origin = readDemo().web;
  return as.fetch(`${origin}${path}`, { method, headers: { origin }, data });
}

/** By the web that knows the provider: the other has none. */
function bind(as: APIRequestContext, personId: string, data: { subject: string }) {
  return as.post(`${web.web}/api/people/${personId}/identity`, { headers: { origin: web.web }, data });
}

async function leave(page: Page, origin = web.web, from = "/"): Promise<void> {
  await page.goto(`${origin}/login?from=${encodeURIComponent(from)}`);
  await page.getByRole("button", { name: "Sign in with Bank ID" }).click();
}

test.describe("single sign-on", () => {
  test("of somebody nobody is bound to is refused, bound by an administrator, opens a session, and ends with the binding", async ({
    page,
    browser,
    signIn,
    expectAccessible,
    expectAccessibleInEveryLook,
  }) => {
    test.slow();
    await signIn("admin");
    const ada = await added(page.request, "Ada");
    provider.account = { sub: `ada-${run}`, email: ada.email, verified: true };
    const context = await browser.newContext();
    const theirs = await context.newPage();
    await leave(theirs, web.web, "/settings/sign-in");
    await expect(theirs).toHaveURL(`${web.web}/login?error=sso_not_bound`);
    await expect(theirs.getByRole("alert").filter({ hasText: "nobody here is bound" })).toBeVisible();

    await page.goto(`${web.web}/settings/sign-in`);
    await expectAccessibleInEveryLook();
    const refused = page.getByRole("region", { name: "Refused", exact: true });
    const row = refused.getByRole("row").filter({ hasText: `ada-${run}` });
    await expect(row).toContainText(ada.email);
    await row.getByRole("button", { name: `Bind ${ada.email}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Bind account" }).click();
    await expect(dialog.getByText("Choose who this is.")).toBeVisible();
    await expectAccessible();
    await dialog.getByLabel("Person").selectOption({ value: ada.personId });
    await dialog.getByRole("button", { name: "Bind account" }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toHaveCount(0);

    await leave(theirs, web.web, "/settings/sign-in?seen=1");
    await expect(theirs).toHaveURL(`${web.web}/settings/sign-in?seen=1`);
    await expect(theirs.getByRole("region", { name: "Your sign-in" })).toContainText(
      "bound by an administrator",
    );
    await expect(theirs.getByRole("region", { name: "How people sign in" })).toHaveCount(0);
    await theirs.goto(`${web.web}/settings/sessions`);
    await expect(theirs.getByRole("region", { name: "Your sessions" })).toContainText("Single sign-on");
    expect((await theirs.request.get(`${web.web}/api/session`)).status()).toBe(200);

    const people = page.getByRole("region", { name: "How people sign in" });
    await page.reload();
    const hers = people.getByRole("row").filter({ hasText: ada.email });
    await expect(hers).toContainText("Single sign-on");
    await hers.getByRole("button", { name: "Unbind Ada" }).click();
    await expectAccessible();
    await page.getByRole("dialog").getByRole("button", { name: "Unbind" }).click();
    await expect(hers).toContainText("Not bound");
    expect((await theirs.request.get(`${web.web}/api/session`)).status()).toBe(401);
    await leave(theirs);
    await expect(theirs).toHaveURL(`${web.web}/login?error=sso_not_bound`);
    await context.close();
  });

  test("refuses who is disabled, and a session that was revoked", async ({ page, browser, signIn }) => {
    test.slow();
    await signIn("admin");
    const ben = await added(page.request, "Ben");
    const sub = `ben-${run}`;
    const bound = await bind(page.request, ben.personId, { subject: sub });
    expect(bound.status(), await bound.text()).toBe(204);
    provider.account = { sub, email: ben.email, verified: false };
    const context = await browser.newContext();
    const theirs = await context.newPage();
    await leave(theirs, web.web, "/settings/sessions");
    await expect(theirs).toHaveURL(`${web.web}/settings/sessions`);
    const [session] = await (await theirs.request.get(`${web.web}/api/sessions`)).json();
    const revoked = await theirs.request.delete(`${web.web}/api/sessions/${session.id}`, {
      headers: { origin: web.web, "content-type": "application/json" },
    });
    expect(revoked.status()).toBe(204);
    expect((await theirs.request.get(`${web.web}/api/session`)).status()).toBe(401);

    expect((await change(page.request, "POST", `/api/people/${ben.personId}/disable`)).status()).toBe(204);
    await leave(theirs);
    await expect(theirs).toHaveURL(`${web.web}/login?error=sso_disabled`);
    await expect(theirs.getByRole("alert").filter({ hasText: "You may not sign in" })).toBeVisible();
    await context.close();
  });

  test("refuses an answer that is not to what was asked: state, nonce, audience, none at all", async ({
    page,
    signIn,
    browser,
  }) => {
    test.slow();
    await signIn("admin");
    const cem = await added(page.request, "Cem");
    const sub = `cem-${run}`;
    await bind(page.request, cem.personId, { subject: sub });
    provider.account = { sub, email: cem.email, verified: true };
    for (const wrong of ["state", "nonce", "aud", "iss"]) {
      const context = await browser.newContext();
      const theirs = await context.newPage();
      provider.twist =
        wrong === "aud" ? { aud: "another client" } : wrong === "iss" ? { iss: "https://x.example" } : {};
      await theirs.route(
        (url) => url.origin === provider.issuer && url.searchParams.has(wrong),
        (route) => {
          const url = new URL(route.request().url());
          url.searchParams.set(wrong, "another-one-that-nobody-sent-out");
          return route.continue({ url: url.href });
        },
      );
      await leave(theirs);
      await expect(theirs, wrong).toHaveURL(`${web.web}/login?error=sso_failed`);
      await expect(theirs.getByRole("alert").filter({ hasText: "could not be verified" })).toBeVisible();
      expect((await theirs.request.get(`${web.web}/api/session`)).status(), wrong).toBe(401);
      await context.close();
    }
    provider.twist = {};
    const context = await browser.newContext();
    const stranger = await context.newPage();
    await stranger.goto(`${web.web}/api/auth/callback/oidc?code=c&state=s`);
    await expect(stranger).toHaveURL(`${web.web}/login?error=sso_failed`);
    // None of the provider's own words is shown.
    await stranger.goto(
      `${web.web}/api/auth/callback/oidc?error=access_denied&error_description=Call%20+49%20555%20now`,
    );
    await expect(stranger).toHaveURL(`${web.web}/login?error=sso_cancelled`);
    await expect(stranger.getByText("555")).toHaveCount(0);
    await leave(stranger, web.web, "//evil.example");
    await expect(stranger).toHaveURL(`${web.web}/`);
    await context.close();
  });

  test("binds by a verified address where that is trusted, and is the only way where passwords are off", async ({
    page,
    browser,
    signIn,
    allowConsole,
    expectAccessibleInEveryLook,
  }) => {
    test.slow();
    allowConsole(/401/);
    await signIn("admin");
    const dan = await added(page.request, "Dan");
    const eve = await added(page.request, "Eve");
    const context = await browser.newContext();
    const theirs = await context.newPage();
    provider.account = { sub: `eve-${run}`, email: eve.email, verified: false };
    await leave(theirs, only.web);
    await expect(theirs).toHaveURL(`${only.web}/login?error=sso_not_bound`);
    await context.clearCookies();
    provider.account = { sub: `dan-${run}`, email: dan.email, verified: true };
    await leave(theirs, only.web, "/settings/sign-in");
    await expect(theirs).toHaveURL(`${only.web}/settings/sign-in`);
    const own = theirs.getByRole("region", { name: "Your sign-in" });
    await expect(own).toContainText("by your verified e-mail address");
    await expect(own).toContainText("Switched off in this deployment.");
    await context.close();

    await page.context().clearCookies();
    await page.goto(`${only.web}/login`);
    await expect(page.getByLabel("Password")).toHaveCount(0);
    await expectAccessibleInEveryLook();
    await page.goto(`${only.web}/login?way=password`);
    await page.getByLabel("Email").fill(dan.email);
    await page.getByLabel("Password").fill("whatever it is");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "switched off" })).toHaveText(
      "Passwords are switched off here. Sign in with Bank ID.",
    );
  });

  test("is where somebody who came by it shows that the session is his, and what he began goes on as himself or not at all", async ({
    page,
    browser,
    signIn,
    allowConsole,
  }) => {
    test.slow();
    // What is refused the browser reports by itself.
    allowConsole(/40[13]/);
    await signIn("admin");
    const people = [await added(page.request, "Gus"), await added(page.request, "Hal")] as const;
    for (const { personId, email } of people) {
      const subject = { subject: email };
      expect((await bind(page.request, personId, subject)).status()).toBe(204);
      const member = { tenant: "nordbank-eu", email, role: "auditor" };
      expect((await change(page.request, "POST", "/api/members", member)).status()).toBe(201);
    }
    const [gus, hal] = people;
    const isThere = ({ email }: { email: string }) => {
      provider.account = { sub: email, email, verified: false };
    };
    isThere(gus);
    const context = await browser.newContext();
    const his = await context.newPage();
    await leave(his, web.web, "/usage?tenant=nordbank-eu");
    await expect(his).toHaveURL(`${web.web}/usage?tenant=nordbank-eu`);
    const question = his.getByRole("dialog", { name: "Confirm that it is you" });
    const confirm = question.getByRole("button", { name: "Confirm with Bank ID" });

    await letSessionsAge(gus.personId);
    await takeFigures(his);
    await expect(confirm).toBeVisible();
    isThere(hal);
    await confirm.click();
    await expect(question.getByText("At Bank ID you are somebody else than here.")).toBeVisible();
    isThere(gus);
    await Promise.all([his.waitForEvent("download"), confirm.click()]);
    await expect(question).toBeHidden();

    // Whoever sits there once the session has ended is not signed in by it.
    await letSessionsAge(gus.personId);
    await takeFigures(his);
    await expect(confirm).toBeVisible();
    const [session] = await (await his.request.get(`${web.web}/api/sessions`)).json();
    const revoked = await his.request.delete(`${web.web}/api/sessions/${session.id}`, {
      headers: { origin: web.web, "content-type": "application/json" },
    });
    expect(revoked.status()).toBe(204);
    isThere(hal);
    await confirm.click();
    await expect(his).toHaveURL(`${web.web}/login?from=${encodeURIComponent("/usage?tenant=nordbank-eu")}`);
    expect((await his.request.get(`${web.web}/api/session`)).status()).toBe(401);
    await context.close();
  });

  test("is on no sign-in page and at no address where there is no provider", async ({ page, demo }) => {
    await page.goto("/login");
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Sign in with/ })).toHaveCount(0);
    expect((await page.request.get(`${demo.web}/api/auth/callback/oidc?code=c`)).status()).toBe(404);
    const sent = await page.request.post(`${demo.web}/api/auth/signin/oidc`, {
      headers: { origin: demo.web },
      form: { json: "true" },
    });
    expect(sent.status()).toBe(404);
  });
});
