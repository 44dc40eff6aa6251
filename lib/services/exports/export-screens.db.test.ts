import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as searches from "../../contracts/exports.ts";
import { openStates } from "../../contracts/finding-parsers.ts";
import { findingSearch } from "../../contracts/findings.ts";
import { latencySearch } from "../../contracts/latency.ts";
import { statePriceInput } from "../../contracts/prices.ts";
import { resourceSearch } from "../../contracts/resources.ts";
import { trailSearch } from "../../contracts/trail.ts";
import { usageSearch } from "../../contracts/usage.ts";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import {
  callAt,
  createStoreWorld,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { acknowledgeFinding } from "../findings/acknowledge-finding.ts";
import { listFindings } from "../findings/list-findings.ts";
import { getLatency } from "../latency/get-latency.ts";
import { statePrice } from "../prices/state-price.ts";
import { listResources } from "../resources/list-resources.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { listTrail } from "../trail/list-trail.ts";
import { getUsage } from "../usage/get-usage.ts";
import { exportApplications } from "./export-applications.ts";
import type { ExportFile } from "./export-file.ts";
import { exportFindings } from "./export-findings.ts";
import { exportLatency } from "./export-latency.ts";
import { exportResources } from "./export-resources.ts";
import { exportTrail } from "./export-trail.ts";
import { exportUsage } from "./export-usage.ts";

let world: StoreWorld;
let bank: StoreTenant;
let olga: PersonActor;
let stranger: PersonActor;
const now = new Date("2026-11-20T12:00:00.000Z");
const formula = "=1+1";

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  await world.addTenant("other");
  olga = await world.addPerson("olga", { bank: "officer", other: "officer" });
  stranger = await world.addPerson("nob", { other: "admin" });
  const hosts = ["eu.api.openai.com", "api.openai.com", "us.api.openai.com", "api.openai.eu"];
  await world.as("gateway", () =>
    recordCalls(
      bank.id,
      Array.from({ length: 60 }, (_, i) => {
        const call = callAt(bank, `2026-11-${14 + (i % 6)}T0${i % 9}:00:00.000Z`, {
          host: hosts[i % 4] ?? "",
        });
        return i % 5 === 0 ? { ...call, facts: { ...call.facts, modelRequested: formula } } : call;
      }),
    ),
  );
  await world.sql(
    "owner",
    { read: [bank.id], write: bank.id },
    `INSERT INTO resource (tenant_id, kind, object_id, first_seen_at, uses, simulated)
     SELECT head.tenant_id, 'file', '=file-' || n, '2026-11-15'::timestamptz + (n % 7) * interval '1 second', 1, true
       FROM recording_head AS head CROSS JOIN generate_series(1, 2300) n WHERE head.tenant_id = $1`,
    [bank.id],
  );
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const read = async ({ lines }: ExportFile) => {
  let text = "";
  for await (const part of lines) text += part;
  return text;
};
const csv = async (file: ExportFile) =>
  parse(await read(file), { columns: true }) as Record<string, string>[];
const lastEvent = async () => {
  const rows = await world.sql<{ actor_id: string; subject: string; detail: Record<string, unknown> }>(
    "owner",
    { read: [bank.id] },
    "SELECT * FROM audit_event WHERE kind = 'evidence.exported' ORDER BY ledger_index DESC LIMIT 1",
  );
  return rows[0];
};
const texts = (rows: Record<string, string>[]) => rows.flatMap((row) => Object.values(row));

describe("an export of Usage", () => {
  it.each([
    ["7 days by region", { range: "7d", by: "region" }],
    ["30 days by model, narrowed", { range: "30d", by: "model", region: ["eu", "global"], tenant: "bank" }],
  ])("has the rows on the screen, in their order, and one that holds all: %s", async (_, search) => {
    const screen = await web(() => getUsage(olga, usageSearch.parse(search), now));
    // As the page asks: the answer's end, a minute later.
    const asked = searches.usageExportSearch.parse({ ...search, to: screen.window.to });
    const later = new Date(now.getTime() + 60_000);
    await web(async () => {
      const file = await exportUsage(olga, asked, later);
      const rows = await csv(file);
      expect(file.rows).toBe(rows.length);
      expect(
        rows
          .slice(0, -1)
          .map(({ key, calls, previousCalls, inputTokens }) => [key, calls, previousCalls, inputTokens]),
      ).toEqual(
        screen.rows.map((row) => [
          row.key === formula ? `'${formula}` : row.key,
          ...[row.calls, screen.comparable ? row.previousCalls : "", row.inputTokens].map(String),
        ]),
      );
      expect(rows.at(-1)).toMatchObject({ isTotal: "true", calls: String(screen.total.calls), key: "" });
      // Nobody stated a price: the cost is not known, and is not zero.
      expect(rows.at(-1)).toMatchObject({ costUsd: "", costIsWhole: "false" });
    });
    expect(await lastEvent()).toMatchObject({ actor_id: olga.personId, detail: { what: "usage" } });
  });
});

describe("an export of Usage where the catalog is silent about an uplift", () => {
  it("holds also the rows that the page leaves off, and a total of all of them", async () => {
    const mall = await world.addTenant("mall");
    const max = await world.addPerson("max", { mall: "officer" });
    const start = Date.parse("2026-11-20T02:00:00.000Z");
    await world.as("gateway", () =>
      recordCalls(
        mall.id,
        Array.from({ length: 210 }, (_, i) => {
          const call = callAt(mall, new Date(start + i).toISOString());
          return { ...call, facts: { ...call.facts, modelRequested: `model-${i}` } };
        }),
      ),
    );
    const search = { range: "24h", by: "model", tenant: "mall" };
    const screen = await web(() => getUsage(max, usageSearch.parse(search), now));
    expect(screen).toMatchObject({ rowsLeftOff: 1, total: { calls: 210 } });
    const rows = await csv(await web(() => exportUsage(max, searches.usageExportSearch.parse(search), now)));
    const total = rows.at(-1);
    expect(rows).toHaveLength(202);
    expect(total).toMatchObject({ isTotal: "true", calls: "210" });
    const inBands = ["inRegion", "permitted", "unverifiable", "outside", "stopped"];
    expect(inBands.reduce((sum, band) => sum + Number(total?.[band]), 0)).toBe(210);
  });

  it("leaves the uplift empty, says that the cost is not whole, and takes neither for known", async () => {
    const shop = await world.addTenant("shop");
    const pia = await world.addPerson("pia", { shop: "officer" });
    const model = "nobody-knows-it";
    const used = { inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: null, reasoningTokens: null };
    const hosts = ["eu.api.openai.com", "api.openai.com"];
    await world.as("gateway", () =>
      recordCalls(
        shop.id,
        hosts.map((host) => {
          const call = callAt(shop, "2026-11-20T01:00:00.000Z", { host, usage: used });
          return { ...call, facts: { ...call.facts, modelRequested: model } };
        }),
      ),
    );
    const source = "Contract of the test, 2026-11-01";
    const price = {
      mode: "simulated",
      model,
      effectiveFrom: "2026-11-01",
      inputUsd: 2,
      outputUsd: 8,
      source,
    };
    const rows = await web(async () => {
      await statePrice(job, statePriceInput.parse(price));
      const search = searches.usageExportSearch.parse({ range: "24h", by: "region", tenant: "shop" });
      return csv(await exportUsage(pia, search, now));
    });
    const told = rows.map((row) => [
      row.key,
      row.costUsd,
      row.costIsWhole,
      row.upliftUsd,
      row.upliftUnknownCalls,
    ]);
    expect(told.toSorted()).toEqual([
      ["", "4", "false", "", "1"],
      ["eu", "2", "false", "", "1"],
      ["global", "2", "true", "0", "0"],
    ]);
  });
});

describe("an export of Latency", () => {
  it("has every region and its models with the screen's percentiles", async () => {
    const search = { range: "7d", tenant: "bank" } as const;
    const screen = await web(() => getLatency(olga, latencySearch.parse(search), now));
    const rows = await web(async () =>
      csv(
        await exportLatency(
          olga,
          searches.latencyExportSearch.parse({ ...search, to: screen.window.to }),
          now,
        ),
      ),
    );
    const regions = rows.filter(({ model }) => model === "");
    expect(regions.map(({ region, measured, p95Ms }) => [region, measured, p95Ms])).toEqual(
      screen.regions.map(({ region, total }) => [
        region,
        String(total.measured),
        total.p95 === null ? "" : String(Math.round(total.p95)),
      ]),
    );
    // Of an estimate no digit behind the point means anything.
    for (const row of rows)
      for (const [name, text] of Object.entries(row))
        if (name.endsWith("Ms")) expect(text, name).toMatch(/^\d*$/);
    expect(rows.length - regions.length).toBe(
      screen.regions.reduce((sum, { models }) => sum + models.length, 0),
    );
    expect(texts(rows)).toContain(`'${formula}`);
    expect(await lastEvent()).toMatchObject({ detail: { what: "latency", rows: rows.length } });
  });
});

describe("an export of Findings", () => {
  const search = { tenant: "bank", state: [...openStates] };
  const listed = async () =>
    (await web(() => listFindings(olga, findingSearch.parse({ ...search, limit: 200 })))).items;

  it("has those of the list in its order, safe for a spreadsheet", async () => {
    const items = await listed();
    expect(items.length).toBeGreaterThan(3);
    const file = await web(() => exportFindings(olga, searches.findingExportSearch.parse(search), now));
    const rows = await web(() => csv(file));
    expect(rows.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(file).toMatchObject({ rows: items.length, name: "findings-bank-20261120.csv" });
    expect(texts(rows)).toContain(`'${formula}`);
    expect(await lastEvent()).toMatchObject({
      detail: { what: "findings", filter: "state: open or acknowledged or investigating" },
    });
  });

  it("leaves none out that moves while the file is read, and tells none twice", async () => {
    const [first] = await listed();
    const file = await web(() => exportFindings(olga, searches.findingExportSearch.parse(search), now));
    await web(() => acknowledgeFinding(olga, { id: first?.id ?? "", note: "Looking." }));
    const rows = await web(() => csv(file));
    expect(rows[0]).toMatchObject({ id: first?.id, state: "acknowledged" });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});

describe("an export of Resources", () => {
  it("has every object once, over its pages, in the order of the list", async () => {
    const file = await web(() =>
      exportResources(olga, searches.resourceExportSearch.parse({ kind: ["file"] }), now),
    );
    const rows = (await web(() => read({ ...file }))).trimEnd().split("\r\n");
    const listed = await web(() => listResources(olga, resourceSearch.parse({ kind: ["file"], limit: 200 })));
    const ids = rows.slice(1).map((row) => row.split(",")[2]);
    expect(ids).toHaveLength(2_300);
    expect(new Set(ids).size).toBe(2_300);
    expect(ids.slice(0, 200)).toEqual(listed.items.map(({ id }) => `'${id}`));
    expect(await lastEvent()).toMatchObject({ detail: { what: "resources", rows: null } });
  });

  it("is one JSON object a line as NDJSON", async () => {
    const asked = searches.resourceExportSearch.parse({ format: "ndjson" });
    const text = await web(async () => read(await exportResources(olga, asked, now)));
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(2_300);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      tenant: "bank",
      kind: "file",
      bornRegion: null,
      uses: 1,
    });
  });
});

describe("an export of applications", () => {
  it("has what is declared, and is noted", async () => {
    const file = await web(() =>
      exportApplications(olga, searches.applicationExportSearch.parse({ tenant: "bank" }), now),
    );
    const rows = await web(() => csv(file));
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(
      expect.objectContaining({ name: "loan-desk", environment: "production", tenant: "bank", owner: "" }),
    );
    expect(await lastEvent()).toMatchObject({ subject: "applications-bank-20261120.csv" });
  });
});

describe("an export of the trail", () => {
  const asked = (over: object = {}) => searches.trailExportSearch.parse({ tenant: "bank", ...over });
  const listed = (over: object = {}) =>
    web(() => listTrail(olga, trailSearch.parse({ tenant: "bank", limit: 200, ...over })));

  it("has what the page shows, and not the event of the export itself", async () => {
    const { events, readAt } = await listed();
    const file = await web(() => exportTrail(olga, asked({ to: readAt })));
    const rows = await web(() => csv(file));
    expect(rows.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(rows.length).toBeGreaterThan(5);
    expect(await lastEvent()).toMatchObject({
      actor_id: olga.personId,
      subject: file.name,
      detail: { what: "trail", filter: `the beginning to ${readAt}`, rows: null },
    });
  });

  it("says of each event under which place the log has it", async () => {
    const rows = await web(async () =>
      (await read(await exportTrail(olga, asked({ format: "ndjson" }))))
        .trimEnd()
        .split("\n")
        .map((row) => JSON.parse(row)),
    );
    for (const logId of [bank.id, systemLogId]) {
      const stored = <Row>(text: string, values: unknown[]) =>
        world.sql<Row>("owner", { read: [logId] }, text, [logId, ...values]);
      const [{ origin } = { origin: "" }] = await stored<{ origin: string }>(
        "SELECT origin FROM ledger_log WHERE tenant_id = $1",
        [],
      );
      const own = rows.filter(({ log }) => log === origin);
      expect(own.length, logId).toBeGreaterThan(0);
      for (const { log, index, id, at, kind, subject, expired } of own) {
        const [body] = await stored<{ bytes: Buffer }>(
          "SELECT bytes FROM ledger_body WHERE tenant_id = $1 AND index = $2",
          [index],
        );
        const entry = decodeEntry(body?.bytes ?? Buffer.of());
        expect(entry).toMatchObject({ log, index, body: { id, happened_at: at, kind, subject } });
        expect(expired).toBe(false);
      }
    }
    expect(rows.find(({ kind }) => kind === "evidence.exported").detail).toMatchObject({ what: "trail" });
  });

  it("is narrowed as the page is, by kind, person and time, and goes on over its pages", async () => {
    // From before the ledger: in no log.
    await world.sql(
      "owner",
      { read: [bank.id], write: bank.id },
      `INSERT INTO audit_event (tenant_id, at, id, actor, actor_id, actor_name, kind, subject, detail)
       SELECT head.tenant_id, '2026-11-20T10:00:00Z'::timestamptz + (n / 7) * interval '1 millisecond', gen_random_uuid(),
              'person', $2, 'olga', 'evidence.exported', 'f-' || n, '{}'
         FROM recording_head AS head CROSS JOIN generate_series(0, 519) n WHERE head.tenant_id = $1`,
      [bank.id, olga.personId],
    );
    const narrowed = { group: "exports", who: olga.personId, from: "2026-11-20T10:00:00.000Z" };
    const rows = await web(async () =>
      csv(await exportTrail(olga, asked({ ...narrowed, to: "2026-11-20T10:00:00.074Z" }))),
    );
    expect(rows.map(({ subject }) => subject).toSorted()).toEqual(
      Array.from({ length: 518 }, (_, i) => `f-${i}`).toSorted(),
    );
    expect(rows.every(({ log, index, expired }) => `${log}${index}${expired}` === "")).toBe(true);
    const shown = await listed({ ...narrowed, to: "2026-11-20T10:00:00.001Z" });
    expect(shown.events.map(({ subject }) => subject).toSorted()).toEqual(
      Array.from({ length: 7 }, (_, i) => `f-${i}`),
    );
    const auditor = await world.addPerson("aud", { bank: "auditor" });
    const his = await web(async () => csv(await exportTrail(auditor, asked({ who: auditor.personId }))));
    expect(his.map(({ kind }) => kind)).toEqual(["session.opened"]);
  });

  it("is for whoever may read the trail", async () => {
    const dev = await world.addPerson("dev", { bank: "developer" });
    await expect(web(() => exportTrail(dev, asked()))).rejects.toMatchObject({ code: "forbidden" });
  });
});

it("no screen is exported by somebody who is no member of the tenant", async () => {
  const tenant = "bank";
  await web(async () => {
    for (const attempt of [
      exportUsage(stranger, searches.usageExportSearch.parse({ tenant })),
      exportLatency(stranger, searches.latencyExportSearch.parse({ tenant })),
      exportFindings(stranger, searches.findingExportSearch.parse({ tenant })),
      exportResources(stranger, searches.resourceExportSearch.parse({ tenant })),
      exportApplications(stranger, searches.applicationExportSearch.parse({ tenant })),
      exportTrail(stranger, searches.trailExportSearch.parse({ tenant })),
    ])
      await expect(attempt).rejects.toMatchObject({ code: "not_found" });
  });
});
