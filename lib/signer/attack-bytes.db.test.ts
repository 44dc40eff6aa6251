import { describe, expect, it } from "vitest";
import { attackWorld, flip } from "../testing/attack-world.ts";

/** What a superuser of the database can do to stored bytes. Each attack must be reported, in words and at the right index. */
const { signers, attack, signedLog, found, frozen, fsckOf, passOver, forge, recompute } = attackWorld();
const body = (edit: string) => `UPDATE ledger_body SET bytes = ${edit} WHERE tenant_id = $1 AND index = $2`;

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
    await signers().append(log, 2);
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
