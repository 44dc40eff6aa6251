import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateImportInput, ImportSummary } from "../../contracts/imports.ts";
import { ownGateway } from "../../core/intake/own-gateway.ts";
import { createRecordSplitter, type RawRecord, type RecordForm } from "../../core/intake/split-records.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { createImport } from "./create-import.ts";
import { endImport } from "./end-import.ts";
import { finishImport } from "./finish-import.ts";
import { listImportErrors } from "./list-import-errors.ts";
import { getImport, listImports } from "./list-imports.ts";
import { openPart, type PartRecord, sealPart } from "./part-seal.ts";
import { previewImport } from "./preview-import.ts";
import { runImports } from "./run-imports.ts";
import { takeImportPart } from "./take-import-part.ts";

let world: StoreWorld;
let tenant: StoreTenant;
beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("imports");
});
afterAll(() => world.drop());

const recently = new Date(Date.now() - 3_600_000).toISOString();
const own = ownGateway(8787, []);

const native = (n: number | string, more: object = {}): string =>
  JSON.stringify({
    clientId: `n-${n}`,
    startedAt: recently,
    host: "api.openai.com",
    path: "/v1/embeddings",
    status: 200,
    ...more,
  });

function split(form: RecordForm, text: string): RawRecord[] {
  const splitter = createRecordSplitter(form);
  return [...splitter.push(Buffer.from(text)), ...splitter.end()];
}

const work = (options: { now?: () => Date } = {}) =>
  world.as("worker", () => runImports({ own, now: () => new Date(), ...options }));

const wish: Omit<CreateImportInput, "tenant"> = {
  application: "batch jobs",
  environment: "production",
  format: "ndjson",
  fileName: "calls.ndjson",
  fileBytes: 1_000,
  dryRun: false,
};

async function begin(change: Partial<CreateImportInput> = {}): Promise<ImportSummary> {
  return world.as("web", () => createImport(job, { ...wish, tenant: tenant.slug, ...change }));
}

const give = (id: string, seq: number, records: RawRecord[]) =>
  world.as("web", () =>
    takeImportPart(job, id, { tenant: tenant.slug, seq, bytesRead: 10 * (seq + 1), records }, { own }),
  );

async function whole(
  records: RawRecord[],
  change: Partial<CreateImportInput> = {},
  perPiece = records.length,
): Promise<ImportSummary> {
  const { id } = await begin(change);
  for (let seq = 0; seq * perPiece < records.length; seq++)
    await give(id, seq, records.slice(seq * perPiece, (seq + 1) * perPiece));
  await world.as("web", () => finishImport(job, id, { tenant: tenant.slug }));
  await work();
  return world.as("web", () => getImport(job, id, { tenant: tenant.slug }));
}

async function errorsOf(id: string) {
  return world.as("web", async () => {
    const rows = [];
    for await (const page of listImportErrors(job, id, { tenant: tenant.slug })) rows.push(...page);
    return rows;
  });
}

const stored = <Row>(text: string, values: unknown[] = []) =>
  world.sql<Row>("owner", { read: [tenant.id] }, text, values);

