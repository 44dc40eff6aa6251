import { expect, test } from "./fixtures/test.ts";

test.describe("playground", () => {
  test("sends one prompt through two targets and shows what was recorded of each", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("developer");
    await page.goto("/playground?tenant=nordbank-apps");
    await page.getByRole("button", { name: "Compare with another target" }).click();
    await expect(page.getByLabel("Second target").getByRole("combobox")).toHaveValue("global");
    await page.getByRole("button", { name: "Send to both" }).click();

    const first = page.getByRole("region", { name: "First target" });
    const second = page.getByRole("region", { name: "Second target" });
    await expect(first.locator("[data-answer]")).toContainText("simulated provider");
    await expect(first).toContainText("eu.api.openai.com");
    await expect(first.locator("[data-recorded=compliant]")).toContainText("Within policy");
    await expect(second.locator("[data-recorded=violation]")).toContainText("Outside policy");
    await expect(second).toContainText("Had it blocked, this call would have been stopped");
    await expectAccessible();

    await second.getByRole("link", { name: "Open in Calls" }).click();
    await expect(page).toHaveURL(/\/calls\?.*call=/);
    await expect(page.getByRole("dialog")).toContainText("Outside policy");
  });

  test("says beforehand that the policy would refuse, and shows the refusal in words", async ({
    page,
    signIn,
    allowConsole,
  }) => {
    allowConsole(/403/);
    await signIn("officer");
    await page.goto("/playground?tenant=nordbank-eu&target=global");
    const lane = page.getByRole("region", { name: "Target" });
    await expect(lane).toContainText("The policy would stop this call before it leaves");
    await page.getByRole("button", { name: "Send" }).click();
    await expect(lane).toContainText("does not allow api.openai.com");
    await expect(lane).toContainText("region_blocked");
    await expect(lane.locator("[data-recorded=blocked]")).toContainText("Stopped before it left");
  });

  test("stops a running answer, and the record holds the call that was stopped", async ({ page, signIn }) => {
    await signIn("developer");
    await page.goto("/playground?tenant=nordbank-apps&model=sim-hang-stream");
    await page.getByRole("button", { name: "Send" }).click();
    const lane = page.getByRole("region", { name: "Target" });
    await expect(lane.locator("[data-answer]")).toHaveAttribute("aria-busy", "true");
    await expect(lane).toContainText("eu.api.openai.com");
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(lane).toContainText("You stopped it");
    await expect(lane.locator("[data-recorded]")).toBeVisible();
  });

  test("shows what a model says as text, whatever it looks like", async ({ page, signIn }) => {
    const markup = `<img src=x onerror="document.title='owned'"><b>bold</b>`;
    await page.route("**/api/playground", async (route) => {
      const event = JSON.stringify({ choices: [{ delta: { content: markup } }] });
      await route.fulfill({
        contentType: "text/event-stream",
        body: `data: ${event}\n\ndata: [DONE]\n\n`,
      });
    });
    await signIn("developer");
    await page.goto("/playground");
    await page.getByRole("button", { name: "Send" }).click();
    const answer = page.locator("[data-answer]");
    await expect(answer).toHaveText(markup);
    await expect(answer.locator("img, b")).toHaveCount(0);
  });

  test("gives the same call for other clients, and warns of the variable they ignore", async ({
    page,
    signIn,
  }) => {
    await signIn("developer");
    await page.goto("/playground?target=eu");
    await page.getByRole("tab", { name: "Python" }).click();
    await expect(page.getByRole("region", { name: "Python snippet" })).toContainText(
      '"x-domicile-target-region": "eu"',
    );
    await page.getByRole("tab", { name: "Environment" }).click();
    await expect(page.getByRole("region", { name: "Environment snippet" })).toContainText("OPENAI_BASE_URL=");
    await expect(page.getByText("ignore OPENAI_API_BASE")).toBeVisible();
  });

  test("an auditor may look and not send; the server refuses as well", async ({
    page,
    signIn,
    expectAccessible,
    baseURL,
  }) => {
    await signIn("auditor");
    await page.goto("/playground?tenant=nordbank-eu");
    await expect(page.getByRole("button", { name: "Send" })).toBeDisabled();
    await expect(page.getByText("You are an auditor here.")).toBeVisible();
    await expectAccessible();
    const answer = await page.request.post("/api/playground", {
      headers: { origin: baseURL ?? "" },
      data: { tenant: "nordbank-eu", target: "policy", model: "m", prompt: "p" },
    });
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "forbidden" });
  });
});
