import { describe, expect, it } from "vitest";
import { reachedBy } from "../policies/catalog-reach.ts";
import { policyFromPreset } from "../policies/presets.ts";
import type { Catalog, Cell, CellState, RegionRow } from "./catalog.ts";
import { type CatalogTable, rowId } from "./catalog-tables.ts";
import { changeEffect } from "./change-effect.ts";
import { compareCatalogs } from "./compare-catalogs.ts";
import { openaiCatalog } from "./openai-catalog.ts";

const cell = (state: CellState): Cell => ({
  state,
  sourceId: "residency-page",
  asOf: "2026-11-22",
  confidence: "high",
  confirmedBy: null,
});

type Row = Readonly<Record<string, unknown>>;

/** The catalog with some members of a row changed. */
function withRow(catalog: Catalog, table: CatalogTable, id: string, change: (row: Row) => Row): Catalog {
  const rows = catalog[table] as readonly Row[];
  const known = rows.some((row) => rowId(table, row as never) === id);
  if (!known) throw new Error(`The catalog has no ${table} ${id}.`);
  return {
    ...catalog,
    [table]: rows.map((row) => (rowId(table, row as never) === id ? { ...row, ...change(row) } : row)),
  };
}

const without = (catalog: Catalog, table: CatalogTable, id: string): Catalog => ({
  ...catalog,
  [table]: (catalog[table] as readonly Row[]).filter((row) => rowId(table, row as never) !== id),
});

const effects = (before: Catalog, after: Catalog) => [
  ...new Set(compareCatalogs(before, after).map((change) => changeEffect(change, before, after))),
];

const region = (code: string): RegionRow => {
  const row = openaiCatalog.regions.find((each) => each.code === code);
  if (!row) throw new Error(`No region ${code}.`);
  return row;
};

const cells = (state: CellState | null, claim: "storage" | "processing", code: string) => (row: Row) => {
  const { [code]: _, ...rest } = row[claim] as Record<string, Cell>;
  return { [claim]: state === null ? rest : { ...rest, [code]: cell(state) } };
};

