import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalBytes } from "../core/ledger/canonical.ts";
import { bodyRows, bundleMost, entriesOfBody } from "./entry-bundle.ts";

const entry = (n: number) => canonicalBytes({ n, said: `line\nend, é, \u0000 and "quoted"` });
const entries = (count: number) => Array.from({ length: count }, (_, n) => Buffer.from(entry(n)));
const read = (rows: ReturnType<typeof bodyRows>) => rows.flatMap(entriesOfBody).map((e) => Buffer.from(e));

describe("bytes of entries appended together", () => {
  it("come back to the bit, in order, each at its index, however many they are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), (count, first) => {
        const given = entries(count);
        const rows = bodyRows(first, given);
        expect(read(rows)).toEqual(given);
        let next = first;
        for (const { index, bundled } of rows) {
          expect(index).toBe(next);
          expect(bundled === null || (bundled >= 2 && bundled <= bundleMost)).toBe(true);
          next += bundled ?? 1;
        }
        expect(next).toBe(first + count);
      }),
      { numRuns: 60 },
    );
  });

  it("lie one by one where they are few, and in a tenth of the room where they are many", () => {
    const given = entries(3);
    expect(bodyRows(7, given)).toEqual(given.map((bytes, i) => ({ index: 7 + i, bundled: null, bytes })));
    const many = entries(640);
    const size = (parts: readonly { readonly bytes: Uint8Array }[]) =>
      parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(size(bodyRows(0, many))).toBeLessThan(size(many.map((bytes) => ({ bytes }))) / 5);
  });

  it("of the largest size fit into a row, whatever they hold", () => {
    let seed = 1;
    const noise = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return String.fromCharCode(32 + (seed % 94));
    };
    const large = Array.from({ length: bundleMost }, () =>
      Buffer.from(Array.from({ length: 16_384 }, noise).join("")),
    );
    const [row] = bodyRows(0, large);
    expect(row?.bytes.length).toBeLessThan(1_100_000);
    expect(row && entriesOfBody(row).map((e) => Buffer.from(e))).toEqual(large);
  });
});

describe("a bundle that somebody changed", () => {
  const [row] = bodyRows(0, entries(8));
  if (!row) throw new Error("There is no bundle.");
  const nothing = Array.from({ length: 8 }, () => new Uint8Array());
  const frame = (text: string | Buffer) => ({ ...row, bytes: zstdCompressSync(text) });

  it.each<[string, typeof row]>([
    ["is no frame", { ...row, bytes: Buffer.from("not a frame") }],
    ["is cut", { ...row, bytes: row.bytes.subarray(0, row.bytes.length - 5) }],
    ["holds fewer", frame("{}\n".repeat(7))],
    ["holds more", frame("{}\n".repeat(9))],
    ["has bytes behind its last line", frame(`${"{}\n".repeat(8)}{}`)],
    ["unpacks to more than eight entries may be", frame(Buffer.alloc(9 * 16_384, 120))],
    ["unpacks to a gigabyte", frame(Buffer.alloc(1 << 30))],
    ["holds nothing but line ends", frame(Buffer.alloc(8 * 16_385, 10))],
    ["has another frame behind it", { ...row, bytes: Buffer.concat([row.bytes, zstdCompressSync("{}\n")]) }],
    ["has other bytes behind it", { ...row, bytes: Buffer.concat([row.bytes, Buffer.from("more")]) }],
  ])("that %s: no entry of it has bytes", (_what, changed) => {
    expect(entriesOfBody(changed)).toEqual(nothing);
  });

  it("that claims more entries than a row may hold, or none: as many are bad as anybody looks for", () => {
    for (const bundled of [65, 1_024, 32_767]) {
      const bytes = zstdCompressSync("{}\n".repeat(bundled));
      expect(entriesOfBody({ index: 0, bundled, bytes })).toEqual(
        Array.from({ length: bundleMost }, () => new Uint8Array()),
      );
    }
    for (const bundled of [1, 0, -1])
      expect(entriesOfBody({ index: 0, bundled, bytes: zstdCompressSync("{}\n") })).toEqual([
        new Uint8Array(),
      ]);
  });
});
