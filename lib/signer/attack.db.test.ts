import pg from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "../services/calls/record-calls.ts";
import { checkRows } from "../services/ledger/check-rows.ts";
import { openSignerStore } from "../services/ledger/signer-store.ts";
import { type OwnDatabaseServer, startOwnDatabaseServer } from "../testing/own-database-server.ts";
import { createSignerWorld, type SignerWorld } from "../testing/signer-world.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { fsckTree } from "./fsck-tree.ts";
import type { Signer } from "./signer.ts";

/**
 * A superuser of the database, triggers and foreign keys off: who can do everything there but sign. Each attack is made on
 * a log of its own, and each must be reported, in words and at the right index.
 */
let server: OwnDatabaseServer;
let world: StoreWorld;
let signers: SignerWorld;
let superuser: pg.Client;

beforeAll(async () => {
  server = await startOwnDatabaseServer({ durable: false });
  world = await createStoreWorld(server.database);
  signers = createSignerWorld(world);
  superuser = new pg.Client({ connectionString: server.superuserUrl });
  await superuser.connect();
  const { rows } = await superuser.query(
    "SELECT relname FROM pg_class WHERE relname LIKE 'ledger\\_%' AND relkind IN ('r', 'p')",
  );
  await superuser.query("SET session_replication_role = replica");
  for (const { relname } of rows) await superuser.query(`ALTER TABLE ${relname} DISABLE TRIGGER ALL`);
  await superuser.query("ALTER TABLE call DISABLE TRIGGER ALL");
});
afterAll(async () => {
  await superuser.end();
  signers.drop();
  await world.drop();
});

type Said = { kind: string; at: number | null; sentence: string; found: string[] };

/** Every statement about a log, newest last. */
async function said(tenantId: string): Promise<Said[]> {
  const { rows } = await superuser.query(
    `SELECT kind, at_index::int AS at, sentence, detail -> 'found' AS found FROM signer_statement
      WHERE tenant_id = $1 ORDER BY signer_statement.at, id`,
    [tenantId],
  );
  return rows.map(({ found, ...row }) => ({ ...row, found: found ?? [] }));
}

const attack = (text: string, ...values: unknown[]) => superuser.query(text, values);

/** A signer that looks at this one log: the others of this file are each somebody else's attack. */
function signerOf(tenantId: string): Signer {
  const known = signerByLog.get(tenantId);
  if (known) return known;
  const signer = signers.open();
  const logs = () => openSignerStore().logs(tenantId);
  signer.logs.clear();
  const own = { ...signer, store: { ...signer.store, logs } };
  signerByLog.set(tenantId, own);
  return own;
}
const signerByLog = new Map<string, Signer>();

const passOver = (tenantId: string) => signers.pass(signerOf(tenantId));
const fsckOf = (tenantId: string) => world.as("signer", () => fsckTree(signerOf(tenantId)));

/** Entry 0 opens the log. Batches of 4, 3, 5 and 4 entries, each signed; then 256 and 8. 280 in all. */
async function signedLog(...batches: number[]): Promise<string> {
  const log = v7();
  for (const size of batches.length > 0 ? batches : [3, 3, 5, 4]) {
    await signers.append(log, size);
    await passOver(log);
  }
  return log;
}

/** What the full check says of a log, in the order of the walk. */
async function found(tenantId: string): Promise<string[]> {
  await fsckOf(tenantId);
  return (await said(tenantId)).findLast(({ kind }) => kind === "fsck_finished")?.found ?? [];
}

