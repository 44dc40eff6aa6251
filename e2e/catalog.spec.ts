import { readFileSync } from "node:fs";
import OpenAI from "openai";
import type { CatalogPage } from "../lib/contracts/catalog.ts";
import { tenantOf } from "./fixtures/demo.ts";
import { escapeFrom } from "./fixtures/escape-from.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

const reason = "Read again on the provider's page for this test.";

test.describe("settings, regions", () => {
  test("changes a cell in a draft, shows the difference in words and as a table, publishes it; the next call is judged by it", async ({
    page,
    signIn,
    expectAccessible,
    demo,
  }) => {
    await signIn("admin");
    const before = (await (await page.request.get("/api/catalog")).json()) as CatalogPage;
    const next = before.version + 1;
    await page.goto("/settings/regions");
    await expect(page.getByRole("heading", { level: 1, name: "Regions and endpoints" })).toBeVisible();
    await expect(page.getByRole("row", { name: /Europe \(EEA and Switzerland\)/ })).toContainText(
      "eu.api.openai.com",
    );
    await expectAccessible();

    await page.getByRole("tab", { name: "Endpoints" }).click();
    await page.getByRole("button", { name: /^\/v1\/decisions in Japan:/ }).click();
    const sheet = page.getByRole("dialog", { name: "Endpoint /v1/decisions" });
    await expect(sheet).toContainText("Nobody we can cite says.");
    await expect(page).toHaveURL(/row=%2Fv1%2Fdecisions|row=\/v1\/decisions/);
    await sheet.getByRole("button", { name: "Change processing in Japan" }).click();
    await sheet.getByRole("radio", { name: "No", exact: true }).check();
    await sheet.getByLabel("Note").fill(`Seen in test ${next}.`);
    await sheet.getByRole("button", { name: "Put into the draft" }).click();
    await expect(sheet).toContainText("The draft changes this row.");
    await page.keyboard.press("Escape");

    await expect(page.getByRole("status").filter({ hasText: "in your draft" })).toContainText("1 change");
    await page.getByRole("button", { name: "Review and publish" }).click();
    const publishing = page.getByRole("dialog", { name: `Publish version ${next}` });
    await expect(publishing).toContainText("Endpoint /v1/decisions: processing in Japan becomes");
    await publishing.getByRole("tab", { name: "As a table" }).click();
    await expect(publishing.getByRole("row", { name: /Processing in Japan/ })).toContainText("unknown");
    await expectAccessible();
    await publishing.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(publishing).toContainText("Say why, in at least 10 characters.");
    await publishing.getByLabel("Reason").fill(reason);
    await publishing.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(publishing).toBeHidden();
    await expect(page.getByText(`Version ${next}, published`)).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "in your draft" })).toHaveCount(0);

    await page.getByRole("tab", { name: "Versions" }).click();
    await page
      .getByRole("row", { name: new RegExp(reason) })
      .first()
      .click();
    const version = page.getByRole("dialog", { name: `Version ${next}` });
    await expect(version).toContainText("Endpoint /v1/decisions: processing in Japan becomes");

    // Gateways hear of it within a second or two; the calls before keep their version.
    const key = tenantOf(demo, "nordbank-eu").gatewayKey;
    const openai = new OpenAI({ apiKey: key, baseURL: `${demo.gateway}/v1`, maxRetries: 0 });
    await expect
      .poll(
        async () => {
          const { response } = await openai.models.list().withResponse();
          const id = response.headers.get("x-domicile-call-id");
          return expect
            .poll(async () => (await page.request.get(`/api/calls/${id}`)).status())
            .toBe(200)
            .then(async () => (await (await page.request.get(`/api/calls/${id}`)).json()).catalogVersion);
        },
        { intervals: [1_000] },
      )
      .toBe(next);
  });

  test("a catalog that widens waits for another administrator, who sees whom it concerns", async ({
    page,
    demo,
    signIn,
    expectAccessible,
    expectAccessibleInEveryLook,
  }) => {
    await signIn("admin");
    const before = (await (await page.request.get("/api/catalog")).json()) as CatalogPage;
    const us = before.catalog.regions.find(({ code }) => code === "us");
    const draft = {
      kind: "edits",
      edits: [{ kind: "put", table: "regions", row: { ...us, countries: ["DE"] } }],
    };
    const asked = await page.request.post("/api/catalog/versions", {
      data: { basedOn: before.version, reason, draft },
      headers: { origin: demo.web },
    });
    expect(await asked.json()).toMatchObject({ kind: "proposed" });
    await page.goto("/settings/regions");
    const card = page.getByRole("region", { name: "Proposed catalog" });
    await expect(card).toContainText("Waits for a second administrator");
    await expect(card).toContainText(/nordbank-eu: .*us\.api\.openai\.com/);
    await expect(card).toContainText("Widens: Region United States: countries becomes DE, was US.");
    await expect(card).toContainText("You asked for it");
    await expect(card.getByRole("button", { name: "Approve" })).toHaveCount(0);
    await expectAccessibleInEveryLook();
    await page.getByRole("tab", { name: "Versions" }).click();
    expect(((await (await page.request.get("/api/catalog")).json()) as CatalogPage).version).toBe(
      before.version,
    );

    const other = demo.users.filter(({ role }) => role === "admin")[1];
    if (!other) throw new Error("The demo has two administrators.");
    await page.context().clearCookies();
    await signInAs(page, other);
    await page.goto("/settings/regions?tab=versions");
    await card.getByRole("button", { name: "Reject" }).click();
    const deciding = page.getByRole("dialog", { name: "Reject the catalog" });
    await expectAccessible();
    await deciding.getByLabel("Note").fill("The United States are no part of Germany.");
    await deciding.getByRole("button", { name: "Reject the catalog" }).click();
    await expect(card).toHaveCount(0);
    const earlier = page.getByRole("region", { name: "Earlier proposals" });
    await expect(earlier).toContainText("The United States are no part of Germany.");
    await expectAccessible();
  });

  test("asks before a draft is left by a link or by going back, and keeps it for who stays", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("admin");
    await page.goto("/settings/tenants");
    await page.getByRole("link", { name: "Regions", exact: true }).click();
    await page.getByRole("tab", { name: "Endpoints" }).click();
    await page.getByRole("button", { name: /^\/v1\/embeddings in Japan:/ }).click();
    const sheet = page.getByRole("dialog", { name: "Endpoint /v1/embeddings" });
    await sheet.getByRole("button", { name: "Change processing in Japan" }).click();
    await sheet.getByRole("radio", { name: "Yes", exact: true }).check();
    await sheet.getByLabel("Note").fill("Never to be published.");
    await sheet.getByRole("button", { name: "Put into the draft" }).click();
    await page.keyboard.press("Escape");
    const bar = page.getByRole("status").filter({ hasText: "in your draft" });
    await expect(bar).toContainText("1 change");

    const question = page.getByRole("dialog", { name: "Leave without publishing?" });
    await page.getByRole("link", { name: "Usage" }).click();
    await expect(question).toContainText("1 change in your draft would be lost.");
    await expectAccessible();
    await question.getByRole("button", { name: "Stay here" }).click();
    await expect(question).toBeHidden();
    await expect(page).toHaveURL(/\/settings\/regions/);
    await expect(bar).toContainText("1 change");
    // What changes within the page asks nobody.
    await page.getByRole("tab", { name: "Hosts" }).click();
    await expect(page).toHaveURL(/tab=hosts/);
    await expect(question).toBeHidden();

    // Past what this page put into the history itself, to the page before it.
    const back = () =>
      page.evaluate(() => {
        const entries = window.navigation.entries();
        const before = entries.findLastIndex(({ url }) => url?.endsWith("/settings/tenants"));
        window.history.go(before - (window.navigation.currentEntry?.index ?? 0));
      });
    await back();
    await question.getByRole("button", { name: "Stay here" }).click();
    await expect(bar).toContainText("1 change");
    await expect(page).toHaveURL(/\/settings\/regions/);

    await page.getByRole("link", { name: "Usage" }).click();
    await question.getByRole("button", { name: "Discard and leave" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Usage" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Regions and endpoints" })).toBeVisible();
    await expect(bar).toHaveCount(0);
    // With nothing to lose nobody is asked.
    await back();
    await expect(page.getByRole("heading", { level: 1, name: "Tenants" })).toBeVisible();
  });

  test("adds an Azure deployment to the draft, and no name that could be anybody's", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("admin");
    await page.goto("/settings/regions?tab=hosts");
    await expect(page.getByRole("table", { name: "Hosts and the regions they mean" })).toContainText(
      "mtls-eu.api.openai.com",
    );
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const adding = page.getByRole("dialog", { name: "Add to the catalog" });
    await adding.getByRole("textbox", { name: "Host" }).fill("llm.bank.example");
    await adding.getByLabel("Azure region").fill("Sweden Central");
    await adding.getByLabel("Countries").fill("SE");
    await adding.getByRole("button", { name: "Put into the draft" }).click();
    await expect(adding).toContainText("Any other name is admitted in a tenant's policy");
    await expectAccessible();
    await adding.getByRole("textbox", { name: "Host" }).fill("bank-e2e.openai.azure.com");
    await adding.getByRole("button", { name: "Put into the draft" }).click();
    await expect(adding).toBeHidden();
    await expect(page.getByRole("row", { name: /bank-e2e\.openai\.azure\.com/ })).toContainText(
      "Azure, regional",
    );
    await page.getByRole("button", { name: "Review and publish" }).click();
    const publishing = page.getByRole("dialog", { name: /Propose version/ });
    await expect(publishing).toContainText("Host bank-e2e.openai.azure.com is added.");
    await expect(publishing).toContainText("Region Azure Sweden Central is added.");
    await publishing.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByText("bank-e2e.openai.azure.com")).toHaveCount(0);
  });

  test("a row is confirmed by name and leaves the list of what is due", async ({ page, signIn }) => {
    await signIn("admin");
    await page.goto("/settings/regions?tab=due");
    const due = page.getByRole("table", { name: "Rows due to be confirmed" });
    const row = due.getByRole("row", { name: /^Endpoint/ }).first();
    const id = await row.getByRole("cell").nth(1).innerText();
    await row.click();
    const sheet = page.getByRole("dialog", { name: `Endpoint ${id}` });
    await sheet.getByRole("button", { name: "Confirm this row" }).click();
    await expect(sheet).toContainText("at least 10 characters");
    await sheet.getByLabel("What you compared").fill("Every region, with the page of today.");
    await sheet.getByRole("button", { name: "Confirm this row" }).click();
    await expect(sheet).toContainText(/Confirmed by Astrid Berg on/);
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: /^Due/ }).click();
    await expect(due.getByRole("cell", { name: id, exact: true })).toHaveCount(0);
  });

  test("exports a file, says by path what is wrong with one, and shows what one would change", async ({
    page,
    signIn,
  }) => {
    await signIn("admin");
    await page.goto("/settings/regions");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^domicile-catalog-\d+\.json$/);
    const file = JSON.parse(readFileSync(await download.path(), "utf8"));
    expect(file.format).toBe("domicile.catalog/1");
    const give = (json: unknown) =>
      page.getByLabel("Catalog file").setInputFiles({
        name: "catalog.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(json)),
      });

    const [first, ...others] = file.catalog.models;
    await give({
      ...file,
      catalog: { ...file.catalog, models: [{ ...first, endpoints: "all" }, ...others] },
    });
    const refused = page.getByRole("dialog", { name: "This file cannot be imported" });
    await expect(refused).toContainText("catalog.models.0.endpoints");
    await escapeFrom(refused);

    await give({ ...file, catalog: { ...file.catalog, models: others } });
    const publishing = page.getByRole("dialog", { name: /(Publish|Propose) version/ });
    await expect(publishing).toContainText(`Model ${first.id} is removed.`);
    await publishing.getByRole("button", { name: "Cancel" }).click();
    await expect(publishing).toBeHidden();
  });

  test("is read by everybody and changed by administrators of the deployment alone", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("auditor");
    await page.goto("/settings/regions?tab=models&q=gpt-6-astra&row=gpt-6-astra&region=eu");
    const sheet = page.getByRole("dialog", { name: "Model gpt-6-astra" });
    await expect(sheet).toContainText("OpenAI, Your data guide");
    await expect(sheet.getByRole("button", { name: /Change/ })).toHaveCount(0);
    await escapeFrom(sheet);
    await expect(
      page.getByText("Only an administrator of the deployment changes the catalog."),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "Import" })).toHaveCount(0);
    await expectAccessible();
  });
});

