import type { Page } from "@playwright/test";
import OpenAI from "openai";
import { type AlertReceiver, isSignedWith } from "../lib/testing/alert-receiver.ts";
import { listenForAlerts } from "./fixtures/alert-receivers.ts";
import { type Demo, userOf } from "./fixtures/demo.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

/** A tenant of its own, which observes: what leaves its region is sent, and found. */
const slug = `alerts-${Date.now().toString(36)}`;
let good: AlertReceiver;
let bad: AlertReceiver;

test.beforeAll(async () => {
  good = await listenForAlerts("good");
  bad = await listenForAlerts("bad");
  bad.answer = (response) => response.writeHead(500).end("words of a stack");
});
test.afterAll(async () => {
  await good.stop();
  await bad.stop();
});

type Body = {
  readonly type: string;
  readonly data: { readonly title: string; readonly facts: { readonly cause?: string } };
};

// Each goes on with the tenant and the destinations of the one before.
test.describe.configure({ mode: "serial" });

test.describe("settings, alerts", () => {
  test("a destination is added, tested, and told what left its region; one that fails is shown as failing", async ({
    page,
    demo,
    signIn,
    expectAccessible,
    expectAccessibleInEveryLook,
  }) => {
    test.slow();
    await signIn("admin");
    await makeTenant(page, demo);
    await page.goto(`/settings/alerts/${slug}`);
    await expect(page.getByText("Nobody is told of anything yet")).toBeVisible();
    await expect(page.getByText(/the operator of this deployment has set up no mail server/)).toBeVisible();
    await expectAccessibleInEveryLook();

    await page.getByRole("button", { name: "Add destination" }).click();
    const adding = page.getByRole("dialog", { name: "Add destination" });
    await adding.getByLabel("Name").fill("Pager");
    await adding.getByLabel("Address").fill("https://127.0.0.1/in");
    await adding.getByRole("button", { name: "Add destination" }).click();
    await expect(adding).toContainText("an address of numbers has no certificate");
    await expect(adding).toContainText("A country, in two letters");
    await expectAccessible();
    await adding.getByLabel("Address").fill(`https://localhost:${good.port}/in?key=k3y`);
    await adding.getByLabel(/^Country/).fill("de");
    await adding.getByRole("button", { name: "Add destination" }).click();
    const shown = page.getByRole("dialog", { name: "Copy the secret" });
    const secret = (await shown.getByRole("region", { name: "secret", exact: true }).innerText()).trim();
    expect(secret).toMatch(/^whsec_/);
    await expectAccessible();
    // What is shown once is not lost by a key too many.
    await page.keyboard.press("Escape");
    await shown.getByRole("button", { name: "I have stored it" }).click();
    await expect(shown).toBeHidden();

    const destinations = page.getByRole("region", { name: "Destinations" });
    const pager = destinations.getByRole("listitem").filter({ hasText: "Pager" });
    await expect(pager).toContainText("Nothing sent yet");
    await expect(pager).toContainText(/as .+ declared on .+; nobody has verified it/);
    await expect(page.getByText("k3y")).toHaveCount(0);

    await pager.getByRole("button", { name: "Send a test to Pager" }).click();
    const testing = page.getByRole("dialog", { name: "Send a test to Pager" });
    await testing.getByRole("button", { name: "Send the test" }).click();
    await expect(testing).toContainText("The test has arrived. It was taken, with the answer 200.");
    await expectAccessible();
    await testing.getByRole("button", { name: "Close", exact: true }).first().click();
    const [first] = good.received;
    if (!first) throw new Error("No test came.");
    expect(first.path).toBe("/in?key=k3y");
    expect(isSignedWith(secret, first)).toBe(true);
    expect(JSON.parse(first.body)).toMatchObject({ type: "test", data: { tenant: slug, simulated: true } });
    await expect(pager).toContainText("Delivering");

    await addDestination(page, "Broken", `https://localhost:${bad.port}/in`);
    await leave(page, demo);
    const aboutHost = () =>
      good.received
        .map(({ body }) => JSON.parse(body) as Body)
        .find(({ data }) => data.facts.cause === "host_out_of_region");
    await expect.poll(aboutHost).toMatchObject({
      type: "finding_opened",
      data: { simulated: true, severity: "high", facts: { host: "api.openai.com", basis: "observed" } },
    });
    const about = aboutHost();

    const broken = destinations.getByRole("listitem").filter({ hasText: "Broken" });
    await expect(broken).toContainText("Failing");
    await expect(broken).toContainText(/Nothing arrives since/);
    const messages = page.getByRole("region", { name: "Messages" });
    await messages.getByRole("button", { name: "Waiting", exact: true }).click();
    await expect(page).toHaveURL(/state=waiting/);
    await expect(messages.getByRole("row").filter({ hasText: "Broken" }).first()).toContainText(
      "The answer was 500.",
    );
    await expect(page.getByText("words of a stack")).toHaveCount(0);
    await expectAccessibleInEveryLook();
    bad.answer = (response) => response.end();
    await messages
      .getByRole("button", { name: /^Try again: Finding opened.* to Broken$/ })
      .first()
      .click();
    await expect(broken).toContainText("Delivering");
    await messages.getByRole("button", { name: "Given up" }).click();
    await expect(page.getByText("No message is in this state")).toBeVisible();
    await page.getByRole("button", { name: "Show all" }).click();
    await page
      .getByRole("link", { name: about?.data.title ?? "" })
      .first()
      .click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("api.openai.com");
  });

  test("it is renamed, rotated, paused, resumed and removed, and each is in the audit trail", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("admin");
    await page.goto(`/settings/alerts/${slug}`);
    const destinations = page.getByRole("region", { name: "Destinations" });
    const card = (name: string) => destinations.getByRole("listitem").filter({ hasText: name });
    await page.getByRole("button", { name: "Change Broken" }).click();
    const changing = page.getByRole("dialog", { name: "Change Broken" });
    await changing.getByLabel("Name").fill("Archive");
    await changing.getByLabel("How grave it has to be").selectOption("critical");
    await changing.getByRole("checkbox", { name: "Import incomplete" }).uncheck();
    await expectAccessible();
    await changing.getByRole("button", { name: "Save destination" }).click();
    await expect(changing).toBeHidden();
    await expect(card("Archive")).toContainText(
      "Critical alone, every kind but report ready, import incomplete",
    );

    await page.getByRole("button", { name: "Rotate secret of Archive" }).click();
    const rotating = page.getByRole("dialog", { name: "Rotate the secret of Archive" });
    await expectAccessible();
    await rotating.getByRole("button", { name: "Rotate secret" }).click();
    await page.getByRole("button", { name: "I have stored it" }).click();
    await expect(card("Archive")).toContainText("The one before signs as well until");

    await page.getByRole("button", { name: "Pause Archive" }).click();
    await page.getByRole("button", { name: "Pause destination" }).click();
    await expect(card("Archive")).toContainText("Paused since");
    await page.getByRole("button", { name: "Resume Archive" }).click();
    await expect(card("Archive")).not.toContainText("Paused");
    await page.getByRole("button", { name: "Remove Archive" }).click();
    await expectAccessible();
    await page.getByRole("button", { name: "Remove destination" }).click();
    // Behind an open dialog nothing has a role.
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(card("Archive")).toHaveCount(0);

    await page.goto(`/settings/trail/${slug}?group=changes`);
    for (const words of [
      "changed: Archive",
      "secret rotated: Archive",
      "paused: Archive",
      "resumed: Archive",
      "removed: Archive",
    ])
      await expect(page.getByText(`Alert destination ${words}`)).toBeVisible();
  });

  test("an auditor sees where they go and may change nothing", async ({
    page,
    demo,
    signIn,
    expectAccessible,
  }) => {
    await signIn("admin");
    const { email } = userOf(demo, "auditor");
    const added = await page.request.post("/api/members", {
      headers: { origin: demo.web },
      data: { tenant: slug, email, role: "auditor" },
    });
    expect(added.status()).toBe(201);
    await page.context().clearCookies();
    await signInAs(page, userOf(demo, "auditor"));
    await page.goto(`/settings/alerts/${slug}`);
    await expect(
      page.getByText("Changing where alerts go takes an admin of the tenant. You are an auditor here."),
    ).toBeVisible();
    for (const name of [
      "Add destination",
      "Send a test to Pager",
      "Change Pager",
      "Pause Pager",
      "Remove Pager",
    ])
      await expect(page.getByRole("button", { name })).toBeDisabled();
    await expect(page.getByRole("button", { name: /^Try again/ })).toHaveCount(0);
    await expectAccessible();
    const refused = await page.request.post("/api/alerts/destinations", {
      headers: { origin: demo.web },
      data: { tenant: slug, kind: "webhook", name: "x", address: "https://receiver.example/", country: "DE" },
    });
    expect(refused.status()).toBe(403);
  });
});

