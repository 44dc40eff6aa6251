import { describe, expect, it } from "vitest";
import type { Catalog, Cell } from "./catalog.ts";
import { catalogProblems } from "./check-catalog.ts";
import { compareCatalogs } from "./compare-catalogs.ts";
import { completeCatalog } from "./complete-catalog.ts";
import { keepConfirmations, rowsDue, withConfirmations } from "./confirmations.ts";
import { describeChange } from "./describe-change.ts";
import { type CatalogEdit, editCatalog } from "./edit-catalog.ts";
import { mergeCatalogs } from "./merge-catalogs.ts";
import { openaiCatalog } from "./openai-catalog.ts";

const basis = {
  sourceId: "residency-page",
  asOf: "2026-12-01",
  confidence: "high",
  confirmedBy: null,
} as const;
const japan: Cell = { state: "yes", ...basis };

const setJapan: CatalogEdit = {
  kind: "set_cell",
  table: "endpoints",
  id: "/v1/responses",
  claim: "processing",
  region: "jp",
  cell: japan,
};

function cellOf(catalog: Catalog, path: string, region: string) {
  return catalog.endpoints.find((row) => row.path === path)?.processing[region];
}

const model = (() => {
  const row = openaiCatalog.models.find(({ id }) => id === "gpt-6-sol");
  if (!row) throw new Error("The catalog lists gpt-6-sol.");
  return row;
})();

const swedenRegion = {
  ...(openaiCatalog.regions[0] as Catalog["regions"][number]),
  code: "az-swedencentral",
  provider: "azure",
  name: "Azure Sweden Central",
  countries: ["SE"],
  hosts: ["bank.openai.azure.com"],
} as const;
const swedenHost = {
  ...basis,
  host: "bank.openai.azure.com",
  provider: "azure",
  region: "az-swedencentral",
  transport: "public",
  azure: { sku: "regional", azureRegion: "Sweden Central", attestedBy: "Dana Reyes" },
  note: "",
} as const;
const addSweden: CatalogEdit[] = [
  { kind: "put", table: "regions", row: swedenRegion },
  { kind: "put", table: "hosts", row: swedenHost },
];

describe("an edit", () => {
  it("changes its cell and nothing else, and leaves the catalog it began with as it was", () => {
    const edited = editCatalog(openaiCatalog, [setJapan]);
    expect(cellOf(edited, "/v1/responses", "jp")).toEqual(japan);
    expect(cellOf(openaiCatalog, "/v1/responses", "jp")?.state).toBe("unknown");
    const changes = compareCatalogs(openaiCatalog, edited);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ table: "endpoints", id: "/v1/responses", path: ["processing", "jp"] });
  });

  it("adds an Azure deployment with its region, and takes it away again", () => {
    const added = editCatalog(openaiCatalog, addSweden);
    expect(catalogProblems(added)).toEqual([]);
    expect(compareCatalogs(openaiCatalog, added).map(({ id, path }) => [id, path])).toEqual([
      ["az-swedencentral", []],
      ["bank.openai.azure.com", []],
    ]);
    const removed = editCatalog(added, [
      { kind: "remove", table: "hosts", id: "bank.openai.azure.com" },
      { kind: "remove", table: "regions", id: "az-swedencentral" },
    ]);
    expect(compareCatalogs(openaiCatalog, removed)).toEqual([]);
  });
});