test.describe("models", () => {
  test("the matrix answers by model, endpoint, feature and region, all of it in the URL; a cell opens its evidence", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/models");
    const matrix = page.getByRole("table", { name: "Models by region" });
    await expect(matrix.getByRole("button", { name: /^gpt-6-astra in Europe .*: Yes/ })).toBeVisible();
    await expect(matrix.getByRole("button", { name: /^gpt-6-astra in Japan: Unknown/ })).toBeVisible();

    await page.getByLabel("Find a model").fill("text-embedding");
    await expect(matrix.getByRole("row")).toHaveCount(4);
    await expectAccessible();
    await page.getByLabel("Endpoint").selectOption("/v1/embeddings");
    await page.getByRole("button", { name: "AE", exact: true }).click();
    await expect(page).toHaveURL(/q=text-embedding.*endpoint=.*region=ae/);
    await expect(
      matrix.getByRole("button", { name: /text-embedding-3-large in United Arab Emirates: Yes/ }),
    ).toBeVisible();
    await expect(
      matrix.getByRole("button", { name: /text-embedding-3-small in United Arab Emirates: No/ }),
    ).toBeVisible();
    await page.getByLabel("Feature", { exact: true }).selectOption({ label: "with File uploads" });
    await expect(
      matrix.getByRole("button", { name: /text-embedding-3-large in United Arab Emirates: No/ }),
    ).toBeVisible();
    // What is seen stands before its address does, by the 50 ms nuqs holds changes of the URL apart.
    await expect(page).toHaveURL(/feature=/);
    await page.reload();
    await expect(page.getByLabel("Find a model")).toHaveValue("text-embedding");

    await matrix.getByRole("button", { name: /text-embedding-3-large in United Arab Emirates/ }).click();
    const sheet = page.getByRole("dialog", { name: "text-embedding-3-large" });
    await expect(sheet).toContainText("OpenAI, Your data guide");
    await expect(sheet).toContainText("File uploads");
    await expect(sheet.getByRole("link", { name: "This row in the catalog" })).toBeVisible();
    await expectAccessible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page).toHaveURL(/\/models$/);
  });

  test("the provider's list is fetched through the gateway and stands beside catalog and use", async ({
    page,
    signIn,
  }) => {
    await signIn("admin");
    await page.goto("/models");
    await page.getByRole("button", { name: "Fetch now: eu.api.openai.com for nordbank-eu" }).click();
    await expect(page.getByText(/models listed through eu\.api\.openai\.com/)).toBeVisible();
    const lists = page.getByRole("table", { name: "Hosts to ask" });
    await expect(lists.getByRole("row", { name: /eu\.api\.openai\.com nordbank-eu/ })).not.toContainText(
      "never",
    );
    const matrix = page.getByRole("table", { name: "Models by region" });
    await expect(matrix.getByRole("row", { name: /gpt-6-sol/ })).toContainText("eu");
    await page.getByLabel("Listed and used").selectOption({ label: "Used in 30 days" });
    await expect(matrix.getByRole("row", { name: /gpt-5\.4-mini/ })).toBeVisible();
  });

  test("before sending, the playground says what is not listed, since when and by which source, and what is", async ({
    page,
    signIn,
  }) => {
    await signIn("admin");
    await page.goto("/playground?tenant=nordbank-eu&model=gpt-9-none");
    await expect(
      page
        .getByText(
          /gpt-9-none is not listed for inference in Europe \(EEA and Switzerland\) as of catalog \d+ \(/,
        )
        .first(),
    ).toBeVisible();
    await expect(page.getByText(/Listed alternatives: gpt-/).first()).toBeVisible();
  });
});
