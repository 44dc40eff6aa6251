import type { Page } from "@playwright/test";
import { readDemo, userOf } from "./fixtures/demo.ts";
import { type SecondOfEach, startSecondOfEach } from "./fixtures/second-of-each.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

// `npm run web` and `npm run gateway` once more beside the product, on its database: no copy knows of another.
let second: SecondOfEach;
test.beforeAll(async () => {
  second = await startSecondOfEach(readDemo());
});
test.afterAll(() => second?.stop());

const slug = `pair-${Date.now().toString(36)}`;

/** What a page of the web at this origin would send. */
function changesOf(page: Page, origin: string) {
  return async (path: string, data: unknown) => {
    const answer = await page.request.post(`${origin}${path}`, { headers: { origin }, data });
    expect(answer.status(), await answer.text()).toBe(path.endsWith("/revoke") ? 200 : 201);
    return answer.json();
  };
}

test.describe("two webs", () => {
  test("one session serves both, and what is changed at one is seen at the other at once", async ({
    page,
    signIn,
    demo,
  }) => {
    // Pages of a process that has just started.
    test.slow();
    await signIn("admin");
    const [first, other] = [changesOf(page, demo.web), changesOf(page, second.web)];
    await first("/api/tenants", {
      ...{ name: "Pair", slug, mode: "simulated", preset: "eea_ch", homeRegion: "eu" },
    });
    await page.goto(`${second.web}/settings/tenants/${slug}`);
    await expect(page.getByRole("heading", { level: 1, name: "Pair" })).toBeVisible();

    const book = async (origin: string) =>
      (await page.request.get(`${origin}/api/policies?tenant=${slug}`)).json();
    const [{ policy, version }] = (await book(second.web)).versions;
    const reason = "Agreed with the data protection officer today.";
    const stricter = { ...policy, deniedFeatures: [...policy.deniedFeatures, "realtime_tracing"] };
    const saved = await other("/api/policies", {
      ...{ tenant: slug, policy: stricter, reason, baseVersion: version },
    });
    expect(saved).toMatchObject({ kind: "saved", version: version + 1 });
    await page.goto(`${demo.web}/settings/policies/${slug}`);
    await expect(page.getByText(reason).first()).toBeVisible();
    // The first web knows better than to save over what the second has saved.
    const stale = await page.request.post(`${demo.web}/api/policies`, {
      headers: { origin: demo.web },
      data: { tenant: slug, policy: stricter, reason, baseVersion: version },
    });
    expect(stale.status()).toBe(409);
  });

  test("who signs out at one is refused by the other at once", async ({ page, demo }) => {
    test.slow();
    await signInAs(page, userOf(demo, "auditor"));
    const copy = await page
      .context()
      .browser()
      ?.newContext({
        storageState: await page.context().storageState(),
      });
    if (!copy) throw new Error("There is no browser.");
    for (const origin of [demo.web, second.web])
      expect((await copy.request.get(`${origin}/api/session`)).status()).toBe(200);

    // A page that asks for nothing by itself: one that does may be told 401 before it is left.
    await page.goto(`${second.web}/settings/regions`);
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(`${second.web}/login`);
    for (const origin of [demo.web, second.web])
      expect((await copy.request.get(`${origin}/api/session`)).status(), origin).toBe(401);
    const theirs = await copy.newPage();
    await theirs.goto(`${demo.web}/calls`);
    await expect(theirs).toHaveURL(`${demo.web}/login?from=%2Fcalls`);
    await copy.close();
  });
});

test.describe("two gateways", () => {
  test("the same reports at both at once are counted once, and a key revoked at one web is refused by both", async ({
    page,
    signIn,
    demo,
  }) => {
    await signIn("admin");
    const gateways = [demo.gateway, second.gateway];
    const { key, secret } = await changesOf(page, second.web)("/api/keys", {
      ...{ tenant: slug, name: "Reports", kind: "intake", application: "Reporting" },
    });
    const records = Array.from({ length: 300 }, (_, n) => ({
      clientId: `pair-${n}`,
      startedAt: new Date(Date.now() - n * 100).toISOString(),
      host: "eu.api.openai.com",
      path: "/v1/chat/completions",
      model: "gpt-5.5",
      status: 200,
    }));
    const report = (gateway: string) =>
      page.request.post(`${gateway}/intake/v1/calls`, {
        headers: { authorization: `Bearer ${secret}` },
        data: records,
      });
    // A new key is not known everywhere at once.
    for (const gateway of gateways)
      await expect(async () => {
        const answer = await page.request.post(`${gateway}/intake/v1/calls`, {
          headers: { authorization: `Bearer ${secret}` },
          data: [],
        });
        expect(answer.status()).not.toBe(401);
      }).toPass();

    const answers = await Promise.all([...gateways, ...gateways].map(report));
    const outcomes: string[] = [];
    for (const answer of answers) {
      expect(answer.status()).toBe(200);
      const { results } = (await answer.json()) as { results: { outcome: string }[] };
      outcomes.push(...results.map(({ outcome }) => outcome));
    }
    expect(outcomes.filter((outcome) => outcome === "recorded")).toHaveLength(300);
    expect(outcomes.filter((outcome) => outcome === "duplicate")).toHaveLength(900);
    for (const origin of [demo.web, second.web]) {
      const calls = await page.request.get(`${origin}/api/calls?tenant=${slug}&range=24h`);
      expect(await calls.json()).toMatchObject({ totalCalls: 300 });
    }

    await changesOf(page, demo.web)(`/api/keys/${key.id}/revoke`, { tenant: slug });
    await Promise.all(
      gateways.map((gateway) => expect.poll(async () => (await report(gateway)).status()).toBe(401)),
    );
  });
});
