import { describe, expect, it } from "vitest";
import { attackWorld } from "../testing/attack-world.ts";

/** What a superuser of the database can do to a history. Each attack must be reported, in words and at the right index. */
const { signers, attack, signedLog, layOneByOne, found, frozen, fsckOf, passOver, forge, recompute } =
  attackWorld();

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
    await signers().append(log, 4);
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
    await signers().append(log, 6);
    await layOneByOne(log);
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
    await signers().append(log, 5);
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
    await signers().append(log, 1);
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

describe("a log by a name that no program of ours gives", () => {
  it("is not watched, reaches no file and no key of the signer's, and keeps no other log from being signed", async () => {
    const log = await signedLog();
    const { size } = signers().memory(log);
    await signers().append(log, 2);
    await attack("ALTER TABLE ledger_log DROP CONSTRAINT ledger_log_origin");
    await attack(
      "INSERT INTO ledger_log (tenant_id, epoch, origin, opened_at) VALUES ($1, 7, $2, now())",
      log,
      "domicile.ledger/../../signer key/e7",
    );
    expect(await passOver(log)).toMatchObject({ signed: 1, failed: 0 });
    expect(signers().memory(log).size).toBe(size + 2);
    expect(() => signers().memory(log, 7)).toThrow();
    const { rows } = await attack(
      "SELECT kind, sentence FROM signer_statement WHERE kind = 'alarm' ORDER BY at DESC LIMIT 1",
    );
    expect(rows[0]?.sentence).toContain("names a log that no program of ours names so");
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
    expect(rows[0].document).toContain(signers().memory(log).origin);
  });
});
