import { expect, test } from "./fixtures/test.ts";

test.describe("connect", () => {
  test("goes from a key to the first recorded call, which turns up by itself", async ({
    page,
    signIn,
    demo,
    expectAccessible,
  }) => {
    await signIn("developer");
    await page.goto("/connect?tenant=nordbank-apps&way=curl");
    await expectAccessible();
    const snippet = page.getByRole("region", { name: "curl curl" });
    await expect(snippet).toContainText(`${demo.gateway}/v1/chat/completions`);
    await expect(snippet).toContainText("Bearer dom_…");

    await page.getByRole("button", { name: "Create key" }).click();
    const dialog = page.getByRole("dialog");
    const waits = page.waitForResponse(/\/api\/calls\/first\?.*application=Connect/);
    await dialog.getByLabel("Name", { exact: true }).fill("Connect test");
    await dialog.getByLabel("Application", { exact: true }).fill("Connect trial");
    await dialog.getByRole("button", { name: "Create key" }).click();
    const secret = await page.getByRole("region", { name: "key", exact: true }).innerText();
    expect(secret.trim()).toMatch(/^dom_/);
    await expect(snippet).toContainText(secret.trim());
    await expect(page).toHaveURL(/application=Connect\+trial/);
    expect(page.url()).not.toContain("dom_");
    await expect(page.getByText("Waiting for the first call…")).toBeVisible();
    await waits;

    const answer = await page.request.post(`${demo.gateway}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${secret.trim()}` },
      data: { model: "gpt-5.4-mini-2026-03-17", messages: [{ role: "user", content: "Hello" }] },
    });
    expect(answer.status()).toBe(200);
    const first = page.locator("[data-first-call=compliant]");
    await expect(first).toContainText("eu.api.openai.com");
    await expectAccessible();

    await page.getByRole("button", { name: "I have stored it" }).click();
    await expect(snippet).not.toContainText(secret.trim());
    await first.getByRole("link", { name: "See its evidence" }).click();
    await expect(page.getByRole("dialog")).toContainText("Connect trial");
  });

  test("shows each way in, and warns of what today's clients ignore and of the lookalike", async ({
    page,
    signIn,
    demo,
  }) => {
    await signIn("developer");
    await page.goto("/connect");
    await expect(page.getByText("clients ignore the older OPENAI_API_BASE")).toBeVisible();
    await expect(page.getByText("Take the option dataResidency out of the code")).toBeVisible();
    for (const [way, part] of [
      ["Vercel AI SDK", "createOpenAI"],
      ["LangChain", "ChatOpenAI"],
      ["LiteLLM proxy", "api_base"],
      ["OpenTelemetry", "/otlp/v1/traces"],
      ["LiteLLM callback", "/intake/v1/litellm"],
      ["Intake", "/intake/v1/calls"],
      ["Node recorder", "createRecorder"],
    ] as const) {
      await page.getByRole("button", { name: way, exact: true }).click();
      const code = page.getByRole("region", { name: new RegExp(`^${way} `) }).last();
      await expect(code).toContainText(part);
      await expect(code).toContainText(demo.gateway);
    }
    const recorder = await page.request.get("/recorder/domicile-recorder.mjs");
    expect(recorder.headers()["content-type"]).toContain("javascript");

    await page.getByLabel("Base URL or host that a client uses today").fill("https://api.openai.eu/v1");
    await expect(page.getByText("is not OpenAI's: it is a lookalike")).toBeVisible();
    await page.getByRole("button", { name: "Use eu.api.openai.com" }).click();
    await expect(page.getByText("Europe (EEA and Switzerland).")).toBeVisible();
  });

  test("tests a region step by step, through calls that are recorded", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("developer");
    await page.goto("/connect?tenant=nordbank-eu");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    const steps = page.getByRole("list", { name: "Steps" });
    await expect(steps.locator("[data-step=completion]")).toHaveAttribute("data-state", "ok");
    await expect(steps.locator("[data-state=ok]")).toHaveCount(6);
    await expect(steps.locator("[data-step=tls]")).toContainText(/\d+ ms|\d+\.\d s/);
    await expectAccessible();
    await steps.locator("[data-step=completion]").getByRole("link", { name: "See the call" }).click();
    await expect(page.getByRole("dialog")).toContainText("Playground");
  });

  test("says what failed and what to do about it", async ({ page, signIn, expectAccessible }) => {
    await signIn("developer");
    await page.goto("/connect?tenant=nordbank-apps");
    await page.getByLabel("Model").fill("sim-500");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    const last = page.locator("[data-step=completion]");
    await expect(last).toHaveAttribute("data-state", "failed");
    await expect(last).toContainText("status page");
    await page.getByLabel("Model").fill("no-such-model");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(last).toHaveAttribute("data-state", "failed");
    await expect(last).toContainText("model_not_found");
    await expectAccessible();
  });

  test("an auditor looks and neither makes keys nor sends", async ({ page, signIn, baseURL }) => {
    await signIn("auditor");
    await page.goto("/connect?tenant=nordbank-eu");
    await expect(page.getByRole("button", { name: "Create key" })).toBeDisabled();
    await expect(page.getByRole("button", { name: "Test", exact: true })).toBeDisabled();
    const answer = await page.request.post("/api/connectivity", {
      headers: { origin: baseURL ?? "" },
      data: {
        tenant: "nordbank-eu",
        credentialId: "018f0000-0000-7000-8000-000000000001",
        host: "eu.api.openai.com",
        model: "m",
      },
    });
    expect(answer.status()).toBe(403);
  });
});
