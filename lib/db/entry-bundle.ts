import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { entryBytesMax } from "../core/ledger/canonical.ts";

/** A row of `ledger_body`: one entry's bytes, or, where `bundled` says how many, those of as many from `index` on. */
export type BodyRow = { readonly index: number; readonly bundled: number | null; readonly bytes: Uint8Array };

/** As the check of `ledger_body` says. */
export const bundleMost = 64;
/** Fewer entries lie one by one: so few are not worth it. */
const bundleLeast = 4;
const lineEnd = 10;

/** Entries that lie together, from `index` on. One: it lies alone. */
export type BundleRange = { readonly index: number; readonly entries: number };

/** How so many entries lie that are appended together, the first at `firstIndex`. */
export function bundleRanges(firstIndex: number, entries: number): BundleRange[] {
  if (entries < bundleLeast)
    return Array.from({ length: entries }, (_, i) => ({ index: firstIndex + i, entries: 1 }));
  const count = Math.ceil(entries / bundleMost);
  // As large as each other, so that none is left with a single entry.
  const begin = (part: number) => Math.round((part * entries) / count);
  return Array.from({ length: count }, (_, i) => ({
    index: firstIndex + begin(i),
    entries: begin(i + 1) - begin(i),
  }));
}

/** Rows for entries that are appended together, the first at `firstIndex`. */
export function bodyRows(firstIndex: number, entries: readonly Uint8Array[]): BodyRow[] {
  return bundleRanges(firstIndex, entries.length).map(({ index, entries: count }) => {
    const part = entries.slice(index - firstIndex, index - firstIndex + count);
    const [only] = part;
    return count === 1 && only
      ? { index, bundled: null, bytes: only }
      : { index, bundled: count, bytes: bundle(part) };
  });
}

/**
 * Of `ledger_body` and `ledger_opening`: the rows that are about an entry of [from, to), both of them parameters. Row
 * security lets a bound into the index only where nothing is computed of a column.
 */
export const reaching = (from: string, to: string): string =>
  `index > ${from}::bigint - ${bundleMost} AND index < ${to}::bigint AND index + greatest(bundled, 1) > ${from}::bigint`;

/**
 * The entries of a row, in order. Of a bundle that cannot be read every entry comes without a byte, which no leaf hash
 * fits: whoever checks the log finds each of them. trust: whoever can write the store wrote this.
 */
export function entriesOfBody({ bundled, bytes }: BodyRow): Uint8Array[] {
  if (bundled === null) return [bytes];
  return unpacked(bundled, bytes) ?? Array.from({ length: claimed(bundled) }, () => new Uint8Array());
}

/** The entries of rows that lie in [from, to), each with its index and its row, row by row. */
export function* entriesWithin<Row extends BodyRow>(
  rows: readonly Row[],
  from: number,
  to: number,
): Generator<{ readonly index: number; readonly bytes: Uint8Array; readonly row: Row }> {
  for (const row of rows)
    for (const [i, bytes] of entriesOfBody(row).entries()) {
      const index = row.index + i;
      if (index >= from && index < to) yield { index, bytes, row };
    }
}

/** So many entries a row claims, as far as anybody looks for one that begins before the entry he wants. */
export function claimed(bundled: number): number {
  return Math.min(Math.max(Math.trunc(bundled), 1), bundleMost);
}

/** null: it is not one frame of as many lines as the row says. */
function unpacked(entries: number, bytes: Uint8Array): Uint8Array[] | null {
  if (!Number.isInteger(entries) || entries < 2 || entries > bundleMost) return null;
  try {
    const { buffer, engine } = zstdDecompressSync(bytes, {
      maxOutputLength: entries * (entryBytesMax + 1),
      info: true,
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    return engine.bytesWritten === bytes.length ? linesOf(buffer, entries) : null;
  } catch {
    // It is no frame, or unpacks to more than its entries may be.
    return null;
  }
}

/** Canonical JSON has no line end: control characters stand escaped in it. */
function bundle(entries: readonly Uint8Array[]): Buffer {
  const lines = Buffer.allocUnsafe(entries.reduce((sum, { length }) => sum + length + 1, 0));
  let end = 0;
  for (const entry of entries) {
    lines.set(entry, end);
    end += entry.length;
    lines[end++] = lineEnd;
  }
  // Entries of a batch are alike: a higher level costs more and finds nothing more.
  return zstdCompressSync(lines, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** null: there are not exactly as many, or bytes stand behind the last one. */
function linesOf(text: Buffer, wanted: number): Buffer[] | null {
  const lines: Buffer[] = [];
  let start = 0;
  while (lines.length < wanted) {
    const end = text.indexOf(lineEnd, start);
    if (end === -1) return null;
    lines.push(text.subarray(start, end));
    start = end + 1;
  }
  return start === text.length ? lines : null;
}