describe("a difference in words", () => {
  it("says what becomes of a cell, with its source and date", () => {
    const [change] = compareCatalogs(openaiCatalog, editCatalog(openaiCatalog, [setJapan]));
    if (!change) throw new Error("There is a change.");
    const words = describeChange(change, openaiCatalog);
    expect(words.sentence).toMatch(
      /^Endpoint \/v1\/responses: processing in Japan becomes yes \(OpenAI, Data residency guide .*as of 2026-12-01, confidence high\), was unknown \(/,
    );
  });

  it("says that a row came or went, and what a plain member becomes", () => {
    const uplift = editCatalog(openaiCatalog, [
      ...addSweden,
      { kind: "remove", table: "models", id: "gpt-6-sol" },
      { kind: "put", table: "models", row: { ...model, id: "gpt-6-luna", note: "x" } },
    ]);
    const sentences = compareCatalogs(openaiCatalog, uplift).map(
      (change) => describeChange(change, uplift).sentence,
    );
    expect(sentences).toContain("Host bank.openai.azure.com is added.");
    expect(sentences).toContain("Model gpt-6-sol is removed.");
    expect(
      sentences.some((text) => text.startsWith("Model gpt-6-luna: note becomes x, was Europe via")),
    ).toBe(true);
  });
});

describe("a catalog that cannot be published", () => {
  const problemsOf = (...edits: CatalogEdit[]) => catalogProblems(editCatalog(openaiCatalog, edits));

  it("is not the one that comes with the program", () => {
    expect(catalogProblems(openaiCatalog)).toEqual([]);
  });

  it.each([
    ["api.openai.de", "openai"],
    ["api.openai.com.evil.example", "openai"],
    ["openai.azure.com.evil.example", "azure"],
    ["llm.bank.example", "azure"],
    ["EU2.api.openai.com", "openai"],
  ] as const)("admits %s as no host of %s", (host, provider) => {
    const row = { ...swedenHost, host, provider, region: null, azure: null };
    expect(problemsOf({ kind: "put", table: "hosts", row })).toEqual([
      expect.objectContaining({ path: `hosts.${host}.host` }),
    ]);
  });

  it("names by path what points nowhere", () => {
    const cell = { ...japan, sourceId: "hearsay" };
    expect(problemsOf({ ...setJapan, cell } as CatalogEdit)).toEqual([
      { path: "endpoints./v1/responses.processing.jp.sourceId", message: "There is no source hearsay." },
    ]);
    expect(problemsOf({ ...setJapan, region: "mars" } as CatalogEdit)).toEqual([
      { path: "endpoints./v1/responses.processing.mars", message: "There is no region mars." },
    ]);
    expect(problemsOf({ kind: "put", table: "models", row: { ...model, endpoints: ["/v2"] } })).toEqual([
      { path: "models.gpt-6-sol.endpoints", message: "There is no endpoint /v2." },
    ]);
    expect(
      problemsOf({ kind: "remove", table: "hosts", id: "api.openai.com" }).map(({ path }) => path),
    ).toContain("hosts.api.openai.com");
  });

  it("lets a global deployment of Azure mean no region, and no other one", () => {
    const row = { ...swedenHost, azure: { ...swedenHost.azure, sku: "global" } } as const;
    const [region, host] = addSweden as [CatalogEdit, CatalogEdit];
    expect(problemsOf(region, host, { kind: "put", table: "hosts", row })).toEqual([
      expect.objectContaining({ path: "hosts.bank.openai.azure.com.region" }),
    ]);
  });
});

describe("confirmations", () => {
  const mine = { name: "Dana Reyes", on: "2026-11-22" };
  const confirmed = withConfirmations(openaiCatalog, ({ table, id }) =>
    table === "endpoints" && id === "/v1/responses" ? mine : null,
  );

  it("reach every statement of the row, are no difference, and grow old", () => {
    expect(cellOf(confirmed, "/v1/responses", "eu")?.confirmedBy).toEqual(mine);
    expect(compareCatalogs(openaiCatalog, confirmed)).toEqual([]);
    const dueOn = (day: string) => rowsDue(confirmed, day).some(({ id }) => id === "/v1/responses");
    expect(dueOn("2026-11-22")).toBe(false);
    expect(dueOn("2026-11-23")).toBe(true);
    expect(rowsDue(confirmed, "2026-11-23").at(-1)).toMatchObject({
      id: "/v1/responses",
      confirmedBy: "Dana Reyes",
    });
  });

  it("do not survive a change of the row, and cannot be brought along in a file", () => {
    const forged = withConfirmations(editCatalog(confirmed, [setJapan]), () => mine);
    const kept = keepConfirmations(forged, confirmed);
    expect(cellOf(kept, "/v1/responses", "eu")?.confirmedBy).toBeNull();
    expect(cellOf(kept, "/v1/embeddings", "eu")?.confirmedBy).toBeNull();
    expect(cellOf(keepConfirmations(confirmed, confirmed), "/v1/responses", "eu")?.confirmedBy).toEqual(mine);
  });
});

describe("a newer edition", () => {
  const shipped: Catalog = {
    ...editCatalog(openaiCatalog, [
      { kind: "remove", table: "models", id: "tts-1" },
      { ...setJapan, region: "in", cell: japan },
      { kind: "put", table: "models", row: { ...model, id: "gpt-7-sol" } },
    ] as CatalogEdit[]),
    edition: 99,
  };

  it("brings what it changed and keeps what this deployment added", () => {
    const ours = { ...editCatalog(openaiCatalog, [...addSweden, setJapan]), version: 4 };
    const { merged, conflicts } = mergeCatalogs(openaiCatalog, ours, shipped);
    expect(conflicts).toEqual([]);
    expect(merged).toMatchObject({ version: 4, edition: 99 });
    expect(merged.hosts.map(({ host }) => host)).toContain("bank.openai.azure.com");
    expect([cellOf(merged, "/v1/responses", "jp"), cellOf(merged, "/v1/responses", "in")]).toEqual([
      japan,
      japan,
    ]);
    const ids = merged.models.map(({ id }) => id);
    expect(ids).toContain("gpt-7-sol");
    expect(ids).not.toContain("tts-1");
    expect(catalogProblems(merged)).toEqual([]);
  });

  it("overwrites nothing that both changed, and says where", () => {
    const cell: Cell = { ...japan, state: "no" };
    const ours = editCatalog(openaiCatalog, [{ ...setJapan, region: "in", cell } as CatalogEdit]);
    const { merged, conflicts } = mergeCatalogs(openaiCatalog, ours, shipped);
    expect(cellOf(merged, "/v1/responses", "in")).toEqual(cell);
    expect(conflicts).toEqual([{ table: "endpoints", id: "/v1/responses", path: ["processing", "in"] }]);
  });

  it("changes nothing where it is the edition the deployment stands on", () => {
    const ours = editCatalog(openaiCatalog, addSweden);
    const { merged, conflicts } = mergeCatalogs(openaiCatalog, ours, openaiCatalog);
    expect(conflicts).toEqual([]);
    expect(compareCatalogs(ours, merged)).toEqual([]);
  });
});

it("a version kept before today's shape is read with unknowns where it says nothing", () => {
  const old = {
    ...openaiCatalog,
    edition: undefined,
    regions: openaiCatalog.regions.map(({ provider, sdkOption, stated, retentionControl, ...row }) => row),
    models: openaiCatalog.models.map(({ shutdown, uplift, ...row }) => row),
    hosts: openaiCatalog.hosts.map(({ azure, provider, confidence, confirmedBy, note, ...row }) => row),
  };
  const { edition: _, ...kept } = old;
  const read = completeCatalog(kept);
  expect(read.edition).toBe(1);
  expect(read.models.every(({ shutdown, uplift }) => shutdown === null && uplift.state === "unknown")).toBe(
    true,
  );
  expect(read.endpoints).toEqual(openaiCatalog.endpoints);
  expect(catalogProblems(read)).toEqual([]);
});