const frozen = async (tenantId: string) => (await said(tenantId)).find(({ kind }) => kind === "frozen");
const body = (edit: string) => `UPDATE ledger_body SET bytes = ${edit} WHERE tenant_id = $1 AND index = $2`;
const flip = (column: string, at = 0) => `set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;

describe("a log that nobody touched", () => {
  it("is found whole, and says how much of it was read", async () => {
    const log = await signedLog(3, 600);
    const { ok, lines } = await fsckOf(log);
    expect(ok).toBe(true);
    expect(lines[0]).toContain(
      "All 604 entries were read and hashed again: bytes, tree, tiles and 2 signatures agree.",
    );
    expect(await frozen(log)).toBeUndefined();
  });
});

describe("2.17 #1: the tail is deleted", () => {
  const cut = async (log: string, from: number) => {
    for (const table of ["ledger_body", "ledger_entry"])
      await attack(`DELETE FROM ${table} WHERE tenant_id = $1 AND index >= $2`, log, from);
    await attack("DELETE FROM ledger_batch WHERE tenant_id = $1 AND end_index > $2", log, from);
  };

  it("the last batch with everything that speaks of it: the signer freezes at the first one missing", async () => {
    const log = await signedLog();
    await cut(log, 12);
    await attack("DELETE FROM ledger_checkpoint WHERE tenant_id = $1 AND size > 12", log);
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      at: 12,
      sentence: expect.stringContaining(
        "The log holds 12 entries, 16 were signed: entries 12 to 15 are missing from its end.",
      ),
    });
    const words = await found(log);
    for (const index of [12, 13, 14, 15])
      expect(words.join()).toContain(`Entry ${index} is missing from the end`);
  });

  it("all entries; and the whole log with its name", async () => {
    const [emptied, gone] = [await signedLog(), await signedLog()];
    await cut(emptied, 0);
    await passOver(emptied);
    expect(await frozen(emptied)).toMatchObject({
      at: 0,
      sentence: expect.stringContaining("The log holds 0 entries, 16 were signed"),
    });
    await cut(gone, -1);
    for (const table of ["ledger_checkpoint", "ledger_log"])
      await attack(`DELETE FROM ${table} WHERE tenant_id = $1`, gone);
    await passOver(gone);
    expect(await frozen(gone)).toMatchObject({
      at: 0,
      sentence: "The whole log is gone. 16 entries of it were signed.",
    });
  });

  it("and a shorter history grown to the same size: the root gives it away", async () => {
    const log = await signedLog();
    await cut(log, 12);
    await attack("DELETE FROM ledger_checkpoint WHERE tenant_id = $1 AND size > 12", log);
    await signers.append(log, 4);
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      sentence: expect.stringContaining("The log at size 16 has another root than the one that was signed"),
    });
    expect(await found(log)).toContainEqual(
      expect.stringContaining("the history between 12 and 16 is not the one that was signed"),
    );
  });
});

describe("2.17 #2: something is deleted elsewhere", () => {
  it("a prefix, an interior entry, and two neighbours: each is named as missing, at its place", async () => {
    const log = await signedLog();
    for (const table of ["ledger_body", "ledger_entry"])
      await attack(`DELETE FROM ${table} WHERE tenant_id = $1 AND index = ANY('{0,1,5,8,9}')`, log);
    const words = await found(log);
    expect(words.slice(0, 5)).toEqual(
      [0, 1, 5, 8, 9].map((index) => `Entry ${index} is missing: its row and its bytes were deleted.`),
    );
    expect(words).toHaveLength(5);
  });

  it("only bytes, or only the row: the other half says so", async () => {
    const log = await signedLog();
    await attack("DELETE FROM ledger_body WHERE tenant_id = $1 AND index = 6", log);
    await attack("DELETE FROM ledger_entry WHERE tenant_id = $1 AND index = 7", log);
    expect(await found(log)).toEqual([
      "The bytes of entry 6 are missing: they were deleted. Its leaf hash is still there.",
      "The row of entry 7 is missing: it was deleted. Its bytes are still there.",
    ]);
  });

  it("before it was ever signed: the signer reads the bytes and freezes at the missing one", async () => {
    const log = await signedLog();
    await signers.append(log, 6);
    await attack("DELETE FROM ledger_body WHERE tenant_id = $1 AND index = 18", log);
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      at: 18,
      sentence: expect.stringContaining("The bytes of entry 18 are missing"),
    });
  });

  it("a batch in the middle: the chain breaks where it began", async () => {
    const log = await signedLog();
    await attack("DELETE FROM ledger_batch WHERE tenant_id = $1 AND end_index = 7", log);
    const words = (await found(log)).join("\n");
    expect(words).toContain("The batch that begins at 4 is missing: it was deleted.");
    expect(words).toContain("Size 7 was signed at");
  });
});

describe("2.17 #4: one bit of every stored class of bytes", () => {
  it.each([
    [
      "bytes",
      body(flip("bytes", 60)),
      /^The bytes of entry 5 (were changed: they are not those the tree was made of|are no entry)/,
    ],
    [
      "leaf hash",
      `UPDATE ledger_entry SET leaf_hash = ${flip("leaf_hash")} WHERE tenant_id = $1 AND index = $2`,
      /^The leaf hash of entry 5 was changed; its bytes are those the tree was made of/,
    ],
    [
      "type of the row",
      "UPDATE ledger_entry SET type = 'call' WHERE tenant_id = $1 AND index = $2",
      /^The row of entry 5 says "call", its bytes say "event"/,
    ],
    [
      "time of the row",
      "UPDATE ledger_entry SET appended_at = appended_at + interval '1 millisecond' WHERE tenant_id = $1 AND index = $2",
      /^The row of entry 5 says it was appended at/,
    ],
    [
      "batch of the row",
      "UPDATE ledger_entry SET batch_end = 12 WHERE tenant_id = $1 AND index = $2",
      /^The row of entry 5 names the batch that ends at 12, not 7/,
    ],
  ])("%s of an entry", async (_what, text, words) => {
    const log = await signedLog();
    await attack(text, log, 5);
    const all = await found(log);
    expect(all.some((each) => words.test(each))).toBe(true);
    for (const each of all) expect(each).toMatch(/entry 5/);
  });

  it.each([
    ["root", /^The root of the batch of entries 4 to 6 is not that of its entries/],
    ["frontier", /^The frontier of the batch of entries 4 to 6 is not that of its entries/],
  ])("%s of a batch", async (column, words) => {
    const log = await signedLog();
    await attack(
      `UPDATE ledger_batch SET ${column} = ${flip(column)} WHERE tenant_id = $1 AND end_index = 7`,
      log,
    );
    expect(await found(log)).toEqual([expect.stringMatching(words)]);
  });

  it("hash and root of a tile", async () => {
    const log = await signedLog(3, 600);
    await attack(
      `UPDATE ledger_tile SET hashes = ${flip("hashes", 32 * 44 + 7)} WHERE tenant_id = $1 AND n = 1`,
      log,
    );
    expect(await found(log)).toEqual([
      "Tile 0/1 (entries 256 to 511) holds another hash for entry 300: it was changed.",
      "The root stored beside tile 0/1 is not the root of its hashes: it was changed.",
    ]);
    await attack("DELETE FROM ledger_tile WHERE tenant_id = $1 AND n = 0", log);
    expect((await found(log))[0]).toBe("Tile 0/0 (entries 0 to 255) is missing: it was deleted.");
  });

  it.each([
    [
      "text of a note",
      "note = replace(note, chr(10) || '7' || chr(10), chr(10) || '6' || chr(10))",
      /was changed: /,
    ],
    [
      "signature of a note",
      "note = overlay(note placing 'AAAA' from length(note) - 40)",
      /was changed: The signature that names the key/,
    ],
    ["root beside a note", `root = ${flip("root")}`, /was changed: its row names another root/],
    ["time beside a note", "signed_at = signed_at + interval '1 second'", /is missing: it was deleted/],
  ])("%s", async (_what, edit, words) => {
    const log = await signedLog();
    await attack(`UPDATE ledger_checkpoint SET ${edit} WHERE tenant_id = $1 AND size = 7`, log);
    const [first] = await found(log);
    expect(first).toMatch(/^The checkpoint for size 7, signed at/);
    expect(first).toMatch(words);
  });

  it("bytes and leaf hash together, so that both agree: the batch, and a whole tile, do not", async () => {
    const log = await signedLog();
    await forge(log, 5);
    expect(await found(log)).toEqual([
      expect.stringMatching(/^The entries from [45] to 6 do not lead to the root of their batch/),
    ]);
    const big = await signedLog(3, 600);
    await forge(big, 300);
    expect(await found(big)).toContain(
      "Tile 0/1 (entries 256 to 511) holds another hash for entry 300: it was changed.",
    );
  });

  it("bytes, hash, and every batch after them: the signed sizes give it away", async () => {
    const log = await signedLog();
    await forge(log, 5);
    await recompute(log);
    const words = await found(log);
    expect(words[0]).toContain("The entries below 7 do not lead to the root that was signed for that size");
    expect(words[0]).toContain("the history between 4 and 7 is not the one that was signed");
    expect(await frozen(log)).toMatchObject({ at: 4 });
  });
});

describe("moved, inserted, foreign", () => {
  it("two entries change places: each says where it belongs", async () => {
    const log = await signedLog();
    for (const [from, to] of [
      [8, 99],
      [10, 8],
      [99, 10],
    ])
      await attack("UPDATE ledger_body SET index = $3 WHERE tenant_id = $1 AND index = $2", log, from, to);
    const words = (await found(log)).join("\n");
    expect(words).toContain("The bytes stored as entry 8 say that they are entry 10: they were moved.");
    expect(words).toContain("The bytes stored as entry 10 say that they are entry 8: they were moved.");
  });

  it("a row behind the end, and a second set of bytes", async () => {
    const log = await signedLog();
    await attack(
      `INSERT INTO ledger_body SELECT tenant_id, epoch, index, appended_at + interval '1 millisecond', bytes FROM ledger_body
        WHERE tenant_id = $1 AND index = 9`,
      log,
    );
    await attack(
      `INSERT INTO ledger_entry SELECT tenant_id, epoch, 20, 21, type, leaf_hash, appended_at FROM ledger_entry
        WHERE tenant_id = $1 AND index = 9`,
      log,
    );
    expect(await found(log)).toEqual([
      "Entry 9 has 2 sets of bytes: some were inserted.",
      "Entry 20 stands behind the end of the log: it was inserted.",
    ]);
  });

  it("2.17 #8: a valid entry of another log in the place of ours", async () => {
    const [log, other] = [await signedLog(), await signedLog()];
    await attack(
      `UPDATE ledger_body SET bytes = (SELECT bytes FROM ledger_body WHERE tenant_id = $2 AND index = 5)
        WHERE tenant_id = $1 AND index = 5`,
      log,
      other,
    );
    expect((await found(log)).join("\n")).toMatch(
      /The bytes stored as entry 5 belong to another log, domicile\.ledger\//,
    );
  });

  it("bytes that are no longer canonical, with a leaf hash to fit, before they are signed", async () => {
    const log = await signedLog();
    await signers.append(log, 2);
    const { rows } = await attack("SELECT bytes FROM ledger_body WHERE tenant_id = $1 AND index = 17", log);
    await forge(log, 17, Buffer.from(` ${rows[0].bytes.toString()}`));
    await recompute(log);
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      at: 17,
      sentence: expect.stringContaining("is not canonical"),
    });
  });
});

describe("2.17 #9, #10: set back, and forked", () => {
  it("an older dump: copies of all tables from before the last signatures", async () => {
    const log = await signedLog(3, 3);
    const tables = [
      "ledger_log",
      "ledger_batch",
      "ledger_entry",
      "ledger_body",
      "ledger_tile",
      "ledger_checkpoint",
    ];
    for (const table of tables)
      await attack(`CREATE TEMP TABLE old_${table} AS SELECT * FROM ${table} WHERE tenant_id = '${log}'`);
    await signers.append(log, 5);
    await passOver(log);
    for (const table of tables) {
      await attack(`DELETE FROM ${table} WHERE tenant_id = $1`, log);
      await attack(`INSERT INTO ${table} SELECT * FROM old_${table}`);
    }
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      at: 7,
      sentence: expect.stringContaining("They were deleted, or the database was set back."),
    });
  });

  it("two checkpoints in a row are deleted: both are named", async () => {
    const log = await signedLog();
    await attack("DELETE FROM ledger_checkpoint WHERE tenant_id = $1 AND size IN (7, 12)", log);
    const words = await found(log);
    expect(words).toHaveLength(2);
    expect(words[0]).toMatch(/^The checkpoint for size 7, signed at .* is missing: it was deleted\.$/);
    expect(words[1]).toMatch(/^The checkpoint for size 12, signed at .* is missing: it was deleted\.$/);
  });

  it("a second signer's checkpoint: the log is frozen, and the check names the foreign one", async () => {
    const log = await signedLog();
    await attack(
      `INSERT INTO ledger_checkpoint SELECT tenant_id, epoch, size, signed_at + interval '1 hour', root, note
         FROM ledger_checkpoint WHERE tenant_id = $1 AND size = 16`,
      log,
    );
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      at: 16,
      sentence: expect.stringContaining("Another signer has signed"),
    });
    await attack(
      `INSERT INTO ledger_checkpoint SELECT tenant_id, epoch, size, signed_at - interval '1 hour', root, note
         FROM ledger_checkpoint WHERE tenant_id = $1 AND size = 7`,
      log,
    );
    expect((await found(log))[0]).toMatch(
      /^The checkpoint for size 7 of .* was not signed by this signer: it was inserted\.$/,
    );
  });

  it("another history of the same size, consistent in itself: the root gives it away", async () => {
    const log = await signedLog();
    for (const index of [13, 14]) await forge(log, index);
    await recompute(log);
    await signers.append(log, 1);
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      sentence: expect.stringContaining("what lies below it was changed"),
    });
    expect((await found(log))[0]).toContain("the history between 12 and 16 is not the one that was signed");
  });

  it("an epoch that no signer ordered", async () => {
    const log = await signedLog();
    await attack(
      `INSERT INTO ledger_log SELECT tenant_id, 2, replace(origin, '/e1', '/e2'), opened_at FROM ledger_log WHERE tenant_id = $1`,
      log,
    );
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      sentence: "Epoch 2 was opened although this signer did not seal the one before.",
    });
  });
});

describe("a trust root of somebody else's", () => {
  it("in the store is named, and the signer's own is published again", async () => {
    const log = await signedLog(3);
    await attack(
      "INSERT INTO ledger_trust_root (version, at, document) SELECT max(version) + 1, now(), '{}' FROM ledger_trust_root",
    );
    const { ok, lines } = await fsckOf(log);
    expect({ ok, last: lines.at(-1) }).toEqual({
      ok: false,
      last: "The newest trust root in the store is not the one this signer published. Its own is published again.",
    });
    await passOver(log);
    const { rows } = await attack("SELECT document FROM ledger_trust_root ORDER BY version DESC LIMIT 1");
    expect(rows[0].document).toContain(signers.memory(log).origin);
  });
});

describe("the tables that dashboards read", () => {
  let tenant: StoreTenant;
  const said = async () => (await world.as("worker", () => checkRows(new Date(), "now"))).lines.join("\n");
  beforeAll(async () => {
    tenant = await world.addTenant("bank");
    const calls = Array.from({ length: 6 }, (_, i) =>
      callAt(tenant, `2026-11-03T10:00:0${i}.123Z`, {
        host: i === 2 ? "api.openai.com" : "eu.api.openai.com",
        clientRequestId: `req-${i}`,
        endUser: `user-${i}`,
      }),
    );
    await world.as("gateway", () => recordCalls(tenant.id, calls));
  });

  it("agree with the ledger where nobody touched them", async () => {
    const { differences, lines } = await world.as("worker", () => checkRows(new Date(), "now"));
    expect({ differences, lines }).toMatchObject({ differences: 0 });
  });

  it.each([
    ["verdict", "verdict = 'compliant', band = 'permitted'", /entry (\d+) was changed: .*verdict/],
    ["host", "host = 'eu.api.openai.com', host_dim = 'eu.api.openai.com'", /was changed: .*host/],
    ["facts", 'facts = facts || \'{"modelRequested": "gpt-9"}\'', /was changed: .*facts/],
    ["policy version", "policy_version = 2", /was changed: .*policy/],
    ["tokens", "input_tokens = 1", /was changed: .*usage/],
    ["time of the end", "ended_at = ended_at + interval '1 millisecond'", /was changed: .*ended_at/],
  ])("an edited %s", async (_what, edit, words) => {
    const where = `WHERE tenant_id = '${tenant.id}' AND verdict = 'violation'`;
    const { rows } = await attack(`SELECT id, started_at, ledger_index FROM call ${where}`);
    const { id, started_at: start, ledger_index: index } = rows[0];
    await attack("CREATE TEMP TABLE kept AS SELECT * FROM call WHERE id = $1".replace("$1", `'${id}'`));
    await attack(
      `UPDATE call SET ${edit} WHERE tenant_id = $1 AND started_at = $2 AND id = $3`,
      tenant.id,
      start,
      id,
    );
    const text = await said();
    await attack(
      "DELETE FROM call WHERE tenant_id = $1 AND started_at = $2 AND id = $3",
      tenant.id,
      start,
      id,
    );
    await attack("INSERT INTO call SELECT * FROM kept");
    await attack("DROP TABLE kept");
    expect(text).toContain(`The row of the call in entry ${index}`);
    expect(text).toMatch(words);
  });

  it("2.17 #6: a call from before the ledger is left alone; one that only claims to be is not", async () => {
    const columns = "tenant_id, started_at, id, seq";
    const { rows } = await attack(
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'call' AND column_name NOT IN ('id', 'seq', 'ledger_epoch', 'ledger_index', 'tenant_id', 'started_at')",
    );
    const others = rows.map(({ column_name }) => column_name).join(", ");
    const copy = (seq: string) =>
      attack(
        `INSERT INTO call (${columns}, ${others}) SELECT tenant_id, started_at, gen_random_uuid(), ${seq}, ${others}
           FROM call WHERE tenant_id = $1 AND ledger_index IS NOT NULL ORDER BY seq DESC LIMIT 1 RETURNING id`,
        tenant.id,
      );
    await attack("UPDATE call SET seq = seq + 10 WHERE tenant_id = $1", tenant.id);
    const before = (await copy("1")).rows[0].id;
    expect(await said()).not.toContain(before);
    const after = (await copy("seq + 1")).rows[0].id;
    expect(await said()).toContain(
      `The call row ${after} names no entry, although it was recorded after calls that do`,
    );
    await attack("DELETE FROM call WHERE tenant_id = $1 AND ledger_index IS NULL", tenant.id);
  });

  it("a deleted call, an inserted one, an attempt, an opening, an event", async () => {
    const { rows } = await attack(
      "SELECT id, ledger_index AS index FROM call WHERE tenant_id = $1 ORDER BY ledger_index",
      tenant.id,
    );
    const [first, second, , fourth, fifth] = rows;
    await attack("DELETE FROM call WHERE tenant_id = $1 AND id = $2", tenant.id, first.id);
    await attack(
      "UPDATE call SET id = gen_random_uuid() WHERE tenant_id = $1 AND id = $2",
      tenant.id,
      second.id,
    );
    await attack(
      "UPDATE attempt SET status = 500 WHERE tenant_id = $1 AND call_id = $2",
      tenant.id,
      fourth.id,
    );
    await attack(
      "DELETE FROM ledger_opening WHERE tenant_id = $1 AND index = $2 AND field = 'end_user'",
      tenant.id,
      fifth.index,
    );
    await attack(
      `UPDATE ledger_opening SET sealed = ${flip("sealed", 40)} WHERE tenant_id = $1 AND index = $2 AND field = 'end_user'`,
      tenant.id,
      fourth.index,
    );
    await attack(
      "UPDATE audit_event SET actor_name = 'Nobody' WHERE tenant_id = $1 AND ledger_index = 1",
      tenant.id,
    );
    const text = await said();
    expect(text).toContain(`The row of the call in entry ${first.index} is missing`);
    expect(text).toContain(`The row of the call in entry ${second.index} is missing`);
    expect(text).toContain(`The row of the call in entry ${fourth.index} was changed: attempts`);
    expect(text).toContain(`The opening of end_user in entry ${fifth.index} is missing`);
    expect(text).toContain(`The opening of end_user in entry ${fourth.index} was changed`);
    expect(text).toContain("The row of the event in entry 1 was changed.");
  });
});

/** Puts other bytes into the place of an entry, still valid ones, and a leaf hash to fit. */
async function forge(log: string, index: number, given?: Buffer): Promise<void> {
  const { rows } = await attack(
    "SELECT bytes FROM ledger_body WHERE tenant_id = $1 AND index = $2",
    log,
    index,
  );
  const bytes = given ?? Buffer.from(rows[0].bytes.toString().replace("thing.done", "thing.gone"));
  await attack("UPDATE ledger_body SET bytes = $3 WHERE tenant_id = $1 AND index = $2", log, index, bytes);
  await attack(
    "UPDATE ledger_entry SET leaf_hash = sha256('\\x00'::bytea || $3::bytea) WHERE tenant_id = $1 AND index = $2",
    log,
    index,
    bytes,
  );
}

/** Root and frontier of every batch anew, from the stored leaf hashes: what an attacker with time would do. */
async function recompute(log: string): Promise<void> {
  const { appendLeaves, emptyFrontier, rootOf } = await import("../core/ledger/tree.ts");
  const { nodeCrypto } = await import("../services/ledger/node-crypto.ts");
  const leaves = (await attack("SELECT leaf_hash FROM ledger_entry WHERE tenant_id = $1 ORDER BY index", log))
    .rows;
  const { rows } = await attack(
    "SELECT end_index::int AS end FROM ledger_batch WHERE tenant_id = $1 AND end_index > 0",
    log,
  );
  for (const { end } of rows) {
    const tree = appendLeaves(
      nodeCrypto,
      emptyFrontier,
      leaves.slice(0, end).map(({ leaf_hash }) => leaf_hash),
    );
    await attack(
      "UPDATE ledger_batch SET root = $3, frontier = $4 WHERE tenant_id = $1 AND end_index = $2",
      log,
      end,
      Buffer.from(rootOf(nodeCrypto, tree)),
      Buffer.concat(tree.hashes),
    );
  }
}
