import type { Entry } from "../core/ledger/entries/entry.ts";
import { rootOf } from "../core/ledger/tree.ts";
import type { Differences } from "../services/ledger/differences.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import type { StoredBatch, StoredLog } from "../services/ledger/signer-store.ts";
import { checkStoredEntry } from "../services/ledger/stored-entry.ts";
import { checkBatches, type WalkedLeaf } from "./check-batches.ts";
import { checkTiles } from "./check-tiles.ts";
import { journalledSignatures, type LogMemory, type Signature } from "./log-memory.ts";
import { nameOf, type Signer } from "./signer.ts";

/**
 * Walks a whole log from its first byte: bytes, rows, batches, tiles, and the root at every size that was ever signed. It
 * goes on past whatever it finds. At most one batch, one page and a tile per level are held. Where bytes have expired, the
 * leaf hashes lead to the same roots.
 *
 * True: every size that we signed still has the root we signed. `entries` sees each entry that can be read.
 */
export async function checkTree(
  signer: Signer,
  memory: LogMemory,
  stored: StoredLog,
  found: Differences,
  expiredBelow: number,
  entries: (entry: Entry) => void,
): Promise<boolean> {
  const size = stored.size ?? 0;
  const batches = checkBatches(found);
  const tiles = checkTiles(signer.store, stored, found);
  const signatures = holdSignatures(journalledSignatures(signer.files, memory), memory, found);
  const chain = signer.store.batches(stored, 0, size);
  const next = async (): Promise<StoredBatch | null> => (await chain.next()).value ?? null;

  let batch = await next();
  if (batch?.endIndex === 0) {
    batches.check(batch, []);
    batch = await next();
  } else if (stored.size !== null)
    found.add(0, "The first batch, which is empty, is missing: it was deleted.");
  signatures.reached(0, batches.tree);
  let end = 0;
  let leaves: WalkedLeaf[] = [];
  for await (const places of signer.store.places(stored, 0, size)) {
    for (const place of places) {
      const checked = checkStoredEntry(stored.origin, place, expiredBelow);
      for (const problem of checked.problems) found.add(place.index, problem);
      if (checked.entry) entries(checked.entry);
      leaves.push({ index: place.index, leaf: checked.leaf, stated: checked.stated });
      if (batch && place.row && place.row.batchEnd !== batch.endIndex && batch.firstIndex === end)
        found.add(
          place.index,
          `The row of entry ${place.index} names the batch that ends at ${place.row.batchEnd}, not ${batch.endIndex}.`,
        );
      if (!batch || place.index + 1 < batch.endIndex) continue;
      if (batch.firstIndex !== end)
        found.add(
          end,
          `The batch that begins at ${end} is missing: it was deleted. The next one begins at ${batch.firstIndex}.`,
        );
      for (const leaf of batches.check(batch, leaves)) await tiles.feed(leaf);
      signatures.reached(batch.endIndex, batches.tree);
      end = batch.endIndex;
      leaves = [];
      batch = await next();
    }
  }
  await reportBeyond(signer, stored, memory, size, found);
  return signatures.done(size);
}

/** The end: entries that were signed and are gone, and rows behind the last batch. */
async function reportBeyond(
  signer: Signer,
  stored: StoredLog,
  memory: LogMemory,
  size: number,
  found: Differences,
): Promise<void> {
  for (let index = size; index < memory.size; index += 1)
    found.add(index, `Entry ${index} is missing from the end: it was signed, and deleted since.`);
  const behind: number[] = [];
  for await (const places of signer.store.places(stored, size, size + 500))
    behind.push(
      ...places.filter(({ row, bodies }) => row !== null || bodies.length > 0).map(({ index }) => index),
    );
  if (behind.length === 0) return;
  // Read after them: what was appended meanwhile lies below this end, and only what no batch holds lies behind it.
  const end = (await signer.store.logs()).find((log) => nameOf(log) === nameOf(stored))?.size ?? 0;
  for (const index of behind)
    if (index >= end) found.add(index, `Entry ${index} stands behind the end of the log: it was inserted.`);
}

/** Holds the root at every signed size against the one that was signed; after the first that differs, only counts. */
function holdSignatures(all: Iterable<Signature>, memory: LogMemory, found: Differences) {
  const signatures = all[Symbol.iterator]();
  const next = (): Signature | null => {
    const { value, done } = signatures.next();
    return done || (memory.signedAt !== null && value.signedAt > memory.signedAt) ? null : value;
  };
  let waiting = next();
  let good = 0;
  let different = 0;
  const differ = (at: number, sentence: string) => {
    different += 1;
    if (different === 1) found.add(at, sentence);
  };
  const passOver = (size: number) => {
    for (; waiting !== null && waiting.size < size; waiting = next())
      differ(
        good,
        `Size ${waiting.size} was signed at ${waiting.signedAt}, but no batch ends there any more.`,
      );
  };
  return {
    reached(size: number, tree: Parameters<typeof rootOf>[1]) {
      passOver(size);
      if (waiting?.size !== size) return;
      const root = Buffer.from(rootOf(nodeCrypto, tree)).toString("base64");
      for (; waiting?.size === size; waiting = next()) {
        if (waiting.root === root) good = size;
        else
          differ(
            good,
            `The entries below ${size} do not lead to the root that was signed for that size at ${waiting.signedAt}: the ` +
              `history between ${good} and ${size} is not the one that was signed.`,
          );
      }
    },
    done(size: number): boolean {
      passOver(size + 1);
      return different === 0 && waiting === null;
    },
  };
}
