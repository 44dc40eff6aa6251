import { zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { proveEntry } from "../services/ledger/prove-entry.ts";
import { LedgerDamaged } from "../services/ledger/tile-reader.ts";
import { attackWorld, flip } from "../testing/attack-world.ts";
import { bytesOfRow } from "../testing/ledger-bytes.ts";

/** What a superuser can do to bytes that lie in bundles: each attack is reported at the entries it touches. */
const { world, signers, attack, bundledLog, found, frozen, fsckOf, passOver } = attackWorld();

const where = "WHERE tenant_id = $1 AND bundled IS NOT NULL AND index <= $2 AND index + bundled > $2";

/** Packs the bundle of an entry anew, with other lines. Answers the index of its first. */
async function repack(log: string, index: number, edit: (lines: string[]) => string[]): Promise<number> {
  const { rows } = await attack(`SELECT index::int, bytes, bundled FROM ledger_body ${where}`, log, index);
  const lines = edit(bytesOfRow(rows[0]).map((bytes) => bytes.toString("utf8")));
  const bytes = zstdCompressSync(lines.map((line) => `${line}\n`).join(""));
  await attack(`UPDATE ledger_body SET bytes = $3, bundled = $4 ${where}`, log, index, bytes, lines.length);
  return rows[0].index;
}

describe("bundles that nobody touched", () => {
  it("are found whole, and are what a larger batch lies in", async () => {
    const log = await bundledLog(3, 150, 20);
    const { ok, lines } = await fsckOf(log);
    expect(ok).toBe(true);
    expect(lines[0]).toContain("All 174 entries were read and hashed again");
    expect(await frozen(log)).toBeUndefined();
    const { rows } = await attack(
      "SELECT index::int, bundled FROM ledger_body WHERE tenant_id = $1 AND bundled IS NOT NULL ORDER BY index",
      log,
    );
    expect(rows).toEqual([
      { index: 0, bundled: 4 },
      { index: 4, bundled: 50 },
      { index: 54, bundled: 50 },
      { index: 104, bundled: 50 },
      { index: 154, bundled: 20 },
    ]);
  });
});

describe("bundles that somebody changed", () => {
  it("one entry in it: it alone is named", async () => {
    const log = await bundledLog(3, 30);
    await repack(log, 17, (lines) =>
      lines.map((line, i) => (i === 13 ? line.replace("thing.done", "thing.gone") : line)),
    );
    const words = await found(log);
    expect(words).toEqual([expect.stringMatching(/^The bytes of entry 17 were changed/)]);
  });

  it("two entries that change places: each says where it belongs", async () => {
    const log = await bundledLog(3, 30);
    await repack(log, 10, (lines) => {
      const moved = [...lines];
      [moved[2], moved[5]] = [moved[5] ?? "", moved[2] ?? ""];
      return moved;
    });
    const words = (await found(log)).join("\n");
    expect(words).toContain("The bytes stored as entry 6 say that they are entry 9: they were moved.");
    expect(words).toContain("The bytes stored as entry 9 say that they are entry 6: they were moved.");
  });

  it("one bit of the frame, or a frame that is none: no entry of it is taken for one", async () => {
    for (const edit of [flip("bytes", 40), "'\\x00'::bytea"]) {
      const log = await bundledLog(3, 6);
      await attack(`UPDATE ledger_body SET bytes = ${edit} ${where}`, log, 5);
      const words = (await found(log)).join("\n");
      for (const index of [4, 5, 6, 7, 8, 9])
        expect(words).toMatch(new RegExp(`The bytes of entry ${index} (are no entry|were changed)`));
      expect(words).not.toMatch(/entry [0-3] /);
    }
  });

  it("no entry of it is proven: whoever asks is told that the store was damaged", async () => {
    const log = await bundledLog(3, 6);
    await attack(`UPDATE ledger_body SET bytes = ${flip("bytes", 40)} ${where}`, log, 5);
    const prove = (index: number) => world().as("web", () => proveEntry(log, 1, index));
    await expect(prove(6)).rejects.toThrow(LedgerDamaged);
    expect(await prove(2)).toMatchObject({ state: "proven" });
  });

  it("the last entry left out: it is missing", async () => {
    const log = await bundledLog(3, 30);
    await repack(log, 10, (lines) => lines.slice(0, -1));
    expect(await found(log)).toEqual([
      "The bytes of entry 33 are missing: they were deleted. Its leaf hash is still there.",
    ]);
  });

  it("a bundle deleted before it was ever signed: the signer freezes at its first entry", async () => {
    const log = await bundledLog(3);
    await signers().append(log, 8);
    await attack(`DELETE FROM ledger_body ${where}`, log, 6);
    await passOver(log);
    expect(await frozen(log)).toMatchObject({
      at: 4,
      sentence: expect.stringContaining("The bytes of entry 4 are missing"),
    });
  });

  it("a bundle over another: its entries have two sets of bytes", async () => {
    const log = await bundledLog(3, 8);
    await attack(
      `INSERT INTO ledger_body SELECT tenant_id, epoch, index + 2, appended_at, bytes, bundled FROM ledger_body ${where}`,
      log,
      5,
    );
    const words = (await found(log)).join("\n");
    for (const index of [6, 7, 8, 9, 10, 11])
      expect(words).toContain(`Entry ${index} has 2 sets of bytes: some were inserted.`);
  });
});