/** From one catalog to the other, and back. */
const pairs: readonly [what: string, Catalog, Catalog, there: string, back: string][] = [
  [
    "another country of a region",
    openaiCatalog,
    withRow(openaiCatalog, "regions", "us", () => ({ countries: ["DE"] })),
    "widens",
    "widens",
  ],
  [
    "one country more or less",
    openaiCatalog,
    withRow(openaiCatalog, "regions", "eu", (row) => ({
      countries: (row.countries as string[]).slice(1),
    })),
    "widens",
    "widens",
  ],
  [
    "the same countries in another order",
    openaiCatalog,
    withRow(openaiCatalog, "regions", "eu", (row) => ({
      countries: [...(row.countries as string[])].reverse(),
    })),
    "alters",
    "alters",
  ],
  [
    "a region that only stores",
    withRow(openaiCatalog, "regions", "eu", () => ({ processing: cell("no") })),
    withRow(openaiCatalog, "regions", "eu", () => ({ processing: cell("unlisted") })),
    "widens",
    "tightens",
  ],
  [
    "projects that store only",
    withRow(openaiCatalog, "regions", "eu", () => ({ hasStorageOnlyProjects: true })),
    withRow(openaiCatalog, "regions", "eu", () => ({ hasStorageOnlyProjects: false })),
    "widens",
    "tightens",
  ],
  [
    "where TLS ends",
    withRow(openaiCatalog, "regions", "eu", () => ({ regionalTls: true })),
    withRow(openaiCatalog, "regions", "eu", () => ({ regionalTls: false })),
    "widens",
    "widens",
  ],
  [
    "a pin's name for the region",
    withRow(openaiCatalog, "regions", "eu", () => ({ projectResidencies: ["eu"] })),
    withRow(openaiCatalog, "regions", "eu", () => ({ projectResidencies: ["eu", "us"] })),
    "widens",
    "tightens",
  ],
  ["a region", without(openaiCatalog, "regions", "us"), openaiCatalog, "widens", "tightens"],
  [
    "words and prices of a region",
    openaiCatalog,
    withRow(openaiCatalog, "regions", "eu", () => ({ note: "Read again.", priceUpliftPercent: 11 })),
    "alters",
    "alters",
  ],
  ["a host", without(openaiCatalog, "hosts", "us.api.openai.com"), openaiCatalog, "widens", "tightens"],
  [
    "the region of a host",
    openaiCatalog,
    withRow(openaiCatalog, "hosts", "us.api.openai.com", () => ({ region: "eu" })),
    "widens",
    "widens",
  ],
  [
    "the global host as a regional one",
    openaiCatalog,
    withRow(openaiCatalog, "hosts", "api.openai.com", () => ({ region: "eu" })),
    "widens",
    "widens",
  ],
  [
    "the day a host's row was read",
    openaiCatalog,
    withRow(openaiCatalog, "hosts", "us.api.openai.com", () => ({ asOf: "2026-11-29" })),
    "alters",
    "alters",
  ],
  [
    "a lookalike",
    openaiCatalog,
    without(openaiCatalog, "lookalikes", openaiCatalog.lookalikes[0]?.host ?? ""),
    "widens",
    "tightens",
  ],
  ...(["no", "unlisted", "unknown"] as const).flatMap((state): typeof pairs => [
    [
      `an endpoint's cell, ${state} to yes`,
      withRow(openaiCatalog, "endpoints", "/v1/responses", cells(state, "processing", "eu")),
      withRow(openaiCatalog, "endpoints", "/v1/responses", cells("yes", "processing", "eu")),
      "widens",
      "tightens",
    ],
    [
      `a model's cell of storage, ${state} to yes`,
      withRow(openaiCatalog, "models", "gpt-6-sol", cells(state, "storage", "eu")),
      withRow(openaiCatalog, "models", "gpt-6-sol", cells("yes", "storage", "eu")),
      "widens",
      "tightens",
    ],
  ]),
  [
    "a cell from no to doubt, which a policy may send",
    withRow(openaiCatalog, "endpoints", "/v1/responses", cells("no", "processing", "eu")),
    withRow(openaiCatalog, "endpoints", "/v1/responses", cells(null, "processing", "eu")),
    "widens",
    "tightens",
  ],
  [
    "no and unlisted, which condemn alike",
    withRow(openaiCatalog, "endpoints", "/v1/responses", cells("no", "processing", "eu")),
    withRow(openaiCatalog, "endpoints", "/v1/responses", cells("unlisted", "processing", "eu")),
    "alters",
    "alters",
  ],
  [
    "what a feature stores, of which the endpoint's cell speaks where its own does not",
    withRow(openaiCatalog, "features", "web_search", cells("unknown", "storage", "eu")),
    withRow(openaiCatalog, "features", "web_search", cells(null, "storage", "eu")),
    "widens",
    "tightens",
  ],
  ["an endpoint", openaiCatalog, without(openaiCatalog, "endpoints", "/v1/files"), "widens", "widens"],
  [
    "whether an endpoint stores",
    withRow(openaiCatalog, "endpoints", "/v1/files", () => ({ storesState: "yes" })),
    withRow(openaiCatalog, "endpoints", "/v1/files", () => ({ storesState: "no" })),
    "widens",
    "tightens",
  ],
  [
    "the closed list of models",
    withRow(openaiCatalog, "endpoints", "/v1/responses", () => ({ processingModels: { ae: ["a"] } })),
    withRow(openaiCatalog, "endpoints", "/v1/responses", () => ({ processingModels: { ae: ["a", "b"] } })),
    "widens",
    "tightens",
  ],
  [
    "no closed list any more",
    withRow(openaiCatalog, "endpoints", "/v1/responses", () => ({ processingModels: { ae: ["a"] } })),
    withRow(openaiCatalog, "endpoints", "/v1/responses", () => ({ processingModels: {} })),
    "widens",
    "tightens",
  ],
  [
    "what an endpoint handles",
    openaiCatalog,
    withRow(openaiCatalog, "endpoints", "/v1/responses", () => ({ processes: "handling" })),
    "widens",
    "widens",
  ],
  [
    "a tool of somebody else's",
    withRow(openaiCatalog, "features", "web_search", () => ({ thirdParty: true })),
    withRow(openaiCatalog, "features", "web_search", () => ({ thirdParty: false })),
    "widens",
    "tightens",
  ],
  [
    "a feature that models use unasked",
    withRow(openaiCatalog, "features", "web_search", () => ({ usedByModels: ["gpt-6-sol"] })),
    withRow(openaiCatalog, "features", "web_search", () => ({ usedByModels: [] })),
    "widens",
    "tightens",
  ],
  ["a model", without(openaiCatalog, "models", "gpt-6-sol"), openaiCatalog, "widens", "tightens"],
  [
    "a tier that is excluded",
    withRow(openaiCatalog, "models", "gpt-6-sol", () => ({ excludedTiers: { eu: ["fast"] } })),
    withRow(openaiCatalog, "models", "gpt-6-sol", () => ({ excludedTiers: {} })),
    "widens",
    "tightens",
  ],
  [
    "an endpoint of a model",
    withRow(openaiCatalog, "models", "gpt-6-sol", () => ({ endpoints: ["/v1/responses"] })),
    withRow(openaiCatalog, "models", "gpt-6-sol", () => ({
      endpoints: ["/v1/responses", "/v1/embeddings"],
    })),
    "widens",
    "tightens",
  ],
];

describe("what a change of the catalog does", () => {
  it.each(pairs)("%s", (_, one, other, there, back) => {
    expect(effects(one, other)).toEqual([there]);
    expect(effects(other, one)).toEqual([back]);
  });

  it("widens where the last model of an endpoint goes: nobody is asked about models there any more", () => {
    const only: Catalog = {
      ...openaiCatalog,
      aliases: [],
      models: openaiCatalog.models.filter(({ id }) => id === "gpt-6-sol"),
    };
    expect(effects(only, without(only, "models", "gpt-6-sol"))).toEqual(["widens"]);
  });

  it("says that a host is reached of which nobody moved a cell", () => {
    const policy = policyFromPreset("eea_ch", {
      homeRegion: "eu",
      enforcement: { mode: "block" },
      acceptance: null,
    });
    const after = withRow(openaiCatalog, "regions", "us", () => ({ countries: ["DE"] }));
    expect(reachedBy(policy, after, openaiCatalog)).toContain("us.api.openai.com");
    expect(reachedBy(policy, openaiCatalog, after)).toEqual([]);
    expect(region("us").countries).toEqual(["US"]);
  });
});
