import { describe, expect, it } from "vitest";
import { compareCatalogs } from "../../lib/core/regions/compare-catalogs.ts";
import { editCatalog } from "../../lib/core/regions/edit-catalog.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { type AddKind, readAddition } from "./additions.ts";

const stated = {
  sourceId: "residency-page",
  asOf: "2026-11-22",
  confidence: "high",
  confirmedBy: null,
} as const;

function add(kind: AddKind, fields: Record<string, string>, catalog = openaiCatalog) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return readAddition(kind, form, { catalog, stated, today: "2026-11-22", person: "Dana Reyes" });
}

function added(kind: AddKind, fields: Record<string, string>, catalog = openaiCatalog) {
  const edits = add(kind, fields, catalog);
  if (typeof edits === "string") throw new Error(edits);
  return editCatalog(catalog, edits);
}

const azure = {
  host: "Bank.OpenAI.Azure.com:443",
  sku: "regional",
  azureRegion: "Sweden Central",
  countries: "se",
};

describe("an Azure deployment", () => {
  it("brings its host and a region of its countries; a second one in the region joins it", () => {
    const once = added("azure", azure);
    expect(once.regions.at(-1)).toMatchObject({
      code: "az-swedencentral",
      provider: "azure",
      countries: ["SE"],
      hosts: ["bank.openai.azure.com"],
      scopeKnown: false,
    });
    expect(once.hosts.at(-1)).toMatchObject({
      region: "az-swedencentral",
      azure: { sku: "regional", azureRegion: "Sweden Central", attestedBy: "Dana Reyes" },
    });
    const twice = added("azure", { ...azure, host: "two.openai.azure.com" }, once);
    expect(compareCatalogs(once, twice).map(({ id, path }) => [id, ...path])).toEqual([
      ["az-swedencentral", "hosts"],
      ["two.openai.azure.com"],
    ]);
    expect(add("azure", { ...azure, host: "three.openai.azure.com", countries: "DE" }, once)).toContain("SE");
  });

  it("that may run anywhere means no region", () => {
    const { hosts, regions } = added("azure", { ...azure, sku: "global", countries: "" });
    expect(hosts.at(-1)).toMatchObject({ region: null, azure: { sku: "global" } });
    expect(regions).toHaveLength(openaiCatalog.regions.length);
  });
});

it.each([
  ["azure", { ...azure, host: "llm.bank.example" }, "custom host"],
  ["azure", { ...azure, countries: "" }, "countries"],
  ["host", { host: "api.openai.eu", region: "eu", transport: "public" }, "custom host"],
  ["host", { host: "eu.api.openai.com", region: "eu", transport: "public" }, "already"],
  [
    "region",
    { code: "eu", name: "E", host: "x.api.openai.com", countries: "DE", storage: "yes", processing: "yes" },
    "already",
  ],
  [
    "region",
    { code: "xx", name: "X", host: "xx.api.openai.com", countries: "XX", storage: "yes", processing: "yes" },
    "ISO 3166-1",
  ],
  ["model", { id: "gpt-6-sol", endpoints: "/v1/responses" }, "already"],
  ["model", { id: "gpt-7", endpoints: "/v2/x" }, "no endpoint"],
  ["alias", { alias: "gpt-6-sol", model: "gpt-6-luna" }, "row of its own"],
  ["alias", { alias: "gpt-4o", model: "gpt-9" }, "no model"],
  ["source", { title: "Page", url: "javascript:alert(1)" }, "https://"],
] as const)("%s %j is refused: %s", (kind, fields, why) => {
  expect(add(kind, fields)).toContain(why);
});

it("a new locale comes with its host, a new model with nothing claimed of it", () => {
  const brazil = {
    code: "br",
    name: "Brazil",
    host: "br.api.openai.com",
    countries: "BR",
    storage: "yes",
    processing: "unknown",
  };
  expect(added("region", brazil).regions.at(-1)).toMatchObject({
    processing: { state: "unknown" },
    sdkOption: null,
  });
  const model = added("model", { id: "gpt-7-sol", endpoints: "/v1/responses, /v1/batches" }).models.at(-1);
  expect(model?.endpoints).toEqual(["/v1/responses", "/v1/batches"]);
  expect(new Set(Object.values(model?.processing ?? {}).map(({ state }) => state))).toEqual(
    new Set(["unknown"]),
  );
});

it("an undated name stands for a listed snapshot", () => {
  const { aliases } = added("alias", { alias: "gpt-4o", model: "gpt-4o-2024-08-06" });
  expect(aliases).toEqual([
    ...openaiCatalog.aliases,
    { alias: "gpt-4o", model: "gpt-4o-2024-08-06", sourceId: "residency-page", asOf: "2026-11-22" },
  ]);
});
