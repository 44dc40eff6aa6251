import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** A row of `ledger_body`: one entry's bytes, or, where `bundled` says how many, those of as many from `index` on. */
export type BodyRow = { readonly index: number; readonly bundled: number | null; readonly bytes: Uint8Array };

/** As the check of `ledger_body` says. */
export const bundleMost = 64;
/** Fewer entries lie one by one: so few are not worth it. */
const bundleLeast = 4;
/** A canonical entry's, as the check of `ledger_body` says of one that lies alone. */
const entryBytesMost = 16_384;
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

/** Of `ledger_body` and `ledger_opening`: the rows that are about an entry of [from, to), both of them parameters. */
export const reaching = (from: string, to: string): string =>
  `index > ${from}::bigint - ${bundleMost} AND index < ${to}::bigint AND index + coalesce(bundled, 1) > ${from}::bigint`;

/**
 * The entries of a row, in order. Of a bundle that cannot be read every entry comes without a byte, which no leaf hash
 * fits: whoever checks the log finds each of them.
 */
export function entriesOfBody({ bundled, bytes }: BodyRow): Uint8Array[] {
  if (bundled === null) return [bytes];
  try {
    const lines = linesOf(zstdDecompressSync(bytes, { maxOutputLength: bundled * (entryBytesMost + 1) }));
    if (lines.length === bundled) return lines;
  } catch {
    // It is no frame, or one of more than the entries may be.
  }
  return Array.from({ length: bundled }, () => new Uint8Array());
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

function linesOf(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = text.indexOf(lineEnd); end !== -1; end = text.indexOf(lineEnd, start)) {
    lines.push(text.subarray(start, end));
    start = end + 1;
  }
  // Bytes behind the last line end belong to no entry.
  return start === text.length ? lines : [];
}