async function makeTenant(page: Page, demo: Demo): Promise<void> {
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(path, { headers: { origin: demo.web }, data });
    expect(answer.status(), path).toBe(201);
  };
  await post("/api/tenants", {
    ...{
      name: "Alerts bank",
      slug,
      mode: "simulated",
      preset: "eea_ch",
      homeRegion: "eu",
      enforcement: "observe",
    },
  });
  await post("/api/credentials", {
    ...{ tenant: slug, label: "Any", secret: "sk-sim-global-alerts", projectId: null },
    hosts: ["eu.api.openai.com", "api.openai.com"],
  });
}

async function addDestination(page: Page, name: string, address: string): Promise<void> {
  await page.getByRole("button", { name: "Add destination" }).click();
  const adding = page.getByRole("dialog", { name: "Add destination" });
  await adding.getByLabel("Name").fill(name);
  await adding.getByLabel("Address").fill(address);
  await adding.getByLabel(/^Country/).fill("DE");
  await adding.getByRole("button", { name: "Add destination" }).click();
  await page.getByRole("button", { name: "I have stored it" }).click();
}

/** A call that leaves the region, through the gateway. */
async function leave(page: Page, demo: Demo): Promise<void> {
  const made = await page.request.post("/api/keys", {
    headers: { origin: demo.web },
    data: { tenant: slug, name: "Stray", application: "stray", target: "api.openai.com" },
  });
  const { secret } = (await made.json()) as { secret: string };
  const client = new OpenAI({ baseURL: `${demo.gateway}/v1`, apiKey: secret, maxRetries: 0 });
  const answer = await client.chat.completions.create({
    model: "gpt-5.4-mini-2026-03-17",
    messages: [{ role: "user", content: "Where are you?" }],
  });
  expect(answer.choices).not.toEqual([]);
}