describe("a file", () => {
  it("is recorded, judged and told line by line, and nothing of it waits any more", async () => {
    const text = [
      native(1),
      native(2, { endUser: "somebody" }),
      "{broken",
      native(3, { prompt: "SECRET" }),
      native(1),
    ].join("\n");
    const done = await whole(split("lines", text));
    expect(done).toMatchObject({
      state: "done",
      partsWaiting: 0,
      counts: { records: 5, recorded: 2, duplicate: 1, rejected: 2, conflict: 0, ignored: 0 },
      errorsKept: 2,
      hosts: [{ host: "api.openai.com", calls: 3 }],
    });
    expect(await errorsOf(done.id)).toEqual([
      { record: 3, line: 3, clientId: null, code: "line_unreadable", message: "The line is no JSON." },
      {
        record: 4,
        line: 4,
        clientId: "n-3",
        code: "record_invalid",
        message: "prompt: A record has no such member. It was not read.",
      },
    ]);
    const calls = await stored<{ source: string; grade: string; format: string; key_id: string | null }>(
      `SELECT c.source, c.key_id, c.reported ->> 'format' AS format, a.evidence ->> 'hostGrade' AS grade
         FROM call c JOIN attempt a ON a.tenant_id = c.tenant_id AND a.call_id = c.id
         JOIN intake_key k ON k.tenant_id = c.tenant_id AND k.call_id = c.id WHERE k.client_id IN ('n-1', 'n-2')`,
    );
    expect(calls).toEqual(Array(2).fill({ source: "intake", format: "import", grade: "D", key_id: null }));
    expect(await stored("SELECT 1 FROM import_part")).toEqual([]);
  });

  it("that comes again records nothing twice", async () => {
    const records = split("lines", [native("again-1"), native("again-2")].join("\n"));
    expect((await whole(records)).counts).toMatchObject({ recorded: 2 });
    expect((await whole(records)).counts).toMatchObject({ recorded: 0, duplicate: 2 });
  });

  it("with a call id that is none is recorded all the same, and no other import waits for it", async () => {
    const csv = {
      headers: ["at", "host", "gateway_call_id"],
      mapping: {
        columns: { startedAt: "at", host: "host", gatewayCallId: "gateway_call_id" },
        hostSource: "log" as const,
        delimiter: "," as const,
      },
    };
    const rows = split("csv", `${recently},eu.api.openai.com,n/a\n${recently},localhost:8787,none`);
    const done = await whole(rows, { format: "csv", fileName: "log.csv", csv });
    expect(done).toMatchObject({ state: "done", counts: { recorded: 1, joined: 1, rejected: 0 } });
  });

  it("of LiteLLM is read past its content; other providers are left out", async () => {
    const record = (id: string, provider: string) => ({
      id,
      startTime: Date.now() / 1000 - 60,
      custom_llm_provider: provider,
      call_type: "acompletion",
      api_base: "https://eu.api.openai.com/v1",
      status: "success",
      messages: [{ content: "SECRET" }],
    });
    const text = JSON.stringify([record("chatcmpl-i1", "openai"), record("msg_1", "anthropic")], null, 2);
    const done = await whole(split("json", text), { format: "litellm", fileName: "export.json" });
    expect(done.counts).toMatchObject({ records: 2, recorded: 1, ignored: 1, rejected: 0 });
    const [call] = await stored<{ source: string }>(
      "SELECT source FROM call WHERE provider_object_id = 'chatcmpl-i1'",
    );
    expect(call).toEqual({ source: "litellm" });
  });

  it("of CSV is read by its mapping, and rows without an id are the same when they come again", async () => {
    const rows = split(
      "csv",
      `Timestamp;URL;Model;prompt\n${recently};https://us.api.openai.com/v1/responses;gpt-5;"SECRET;\ntext"\n${recently};x y;gpt-5;\nshort\n`,
    );
    const preview = await world.as("web", () =>
      previewImport(job, { tenant: tenant.slug, format: "csv", records: rows }),
    );
    expect(preview).toMatchObject({
      headers: ["Timestamp", "URL", "Model", "prompt"],
      mapping: { delimiter: ";", columns: { startedAt: "Timestamp", host: "URL", modelRequested: "Model" } },
      problems: [],
      records: [
        { record: 1, line: 2, outcome: "call", host: "us.api.openai.com", operation: "/v1/responses" },
        { record: 2, line: 4, outcome: "rejected" },
        { record: 3, line: 5, outcome: "rejected" },
      ],
    });
    expect(JSON.stringify(preview)).not.toContain("SECRET");
    if (!preview.mapping) throw new Error("No mapping was suggested.");
    const csv = { headers: [...preview.headers], mapping: preview.mapping };
    const change = { format: "csv" as const, fileName: "log.csv", csv };
    expect((await whole(rows.slice(1), change)).counts).toMatchObject({
      records: 3,
      recorded: 1,
      rejected: 2,
    });
    expect((await whole(rows.slice(1), change)).counts).toMatchObject({ recorded: 0, duplicate: 1 });
  });

  it.each([
    [true, 5],
    [true, 2],
    [false, 5],
    [false, 2],
  ])(
    "of one line has an error for each record that is rejected (dry run: %s, %d a piece)",
    async (dryRun, n) => {
      const late = { startedAt: "2020-01-01T00:00:00Z" };
      const taken = native(`one-line-${dryRun}-${n}`);
      const text = `[{},${taken},${native("late-1", late)},{},${native("late-2", late)}]`;
      const done = await whole(split("json", text), { dryRun }, n);
      expect(done).toMatchObject({ counts: { records: 5, recorded: 1, rejected: 4 }, errorsKept: 4 });
      expect(await errorsOf(done.id)).toMatchObject([
        { record: 1, line: 1, clientId: null },
        { record: 3, line: 1, clientId: "n-late-1" },
        { record: 4, line: 1, clientId: null },
        { record: 5, line: 1, clientId: "n-late-2" },
      ]);
    },
  );

  it.each([8, 3, 1])(
    "of which a dry run in pieces of %d lines tells what would be, and changes nothing",
    async (n) => {
      const known = `dry-known-${n}`;
      const fresh = `dry-new-${n}`;
      await whole(split("lines", native(known)));
      const before = await stored("SELECT count(*)::int AS n FROM call");
      const late = native("dry-old", { startedAt: "2020-01-01T00:00:00Z" });
      const lines = [
        native(known),
        native(fresh),
        late,
        native(fresh),
        native(fresh, { status: 500 }),
        native(known, { status: 500 }),
        native(`dry-own-${n}`, { host: "localhost:8787", gatewayCallId: v7() }),
        native(`dry-own-${n}`, { host: "localhost:8787", gatewayCallId: v7() }),
      ];
      const done = await whole(split("lines", lines.join("\n")), { dryRun: true }, n);
      const counts = { records: 8, recorded: 1, duplicate: 2, joined: 1, conflict: 3, rejected: 1 };
      expect(done).toMatchObject({ state: "done", counts });
      const problems = await errorsOf(done.id);
      expect(problems).toMatchObject([
        { line: 3, clientId: "n-dry-old", code: "started_too_early" },
        { line: 5, clientId: `n-${fresh}`, code: "client_id_conflict" },
        { line: 6, clientId: `n-${known}`, code: "client_id_conflict" },
        { line: 8, clientId: `n-dry-own-${n}`, code: "client_id_conflict" },
      ]);
      expect(await stored("SELECT count(*)::int AS n FROM call")).toEqual(before);
      expect(await stored("SELECT 1 FROM import_part")).toEqual([]);
      expect(await stored("SELECT 1 FROM import_tried")).toEqual([]);
      // And so it is.
      const real = await whole(split("lines", lines.join("\n")));
      expect(real).toMatchObject({ state: "done", counts });
      expect(await errorsOf(real.id)).toEqual(problems);
    },
  );
});

