import type { Page, Request } from "@playwright/test";
import { escapeFrom } from "./fixtures/escape-from.ts";
import { expect, test } from "./fixtures/test.ts";

const faces = [
  { path: "/usage", link: "Usage", heading: "Usage", what: "the usage" },
  { path: "/latency", link: "Latency", heading: "Latency", what: "the latencies" },
  { path: "/resources", link: "Resources", heading: "Resources", what: "the resources" },
  { path: "/models", link: "Models", heading: "Models", what: "the models" },
  { path: "/connect", link: "Connect", heading: "Connect", what: "the tenant" },
  { path: "/settings/tenants", link: "Settings", heading: "Tenants", what: "the settings" },
  { path: "/", link: "Overview", heading: "Overview", what: "the overview" },
] as const;

const isPrefetch = (request: Request): boolean => request.headers()["next-router-prefetch"] === "1";

test("a page on its way shows its shape and says what is loading, beside the navigation", async ({
  page,
  signIn,
}) => {
  test.slow();
  await signIn("officer");
  const isFetched = await watchPrefetches(page);
  await page.goto("/findings");
  await expect(page.getByRole("heading", { level: 1, name: "Findings" })).toBeVisible();
  let goOn = (): void => {};
  let held = Promise.resolve();
  await page.route(
    (url) => url.searchParams.has("_rsc"),
    async (route) => {
      if (!isPrefetch(route.request())) await held;
      await route.fallback();
    },
  );
  for (const { path, link, heading, what } of faces) {
    await expect.poll(() => isFetched(path), `${path} was fetched beforehand`).toBe(true);
    held = new Promise((resolve) => {
      goOn = resolve;
    });
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: link }).click();
    const status = page.getByRole("status").filter({ hasText: `Loading ${what}` });
    await expect(status).toBeAttached();
    goOn();
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(status).toHaveCount(0);
  }
});

test("what is clicked before the page listens is done once it does", async ({ page, signIn }) => {
  await signIn("officer");
  const listen = await holdScripts(page);
  await page.goto("/findings", { waitUntil: "commit" });
  await page.getByRole("button", { name: "Look at soon" }).click();
  await expect(page).not.toHaveURL(/only=/);
  listen();
  await expect(page).toHaveURL(/only=soon/);
});

test("what is chosen and written before the page listens is taken once it does", async ({ page, signIn }) => {
  await signIn("auditor");
  const listen = await holdScripts(page);
  await page.goto("/settings/trail/nordbank-eu", { waitUntil: "commit" });
  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel("From day (UTC)").fill(today);
  await page.getByLabel("What").selectOption("sign_ins");
  await expect(page).not.toHaveURL(/first=|group=/);
  listen();
  await expect(page).toHaveURL(new RegExp(`first=${today}`));
  await expect(page).toHaveURL(/group=sign_ins/);
});

test("what is ticked before the page listens is shown at once, and taken once it does; a menu opens", async ({
  page,
  signIn,
}) => {
  await signIn("officer");
  const listen = await holdScripts(page);
  await page.goto("/settings/retention/nordbank-eu", { waitUntil: "commit" });
  const period = page.getByRole("radio", { checked: false }).first();
  const chosen = await period.getAttribute("value");
  await period.check();
  await page.getByRole("button", { name: /^Account of/ }).click();
  listen();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await escapeFrom(page.getByRole("menu"));
  await expect(page.getByRole("radio", { checked: true })).toHaveAttribute("value", chosen ?? "");
  await expect(page.getByLabel(/^Why /)).toBeVisible();
});

test("a file that is chosen before the page listens is read once it does", async ({ page, signIn }) => {
  await signIn("admin");
  const listen = await holdScripts(page);
  await page.goto("/connect/import?tenant=nordbank-eu", { waitUntil: "commit" });
  const buffer = Buffer.from("host,model\napi.openai.com,gpt-5\n");
  await page
    .getByLabel("File", { exact: true })
    .setInputFiles({ name: "calls.csv", mimeType: "text/csv", buffer });
  listen();
  await expect(page.getByText("No column says when a call began.")).toBeVisible();
});

test("a form is not sent by the browser itself before the page listens", async ({ page, allowConsole }) => {
  allowConsole(/401 \(Unauthorized\)/);
  const listen = await holdScripts(page);
  await page.goto("/login", { waitUntil: "commit" });
  await page.getByLabel(/e-?mail/i).fill("nobody@example.com");
  await page.getByLabel(/password/i).fill("not a password of anybody");
  await page.getByRole("button", { name: /sign in/i }).click();
  listen();
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  await expect(page.getByLabel(/e-?mail/i)).toHaveValue("nobody@example.com");
  expect(new URL(page.url()).search).toBe("");
});

/**
 * Answers whether a page's links have fetched its face: what comes under the header of prefetches and is no segment, which is
 * only the tree of a page. Seen from within: of a fetch whose answer was let go the browser does not always tell.
 */
async function watchPrefetches(page: Page): Promise<(path: string) => Promise<boolean>> {
  await page.addInitScript(() => {
    const fetchIt = window.fetch;
    window.fetch = async (input, init) => {
      const { url, headers } = new Request(input, init);
      const answer = await fetchIt(input, init);
      if (headers.get("next-router-prefetch") === "1" && !headers.has("next-router-segment-prefetch")) {
        const copy = answer.clone();
        // The router reads it first.
        setTimeout(async () => {
          await copy.arrayBuffer();
          performance.mark(`fetched ${new URL(url).pathname}`);
        });
      }
      return answer;
    };
  });
  return (path) => page.evaluate((name) => performance.getEntriesByName(name).length > 0, `fetched ${path}`);
}

/** Nothing of ours runs in the page until the answer is called. */
async function holdScripts(page: Page): Promise<() => void> {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}
