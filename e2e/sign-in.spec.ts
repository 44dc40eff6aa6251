import type { Page } from "@playwright/test";
import { type Demo, userOf } from "./fixtures/demo.ts";
import { expect, test } from "./fixtures/test.ts";

async function signInByForm(page: Page, { email, password }: Demo["users"][number]): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
}

test.describe("signing in", () => {
  test("sends who is not signed in to the sign-in page, and back to where he was going", async ({
    page,
    demo,
  }) => {
    const { email, password } = userOf(demo, "officer");
    await page.goto("/?range=30d");
    await expect(page).toHaveURL("/login?from=%2F%3Frange%3D30d");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/?range=30d");
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  });

  test("says that name or password is wrong, and not which of the two", async ({
    page,
    demo,
    allowConsole,
  }) => {
    allowConsole(/401/);
    await page.goto("/login");
    for (const email of [userOf(demo, "officer").email, "nobody@domicile.example"]) {
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toHaveText(
        "Email or password is wrong.",
      );
      await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
    }
    await expect(page).toHaveURL("/login");
  });

  test("never leads to another site afterwards", async ({ page, demo, baseURL }) => {
    const { email, password } = userOf(demo, "officer");
    await page.goto("/login?from=%2F%2Fevil.example%2F");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(`${baseURL}/`);
  });

  test("keeps the cookie from scripts and from other sites", async ({ page, demo }) => {
    await signInByForm(page, userOf(demo, "auditor"));
    const cookies = await page.context().cookies();
    const session = cookies.find(({ name }) => name.endsWith("next-auth.session-token"));
    expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(await page.evaluate(() => document.cookie)).not.toContain("session-token");
  });
});

test.describe("signing out", () => {
  test("revokes the session: a copy of its cookie is refused by page and API at once", async ({
    page,
    browser,
    demo,
    baseURL,
  }) => {
    await signInByForm(page, userOf(demo, "developer"));
    const copy = await browser.newContext({ storageState: await page.context().storageState(), baseURL });
    expect((await copy.request.get("/api/session")).status()).toBe(200);

    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/login");

    const refused = await copy.request.get("/api/session");
    expect(refused.status()).toBe(401);
    expect(refused.headers()["content-type"]).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({ code: "unauthenticated" });
    const other = await copy.newPage();
    await other.goto("/calls");
    await expect(other).toHaveURL("/login?from=%2Fcalls");
    await copy.close();
  });
});

test.describe("what strangers get", () => {
  test("no answer from any API route", async ({ page }) => {
    for (const path of ["/api/overview", "/api/session"]) {
      const response = await page.request.get(path);
      expect(response.status(), path).toBe(401);
    }
  });

  test("a change from another site is refused before anything is read", async ({ page }) => {
    const response = await page.request.post("/api/auth/callback/credentials", {
      headers: { origin: "https://evil.example" },
      form: { email: "a@b.example", password: "x" },
    });
    expect(response.status()).toBe(403);
    expect(await response.json()).toMatchObject({ code: "cross_origin" });
  });

  test("next-auth's own pages and session endpoint are closed", async ({ page }) => {
    for (const path of ["session", "providers", "signin", "signout", "error"])
      expect((await page.request.get(`/api/auth/${path}`)).status(), path).toBe(404);
  });

  test("a page whose scripts need a nonce that changes with each answer", async ({ page }) => {
    const policies: string[] = [];
    for (let visit = 0; visit < 2; visit++) {
      const response = await page.goto("/login");
      policies.push(response?.headers()["content-security-policy"] ?? "");
    }
    const scripts = policies.map((policy) => /script-src ([^;]+)/.exec(policy)?.[1] ?? "");
    for (const source of scripts) {
      expect(source).toMatch(/'nonce-[^']{20,}' 'strict-dynamic'/);
      expect(source).not.toContain("unsafe-inline");
    }
    expect(scripts[0]).not.toBe(scripts[1]);
    for (const rule of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ])
      expect(policies[0]).toContain(rule);
  });

  test("probes answer without a session", async ({ page }) => {
    for (const path of ["/healthz", "/readyz", "/metrics"])
      expect((await page.request.get(path)).status(), path).toBe(200);
    expect(await (await page.request.get("/metrics")).text()).toContain("domicile_web_up 1");
  });
});

test("the sign-in page is accessible in every look", async ({ page, expectAccessibleInEveryLook }) => {
  await page.goto("/login");
  await expectAccessibleInEveryLook();
});
