import OpenAI from "openai";
import { expect, test } from "./fixtures/test.ts";

test.describe("settings, tenants", () => {
  test("creates a tenant, a provider key, a pin and a key; the unmodified client uses it; the call is on /calls", async ({
    page,
    signIn,
    expectAccessible,
    allowConsole,
    demo,
  }) => {
    // The provider key that a simulated tenant does not take.
    allowConsole(/400/);
    const slug = `trial-${Date.now().toString(36)}`;
    await signIn("admin");
    await page.goto("/settings/tenants");
    await expectAccessible();
    await page.getByRole("link", { name: "Create tenant" }).click();

    await page.getByLabel("Name", { exact: true }).fill("Trial bank");
    await page.getByLabel("Short name").fill(slug);
    await page.getByRole("radio", { name: "Simulated" }).check();
    await page.getByRole("radio", { name: "EEA and Switzerland: inference and storage" }).check();
    const preview = page.getByRole("region", { name: "What this policy says" });
    await expect(preview).toContainText("The global host is outside policy.");
    await expectAccessible();
    await page.getByRole("button", { name: "Create tenant" }).click();
    await expect(page).toHaveURL(`/settings/tenants/${slug}`);
    await expect(page.getByRole("heading", { level: 1, name: "Trial bank" })).toBeVisible();

    await page.getByRole("button", { name: "Add provider key" }).click();
    const adding = page.getByRole("dialog", { name: "Add provider key" });
    await adding.getByLabel("Label").fill("Europe");
    await adding.getByLabel("Provider key").fill("sk-live-this-is-not-simulated");
    await adding.getByRole("button", { name: "Add provider key" }).click();
    await expect(adding).toContainText("takes simulated keys only");
    await adding.getByLabel("Provider key").fill("sk-sim-eu-trialbank");
    await adding.getByRole("button", { name: "Add provider key" }).click();
    await expect(adding).toBeHidden();
    await expect(page.getByText("sk-sim-eu-trialbank")).toHaveCount(0);

    await page.getByRole("button", { name: "Attest pin of Europe" }).click();
    const attesting = page.getByRole("dialog", { name: "Attest the pin of Europe" });
    await attesting.getByLabel("How you know").fill("too short");
    await attesting.getByRole("button", { name: "Attest pin" }).click();
    await expect(attesting).toContainText("at least 20 characters");
    await attesting.getByLabel("How you know").fill("Project settings page, Region: Europe, read today.");
    await attesting.getByRole("button", { name: "Attest pin" }).click();
    await expect(attesting).toBeHidden();
    await expect(page.getByText("Processing and storage in Europe")).toBeVisible();

    await page.getByRole("button", { name: "Create key" }).click();
    const making = page.getByRole("dialog", { name: "Create key" });
    await making.getByLabel("Name", { exact: true }).fill("Checkout");
    await making.getByLabel("Application").fill("Checkout");
    await making.getByRole("radio", { name: "A fixed host" }).check();
    await making.getByLabel("Host", { exact: true }).fill("api.openai.eu");
    await expect(making).toContainText("it is a lookalike");
    await making.getByRole("button", { name: "Use eu.api.openai.com" }).click();
    await expect(making).not.toContainText("lookalike");
    await expectAccessible();
    await making.getByRole("button", { name: "Create key" }).click();

    const shown = page.getByRole("dialog", { name: "Copy the key Checkout" });
    const secret = await shown.getByRole("region", { name: "key", exact: true }).innerText();
    expect(secret).toMatch(/^dom_[0-9A-Za-z]{8}_/);
    await expect(shown).toContainText(`OPENAI_BASE_URL=${demo.gateway}/v1`);
    await expectAccessible();
    await page.keyboard.press("Escape");
    await expect(shown).toBeVisible();
    await shown.getByRole("button", { name: "I have stored it" }).click();
    await expect(page.getByText(secret)).toHaveCount(0);

    const client = new OpenAI({ baseURL: `${demo.gateway}/v1`, apiKey: secret });
    const answer = await client.chat.completions.create({
      model: "gpt-5.4-mini-2026-03-17",
      messages: [{ role: "user", content: "Where are you?" }],
    });
    expect(answer.choices[0]?.message.content).toBeTruthy();

    await expect
      .poll(async () => (await (await page.request.get(`/api/calls?tenant=${slug}`)).json()).items)
      .toHaveLength(1);
    await page.goto(`/calls?tenant=${slug}`);
    const row = page.getByRole("row").filter({ hasText: "Checkout" });
    await expect(row).toContainText("Within policy");
    await expect(row).toContainText("eu.api.openai.com");
  });

  test("revokes a key after asking; the gateway then refuses it", async ({ page, signIn, demo }) => {
    const name = `Short lived ${Date.now().toString(36)}`;
    await signIn("admin");
    await page.goto("/settings/tenants/nordbank-eu");
    await page.getByRole("button", { name: "Create key" }).click();
    const making = page.getByRole("dialog", { name: "Create key" });
    await making.getByLabel("Name", { exact: true }).fill(name);
    await making.getByLabel("Application").fill("Short lived");
    await making.getByRole("button", { name: "Create key" }).click();
    const shown = page.getByRole("dialog", { name: `Copy the key ${name}` });
    const secret = await shown.getByRole("region", { name: "key", exact: true }).innerText();
    await shown.getByRole("button", { name: "I have stored it" }).click();
    const client = new OpenAI({ baseURL: `${demo.gateway}/v1`, apiKey: secret, maxRetries: 0 });
    expect((await client.models.list()).data.length).toBeGreaterThan(0);

    await page.getByRole("button", { name: `Revoke the key ${name}` }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: `Revoke the key ${name}` }).click();
    await page.getByRole("button", { name: "Revoke key" }).click();
    await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Revoked");
    const statusNow = () =>
      client.models.list().then(
        () => 200,
        (error: unknown) => (error instanceof OpenAI.APIError ? error.status : 0),
      );
    await expect.poll(statusNow).toBe(401);
  });

  test("confines a key to surfaces, which the gateway holds it to, and replaces it", async ({
    page,
    signIn,
    demo,
    allowConsole,
  }) => {
    allowConsole(/400/);
    const name = `Confined ${Date.now().toString(36)}`;
    await signIn("admin");
    await page.goto("/settings/tenants/nordbank-eu");
    await page.getByRole("button", { name: "Create key" }).click();
    const making = page.getByRole("dialog", { name: "Create key" });
    await making.getByLabel("Name", { exact: true }).fill(name);
    await making.getByLabel("Application").fill("Confined");
    await making.getByText("Limits", { exact: true }).click();
    await making.getByLabel("May call").selectOption("Only some surfaces");
    await making.getByRole("button", { name: "Create key" }).click();
    await expect(making).toContainText("Choose at least one surface.");
    await making.getByRole("checkbox", { name: /^Files/ }).check();
    await making.getByLabel("Ends").selectOption("In 30 days");
    await making.getByRole("button", { name: "Create key" }).click();
    const shown = page.getByRole("dialog", { name: `Copy the key ${name}` });
    const secret = await shown.getByRole("region", { name: "key", exact: true }).innerText();
    await shown.getByRole("button", { name: "I have stored it" }).click();
    const row = page.getByRole("row").filter({ hasText: name });
    await expect(row).toContainText("Files");

    const of = (apiKey: string) => new OpenAI({ baseURL: `${demo.gateway}/v1`, apiKey, maxRetries: 0 });
    expect((await of(secret).models.list()).data.length).toBeGreaterThan(0);
    await expect(
      of(secret).embeddings.create({ model: "text-embedding-3-small", input: "x" }),
    ).rejects.toMatchObject({ status: 403, code: "key_scope" });

    await page.getByRole("button", { name: `Replace the key ${name}` }).click();
    const replacing = page.getByRole("dialog", { name: `Replace the key ${name}` });
    await replacing.getByLabel("The old key ends").selectOption("At once");
    await replacing.getByRole("button", { name: "Replace key" }).click();
    const copied = page.getByRole("dialog", { name: `Copy the key ${name}` });
    const next = await copied.getByRole("region", { name: "key", exact: true }).innerText();
    await copied.getByRole("button", { name: "I have stored it" }).click();
    expect(next).not.toBe(secret);
    expect((await of(next).models.list()).data.length).toBeGreaterThan(0);
    const refusal = () =>
      of(secret)
        .models.list()
        .then(
          () => "",
          (error: unknown) => (error instanceof OpenAI.APIError ? String(error.code) : ""),
        );
    await expect.poll(refusal).toBe("key_expired");
  });

  test("says what is missing at its field, and refuses a short name that is taken", async ({
    page,
    signIn,
    allowConsole,
  }) => {
    allowConsole(/409/);
    await signIn("admin");
    await page.goto("/settings/tenants/new");
    await page.getByRole("radio", { name: "At rest in the United Kingdom" }).check();
    await page.getByRole("button", { name: "Create tenant" }).click();
    await expect(page.getByText("Give the tenant a name.")).toBeVisible();
    await expect(page.getByText("Give the reason in at least 20 characters.")).toBeVisible();
    await expect(page.getByText("Choose the day of the review.")).toBeVisible();

    await page.getByLabel("Name", { exact: true }).fill("Another");
    await page.getByLabel("Short name").fill("nordbank-eu");
    await page.getByLabel("Reason").fill("Accepted by the board in its November meeting.");
    await page.getByLabel(/To be reviewed on/).fill(inDays(90));
    await page.getByRole("button", { name: "Create tenant" }).click();
    await expect(page.getByText("Taken. Choose another one.")).toBeVisible();
  });

  test("an auditor sees everything and changes nothing, on the page and at the API", async ({
    page,
    signIn,
    expectAccessible,
    baseURL,
  }) => {
    await signIn("auditor");
    await page.goto("/settings/tenants/nordbank-eu");
    await expect(page.getByRole("button", { name: "Create key" })).toBeDisabled();
    await expect(page.getByRole("button", { name: "Add provider key" })).toBeDisabled();
    await expect(page.getByRole("button", { name: /^Attest pin/ }).first()).toBeDisabled();
    await expect(page.getByText("You are an auditor here.").first()).toBeVisible();
    await expectAccessible();
    await page.goto("/settings/tenants");
    await expect(page.getByRole("button", { name: "Create tenant" })).toBeDisabled();

    const tenant = "nordbank-eu";
    const changes: [string, object][] = [
      ["/api/keys", { tenant, name: "x", application: "x" }],
      ["/api/credentials", { tenant, label: "x", secret: "sk-sim-eu-x", hosts: ["eu.api.openai.com"] }],
      ["/api/tenants", { name: "x", slug: "auditors-own", mode: "simulated", preset: "us_regional" }],
    ];
    for (const [path, data] of changes) {
      const answer = await page.request.post(path, { headers: { origin: baseURL ?? "" }, data });
      expect(answer.status(), path).toBe(403);
      expect(answer.headers()["content-type"]).toContain("application/problem+json");
      expect(await answer.json()).toMatchObject({ code: "forbidden" });
    }
  });

  test("refuses a change that another site's page sends", async ({ page, signIn }) => {
    await signIn("admin");
    const answer = await page.request.post("/api/keys", {
      headers: { origin: "https://evil.example" },
      data: { tenant: "nordbank-eu", name: "x", application: "x" },
    });
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "cross_origin" });
  });
});

test("playground and settings hold in the dark and on a narrow screen, and never scroll sideways", async ({
  page,
  signIn,
  expectAccessible,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn("admin");
  const paths = [
    "/playground?tenant=nordbank-eu&versus=global",
    "/settings/tenants",
    "/settings/tenants/new",
    "/settings/tenants/nordbank-eu",
    "/settings/sessions",
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(390);
  }
});

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