describe("a piece", () => {
  it("that comes twice is taken once, and none is left out", async () => {
    const { id } = await begin();
    await give(id, 0, split("lines", native("twice")));
    await give(id, 0, split("lines", native("twice")));
    await expect(give(id, 2, [])).rejects.toMatchObject({ code: "conflict" });
    expect((await world.as("web", () => getImport(job, id, { tenant: tenant.slug }))).counts.records).toBe(1);
  });

  it("lies sealed while it waits, opens in no other place, and holds up no other import", async () => {
    const { id } = await begin();
    await give(id, 0, split("lines", native("sealed", { endUser: "EINE PERSON" })));
    const [part] = await stored<{ sealed: Buffer }>("SELECT sealed FROM import_part WHERE import_id = $1", [
      id,
    ]);
    expect(part?.sealed.toString("latin1")).not.toContain("PERSON");
    await world.sql(
      "owner",
      { read: [tenant.id], write: tenant.id },
      "UPDATE import_part SET seq = 7 WHERE import_id = $1",
      [id],
    );
    const behind = await whole(split("lines", native("behind")));
    expect(behind).toMatchObject({ state: "done", counts: { recorded: 1 } });
    expect(await world.as("web", () => getImport(job, id, { tenant: tenant.slug }))).toMatchObject({
      partsWaiting: 1,
      counts: { recorded: 0 },
    });
    await world.as("web", () => endImport(job, { tenant: tenant.slug, id, state: "cancelled" }));
  });

  it("that was recorded before a crash and not yet counted is recorded once", async () => {
    const { id } = await begin();
    await give(id, 0, split("lines", native("crash")));
    const [part] = await stored<{ sealed: Buffer }>("SELECT sealed FROM import_part WHERE import_id = $1", [
      id,
    ]);
    await work();
    await world.sql(
      "owner",
      { read: [tenant.id], write: tenant.id },
      "INSERT INTO import_part VALUES ($1, $2, 0, $3)",
      [tenant.id, id, part?.sealed],
    );
    await work();
    const { counts } = await world.as("web", () => getImport(job, id, { tenant: tenant.slug }));
    expect(counts).toMatchObject({ recorded: 1, duplicate: 1 });
    await world.as("web", () => finishImport(job, id, { tenant: tenant.slug }));
  });
});

