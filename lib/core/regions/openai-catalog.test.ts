import { describe, expect, it } from "vitest";
import type { Cell } from "./catalog.ts";
import { openaiCatalog as catalog } from "./openai-catalog.ts";

const codes = ["us", "eu", "ae", "au", "in", "jp", "ca", "sg", "kr", "gb"];

function endpoint(path: string) {
  const row = catalog.endpoints.find((candidate) => candidate.path === path);
  if (!row) throw new Error(`No row for ${path}.`);
  return row;
}

function states(cells: Readonly<Record<string, Cell>>) {
  return Object.fromEntries(Object.entries(cells).map(([region, { state }]) => [region, state]));
}

function allCells(): Cell[] {
  const rows = [...catalog.endpoints, ...catalog.models].flatMap((row) => [row.storage, row.processing]);
  const features = catalog.features.flatMap((row) => [row.storage, row.processing]);
  const cells = [...rows, ...features].flatMap((record) => Object.values(record));
  return [...cells, ...catalog.regions.flatMap(({ storage, processing }) => [storage, processing])];
}

describe("the catalog of OpenAI, version 1", () => {
  it("holds the ten regions, the forty rows of endpoints and features with three of our own, and 63 models", () => {
    expect(catalog.regions.map(({ code }) => code)).toEqual(codes);
    expect(catalog.endpoints).toHaveLength(31);
    expect(catalog.features).toHaveLength(12);
    expect(catalog.models).toHaveLength(63);
  });

  it("says where every cell comes from, and that nobody has confirmed it", () => {
    const sources = new Set(catalog.sources.map(({ id }) => id));
    const cells = allCells();
    expect(cells.length).toBeGreaterThan(1900);
    for (const cell of cells) {
      expect(sources).toContain(cell.sourceId);
      expect(cell.asOf).toMatch(/^2026-\d\d-\d\d$/);
      expect(cell.confirmedBy).toBeNull();
    }
    for (const host of catalog.hosts) expect(sources).toContain(host.sourceId);
  });

  it("has a cell for every region in every row", () => {
    for (const row of [...catalog.endpoints, ...catalog.models]) {
      expect(Object.keys(row.processing)).toEqual(codes);
      expect(Object.keys(row.storage)).toEqual(codes);
    }
  });

  it("guesses nothing about Australia, India and Japan: what they process is unknown", () => {
    for (const region of ["au", "in", "jp"]) {
      const row = catalog.regions.find(({ code }) => code === region);
      expect(row).toMatchObject({ scopeKnown: false, hasStorageOnlyProjects: true });
      for (const { processing } of catalog.endpoints)
        expect(["unknown", "unlisted"]).toContain(processing[region]?.state);
      for (const { processing } of catalog.models) expect(processing[region]?.state).toBe("unknown");
    }
  });

  it("knows the storage-only regions by their lack of processing", () => {
    const storageOnly = catalog.regions.filter(({ processing }) => processing.state === "no");
    expect(storageOnly.map(({ code }) => code)).toEqual(["ca", "sg", "kr", "gb"]);
    for (const { storage } of catalog.regions) expect(storage.state).toBe("yes");
  });

  it("says nothing of an uplift on their hosts, and 10 percent with its own source on all others", () => {
    for (const { processing, priceUpliftPercent, upliftStated } of catalog.regions) {
      expect(priceUpliftPercent).toBe(processing.state === "no" ? null : 10);
      expect(upliftStated).toMatchObject({ sourceId: "residency-page", asOf: "2026-11-22" });
    }
  });

  it("knows which endpoints Private Retention with PSP or Safety Retention covers", () => {
    const covered = (cover: string) =>
      catalog.endpoints.filter(({ privateRetention }) => privateRetention === cover).map(({ path }) => path);
    expect(covered("limited")).toEqual(["/v1/chat/completions", "/v1/responses"]);
    expect(covered("yes")).toEqual([]);
    expect(covered("unknown")).toEqual([
      "/v1/decisions",
      "/v1/realtime/transcription_sessions",
      "/v1/realtime/translations",
      "/v1/traces/ingest",
    ]);
  });

  it("names the global host to which the Agents SDK sends traces, and who says so", () => {
    const { note, retention } = endpoint("/v1/traces/ingest");
    expect(note).toContain("https://api.openai.com/v1/traces/ingest");
    expect(retention).toMatchObject({ sourceId: "agents-tracing", asOf: "2026-09-14" });
  });

  it("calls every host of a private link an entry that promises no place of inference", () => {
    const links = catalog.hosts.filter(({ transport }) => transport === "private_link");
    expect(links).toHaveLength(4);
    for (const { note } of links) expect(note).toMatch(/^An entry to the network: where inference runs/);
  });

  it("tells the rows apart that say no, that are absent, and that are closed lists", () => {
    expect(states(endpoint("/v1/chat/completions").processing)).toEqual({
      us: "yes",
      eu: "yes",
      ae: "yes",
      au: "unknown",
      in: "unknown",
      jp: "unknown",
      ca: "no",
      sg: "no",
      kr: "no",
      gb: "no",
    });
    expect(endpoint("/v1/files").processing.eu?.state).toBe("no");
    expect(endpoint("/v1/files").storage.eu?.state).toBe("yes");
    expect(endpoint("/v1/conversations").processing.eu?.state).toBe("unlisted");
    expect(endpoint("/v1/moderations").processing.ae?.state).toBe("no");
    expect(endpoint("/v1/responses").processingModels.ae).toContain("gpt-5.5-pro-2026-04-23");
    expect(endpoint("/v1/embeddings").processingModels.ae).toEqual(["text-embedding-3-large"]);
  });

  it("names in closed lists and endpoints only what has a row", () => {
    const models = new Set(catalog.models.map(({ id }) => id));
    const paths = new Set(catalog.endpoints.map(({ path }) => path));
    for (const row of catalog.endpoints) {
      for (const list of Object.values(row.processingModels))
        for (const model of list) expect(models).toContain(model);
    }
    for (const row of catalog.models) for (const path of row.endpoints) expect(paths).toContain(path);
    expect(models.size).toBe(63);
  });

  it("takes Europe for the EEA and Switzerland, and every other region for one country", () => {
    for (const { code, countries } of catalog.regions) {
      if (code === "eu") {
        expect(countries).toHaveLength(31);
        expect(countries).toEqual(expect.arrayContaining(["CH", "NO", "IS", "LI", "DE"]));
        expect(countries).not.toContain("GB");
      } else expect(countries).toHaveLength(1);
    }
  });

  it("configures each region's own host first, and every host of a region means it", () => {
    for (const { code, hosts } of catalog.regions) {
      expect(hosts[0]).toBe(`${code}.api.openai.com`);
      for (const host of hosts) expect(catalog.hosts.find((row) => row.host === host)?.region).toBe(code);
    }
    expect(catalog.hosts.find(({ host }) => host === "api.openai.com")?.region).toBeNull();
  });

  it("excludes fast mode of one model in Europe alone", () => {
    const astra = catalog.models.find(({ id }) => id === "gpt-6-astra");
    expect(astra?.excludedTiers.eu).toEqual(["fast", "priority", "ultrafast"]);
    expect(astra?.excludedTiers.us).toBeUndefined();
  });
});
