import { createHash } from "node:crypto";
import pg from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CreateImportInput, ImportSummary } from "../../contracts/imports.ts";
import { ownGateway } from "../../core/intake/own-gateway.ts";
import { createRecordSplitter, type RawRecord, type RecordForm } from "../../core/intake/split-records.ts";
import { onCluster } from "../../testing/cluster.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { keyRowIds } from "../intake/key-row-ids.ts";
import { rowId } from "../intake/row-id.ts";
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
      {
        record: 3,
        line: 3,
        clientId: null,
        code: "line_unreadable",
        message: expect.stringContaining("no JSON"),
      },
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

  it("is recorded to its end, whatever names of members and hosts it holds that no database keeps", async () => {
    const text = [native(51, { "x\0": 1, "\ud800": 1 }), native(52, { "\ud800": 1 }), native(53)].join("\n");
    const done = await whole(split("lines", text));
    expect(done).toMatchObject({ state: "done", counts: { records: 3, recorded: 1, rejected: 2 } });
    expect((await errorsOf(done.id)).map(({ message }) => message)).toEqual([
      "x\uFFFD: A record has no such member. It was not read.",
      "\uFFFD: A record has no such member. It was not read.",
    ]);
    const litellm = JSON.stringify([
      {
        id: "chatcmpl-z1",
        startTime: Date.now() / 1000 - 60,
        custom_llm_provider: "openai",
        api_base: "a\0b",
      },
    ]);
    expect(await whole(split("json", litellm), { format: "litellm", fileName: "z.json" })).toMatchObject({
      state: "done",
      counts: { records: 1, rejected: 1 },
      hosts: [{ host: "other", calls: 1 }],
    });
  });

  it("of CSV that was not saved as text in UTF-8, or leaves a quote open, says what is wrong with it", async () => {
    const look = async (bytes: Buffer) => {
      const splitter = createRecordSplitter("csv");
      const records = [...splitter.push(bytes), ...splitter.end()];
      return world.as("web", () => previewImport(job, { tenant: tenant.slug, format: "csv", records }));
    };
    const text = `time,host,user\n${recently},eu.api.openai.com,M\u00fcller\n`;
    const utf16 = Buffer.from(text, "utf16le");
    const problems = [expect.stringContaining("Save the file as UTF-8")];
    for (const bytes of [utf16, Buffer.concat([Buffer.of(0xff, 0xfe), utf16]), Buffer.of(0x1f, 0x8b, 0x08)])
      expect(await look(bytes)).toMatchObject({ headers: [], problems, records: [] });
    const rejected = async (bytes: Buffer) => (await look(bytes)).records.map(({ message }) => message);
    expect(await rejected(Buffer.from(text, "latin1"))).toEqual(problems);
    expect(await rejected(Buffer.from(`${text}${recently},"eu\n${text}`))).toEqual([
      null,
      expect.stringContaining("never closed"),
    ]);
    expect(
      await rejected(Buffer.from(`${text}${recently},"eu\n${recently},a"\n${recently},b,5" wide\n`)),
    ).toEqual([
      null,
      "The line has 2 cells, and the file's first has 3. It runs over 2 lines: is a quote in it left open?",
      null,
    ]);
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

  it("that was recorded before a crash and not yet counted is counted as what it became, whoever counts it", async () => {
    const lines = (name: string) => [
      native(`${name}-1`),
      native(`${name}-2`),
      native(`${name}-1`),
      native(`${name}-own`, { host: "localhost:8787", gatewayCallId: v7() }),
      native(`${name}-old`, { startedAt: "2020-01-01T00:00:00Z" }),
    ];
    await whole(split("lines", native("dead-2")));
    const [again, givenUp] = [await begin(), await begin()];
    await give(again.id, 0, split("lines", lines("dead").join("\n")));
    await give(givenUp.id, 0, split("lines", lines("left").join("\n")));
    // The worker dies between recording a piece and counting it.
    const owner = (text: string) => world.sql("owner", {}, text);
    await owner(
      "CREATE TRIGGER dies BEFORE UPDATE ON import_job FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    );
    await work();
    await owner("DROP TRIGGER dies ON import_job");
    expect(await stored("SELECT 1 FROM intake_key WHERE client_id IN ('n-dead-1', 'n-left-1')")).toHaveLength(
      2,
    );
    await world.as("web", () => endImport(job, { tenant: tenant.slug, id: givenUp.id, state: "cancelled" }));
    await work();
    const countsOf = async (id: string) =>
      (await world.as("web", () => getImport(job, id, { tenant: tenant.slug }))).counts;
    expect(await countsOf(again.id)).toEqual({
      ...{ records: 5, recorded: 1, duplicate: 2, joined: 1, rejected: 1, conflict: 0, ignored: 0 },
    });
    expect(await countsOf(givenUp.id)).toMatchObject({ recorded: 2, joined: 1, duplicate: 0 });
    const [ended] = await stored<{ detail: object }>(
      "SELECT detail FROM audit_event WHERE subject = $1 AND kind = 'import.ended'",
      [givenUp.id],
    );
    expect(ended?.detail).toMatchObject({ state: "cancelled", recorded: 2 });
    await world.as("web", () => finishImport(job, again.id, { tenant: tenant.slug }));
  });

  it("that is whole is ended once, however many say so at once, and none of them is refused", async () => {
    const { id } = await begin();
    const holder = new pg.Client({ connectionString: world.database.ownerUrl });
    await holder.connect();
    try {
      await holder.query(
        `BEGIN; SET LOCAL domicile.read_tenants = '${tenant.id}'; SET LOCAL domicile.write_tenant = '${tenant.id}'`,
      );
      await holder.query("SELECT 1 FROM import_job WHERE id = $1 FOR UPDATE", [id]);
      const said = [1, 2].map(() => world.as("web", () => finishImport(job, id, { tenant: tenant.slug })));
      // Both have asked, and find it open one after the other.
      await vi.waitFor(async () => {
        const { rows } = await holder.query(
          `SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid IN
             (SELECT pid FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
        );
        expect(rows).toHaveLength(2);
      });
      await holder.query("COMMIT");
      await Promise.all(said);
    } finally {
      await holder.end();
    }
    expect(await world.as("web", () => getImport(job, id, { tenant: tenant.slug }))).toMatchObject({
      state: "done",
    });
    const ended = "SELECT 1 FROM audit_event WHERE subject = $1 AND kind = 'import.ended'";
    expect(await stored(ended, [id])).toHaveLength(1);
  });

  it("of an import that is given up while it is to be recorded is recorded no more", async () => {
    const { id } = await begin();
    const own = native("late-own", { host: "localhost:8787", gatewayCallId: v7() });
    await give(id, 0, split("lines", [native("late"), own].join("\n")));
    const holder = new pg.Client({ connectionString: world.database.ownerUrl });
    await holder.connect();
    try {
      await holder.query(
        `BEGIN; SET LOCAL domicile.read_tenants = '${tenant.id}'; SET LOCAL domicile.write_tenant = '${tenant.id}'`,
      );
      await holder.query("SELECT 1 FROM recording_head WHERE tenant_id = $1 FOR UPDATE", [tenant.id]);
      const recording = work();
      // It has read the piece, and waits for its turn to record it.
      await vi.waitFor(async () => {
        const { rows } = await holder.query("SELECT 1 FROM pg_locks WHERE NOT granted");
        expect(rows).not.toEqual([]);
      });
      await holder.query("DELETE FROM import_part WHERE import_id = $1", [id]);
      await holder.query("UPDATE import_job SET state = 'cancelled', ended_at = now() WHERE id = $1", [id]);
      await holder.query("COMMIT");
      await recording;
    } finally {
      await holder.end();
    }
    expect(await stored("SELECT 1 FROM intake_key WHERE client_id IN ('n-late', 'n-late-own')")).toEqual([]);
    expect((await world.as("web", () => getImport(job, id, { tenant: tenant.slug }))).counts).toMatchObject({
      ...{ recorded: 0, joined: 0, rejected: 0 },
    });
  });
});

describe("a row without an id", () => {
  const person = "anna.svensson@customer.example";
  const csv = {
    headers: ["at", "host", "user", "gateway_call_id"],
    mapping: {
      columns: { startedAt: "at", host: "host", endUser: "user", gatewayCallId: "gateway_call_id" },
      hostSource: "log" as const,
      delimiter: "," as const,
    },
  };
  const change = { format: "csv" as const, fileName: "log.csv", csv };
  const rows = split(
    "csv",
    [
      "at,host,user,gateway_call_id",
      `${recently},eu.api.openai.com,${person},`,
      `${recently},localhost:8787,${person},${v7()}`,
      `2020-01-01T00:00:00Z,eu.api.openai.com,${person},`,
    ].join("\n"),
  ).slice(1);
  const plain = rows.map(
    ({ line, text }) =>
      `row:${createHash("sha256")
        .update(text ?? "")
        .digest("hex")
        .slice(0, 32)}:${line}`,
  );
  const dumped = async () => {
    const rows = [];
    for (const table of [
      "intake_key",
      "corroboration",
      "import_error",
      "import_tried",
      "import_job",
      "audit_event",
    ])
      rows.push(await stored<{ row: string }>(`SELECT t::text AS row FROM ${table} t`));
    return JSON.stringify(rows);
  };

  it("is known by no hash that somebody who guesses the row could compute", async () => {
    expect((await whole(rows, change)).counts).toMatchObject({ recorded: 1, joined: 1, rejected: 1 });
    expect((await whole(rows, { ...change, dryRun: true })).counts).toMatchObject({
      duplicate: 2,
      rejected: 1,
    });
    const tables = await dumped();
    for (const { text } of rows) {
      const digest = createHash("sha256")
        .update(text ?? "")
        .digest();
      for (const form of [digest.toString("hex").slice(0, 32), digest.toString("base64").slice(0, 20)])
        expect(tables).not.toContain(form);
    }
  });

  it("that was recorded under such a hash is known when its file comes again, before the worker has keyed it and after", async () => {
    const own = await world.addTenant("plain-rows");
    const scope = { read: [own.id], write: own.id };
    const before = tenant;
    tenant = own;
    try {
      expect((await whole(rows, change)).counts).toMatchObject({ recorded: 1, joined: 1, rejected: 1 });
      // As a program of before left them.
      const keyed = rows.map(({ line, text }) => rowId(own.id, line, text ?? "").id);
      const set = async (table: string, i: number) => {
        await world.sql("owner", {}, `ALTER TABLE ${table} DISABLE TRIGGER USER`);
        await world.sql("owner", scope, `UPDATE ${table} SET client_id = $1 WHERE client_id = $2`, [
          plain[i],
          keyed[i],
        ]);
        await world.sql("owner", {}, `ALTER TABLE ${table} ENABLE TRIGGER USER`);
      };
      await set("intake_key", 0);
      await set("intake_key", 1);
      await set("corroboration", 1);
      await set("import_error", 2);
      expect((await whole(rows, { ...change, dryRun: true })).counts).toMatchObject({ duplicate: 2 });
      expect((await whole(rows, change)).counts).toMatchObject({ recorded: 0, joined: 0, duplicate: 2 });
      await set("intake_key", 0);
      expect(await world.as("worker", keyRowIds)).toBe(3);
      expect(await world.as("worker", keyRowIds)).toBe(0);
      expect((await whole(rows, change)).counts).toMatchObject({ recorded: 0, joined: 0, duplicate: 2 });
      const tables = await dumped();
      for (const id of plain) expect(tables).not.toContain(id);
      if (onCluster) return;
      for (const table of ["intake_key", "corroboration"])
        await expect(
          world.sql("worker", scope, `UPDATE ${table} SET client_id = client_id || 'x'`),
        ).rejects.toThrow(/refused/);
    } finally {
      tenant = before;
    }
  });

  it("that waited in a piece from before is recorded under a keyed id", async () => {
    const { id } = await begin(change);
    const at = split("csv", `${recently},us.api.openai.com,${person},`).map((row) => ({ ...row, line: 99 }));
    await give(id, 0, at);
    const place = { tenantId: tenant.id, importId: id, seq: 0 };
    const [part] = await stored<{ sealed: Buffer }>("SELECT sealed FROM import_part WHERE import_id = $1", [
      id,
    ]);
    if (!part) throw new Error("No piece waits.");
    const old = openPart(part.sealed, place).map(({ formerId = "", ...each }) => ({
      ...each,
      report: { ...each.report, clientId: formerId },
    }));
    await world.sql(
      "owner",
      { read: [tenant.id], write: tenant.id },
      "UPDATE import_part SET sealed = $2 WHERE import_id = $1",
      [id, sealPart(old, place)],
    );
    await work();
    const ids = await stored<{ id: string }>(
      "SELECT client_id AS id FROM intake_key WHERE client_id LIKE 'row%:99'",
    );
    expect(ids).toEqual([{ id: expect.stringMatching(/^row2:/) }]);
    await world.as("web", () => finishImport(job, id, { tenant: tenant.slug }));
    await work();
  });
});

describe("the line of a file's columns", () => {
  const preview = (records: RawRecord[]) =>
    world.as("web", () => previewImport(job, { tenant: tenant.slug, format: "csv", records }));
  it.each([
    ["is not there", [], /^The file is empty/],
    ["is too long to be read", [{ line: 1, text: null }], /longer than 4 MiB/],
    ["is not closed", [{ line: 1, text: '"at,host' }], /a quote in it left open/],
    ["has too many columns", [{ line: 1, text: "a,".repeat(500) }], /has 501 columns; at most 500/],
    ["has a name too long", [{ line: 1, text: `at,${"x".repeat(201)}` }], /column 2 is longer than 200/],
  ])("that %s is said to be so", async (_, records, words) => {
    expect((await preview(records)).problems).toEqual([expect.stringMatching(words)]);
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

it("records that are refused are all counted, and the first ten thousand told", async () => {
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