describe("a piece sealed before records had a number", () => {
  it("is recorded, and its errors go by their line", async () => {
    const { id } = await begin();
    await give(id, 0, split("lines", native("unnumbered", { startedAt: "2020-01-01T00:00:00Z" })));
    const [part] = await stored<{ sealed: Buffer }>("SELECT sealed FROM import_part WHERE import_id = $1", [
      id,
    ]);
    if (!part) throw new Error("No piece waits.");
    const place = { tenantId: tenant.id, importId: id, seq: 0 };
    const records = openPart(part.sealed, place).map(({ record: _, ...each }) => ({ ...each, line: 7 }));
    await world.sql(
      "owner",
      { read: [tenant.id], write: tenant.id },
      "UPDATE import_part SET sealed = $2 WHERE import_id = $1",
      [id, sealPart(records as unknown as PartRecord[], place)],
    );
    await work();
    expect(await errorsOf(id)).toMatchObject([{ record: 7, line: 7, code: "started_too_early" }]);
    await world.as("web", () => finishImport(job, id, { tenant: tenant.slug }));
    await work();
  });
});

describe("an end", () => {
  it("by a person deletes what waits; what is recorded stays", async () => {
    const { id } = await begin();
    await give(id, 0, split("lines", native("kept")));
    await work();
    await give(id, 1, split("lines", native("given-up")));
    await world.as("web", () => endImport(job, { tenant: tenant.slug, id, state: "cancelled" }));
    await work();
    const ids = await stored<{ id: string }>(
      "SELECT client_id AS id FROM intake_key WHERE client_id IN ('n-kept', 'n-given-up')",
    );
    expect(ids).toEqual([{ id: "n-kept" }]);
    await expect(give(id, 2, [])).rejects.toMatchObject({ code: "conflict" });
    const again = world.as("web", () => endImport(job, { tenant: tenant.slug, id, state: "cancelled" }));
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });

  it("of a dry run takes with it what that has met, whoever ended it", async () => {
    const met = (id: string) => stored("SELECT 1 FROM import_tried WHERE import_id = $1", [id]);
    const [given, silent] = [await begin({ dryRun: true }), await begin({ dryRun: true })];
    for (const { id } of [given, silent]) {
      await give(id, 0, split("lines", [native("met-1"), native("met-2")].join("\n")));
      await work();
      expect(await met(id)).toHaveLength(2);
    }
    await world.as("web", () => endImport(job, { tenant: tenant.slug, id: given.id, state: "cancelled" }));
    await work({ now: () => new Date(Date.now() + 25 * 3_600_000) });
    expect([await met(given.id), await met(silent.id)]).toEqual([[], []]);
    await expect(world.sql("web", { read: [tenant.id] }, "DELETE FROM import_tried")).rejects.toThrow(
      /denied/,
    );
  });

  it("comes by itself where a file stopped coming a day ago, and not before", async () => {
    const { id } = await begin();
    const at = (hours: number) => ({ now: () => new Date(Date.now() + hours * 3_600_000) });
    const state = async () =>
      (await world.as("web", () => getImport(job, id, { tenant: tenant.slug }))).state;
    await work(at(23));
    expect(await state()).toBe("receiving");
    await work(at(25));
    expect(await state()).toBe("cancelled");
  });

  it("and the beginning are in the tenant's log", async () => {
    const { id } = await whole(split("lines", native("logged")));
    const events = await stored<{ kind: string }>(
      "SELECT kind FROM audit_event WHERE subject = $1 ORDER BY at, ledger_index",
      [id],
    );
    expect(events.map(({ kind }) => kind)).toEqual(["import.started", "import.ended"]);
  });
});

describe("who may not import", () => {
  it("is refused, sees the imports of his tenant, and nobody those of another", async () => {
    const auditor = await world.addPerson("auditor", { imports: "auditor" });
    const stranger = await world.addPerson("stranger", {});
    const input = { ...wish, tenant: tenant.slug };
    await world.as("web", async () => {
      await expect(createImport(auditor, input)).rejects.toMatchObject({ code: "forbidden" });
      const { imports, mayImport } = await listImports(auditor, { tenant: tenant.slug });
      expect(mayImport).toBe(false);
      await expect(getImport(stranger, imports[0]?.id ?? "", { tenant: tenant.slug })).rejects.toMatchObject({
        code: "not_found",
      });
    });
  });
});

it("records that are refused are all counted, and the first ten thousand told", {
  timeout: 60_000,
}, async () => {
  const { id } = await begin({ dryRun: true });
  for (let seq = 0; seq < 11; seq++)
    await give(
      id,
      seq,
      Array.from({ length: 1_000 }, (_, n) => ({ line: seq * 1_000 + n + 1, text: "?" })),
    );
  const { counts, errorsKept } = await world.as("web", () => getImport(job, id, { tenant: tenant.slug }));
  expect([counts.rejected, errorsKept, (await errorsOf(id)).length]).toEqual([11_000, 10_000, 10_000]);
});
