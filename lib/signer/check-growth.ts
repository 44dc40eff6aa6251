import type { Entry } from "../core/ledger/entries/entry.ts";
import { EntryError } from "../core/ledger/entries/entry.ts";
import { readEntry } from "../core/ledger/entries/read-entry.ts";
import { appendLeaves, type Frontier, rootOf } from "../core/ledger/tree.ts";
import type { Difference } from "../services/ledger/differences.ts";
import { frontierBytes } from "../services/ledger/frontier-bytes.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import type { SignerStore, StoredBatch, StoredLog } from "../services/ledger/signer-store.ts";
import { checkStoredEntry } from "../services/ledger/stored-entry.ts";
import type { LogMemory } from "./log-memory.ts";

export type Growth = {
  readonly frontier: Frontier;
  readonly root: Buffer;
  /** The first one. */
  readonly difference: Difference | null;
};

/**
 * Reads all bytes that were added since the last signature, hashes them anew, and holds every batch against the tree that
 * comes of them. `entries` sees each entry that is whole, in order.
 *
 * It cannot know whether an entry tells the truth, nor whether one was left out before it got here: that is what
 * heartbeats and their balance are for.
 */
export async function checkGrowth(
  store: SignerStore,
  memory: LogMemory,
  head: StoredLog & { readonly size: number },
  entries: (entry: Entry) => Difference | null,
  expiredBelow = 0,
): Promise<Growth> {
  let frontier = frontierOf(memory);
  const stop = (atIndex: number | null, sentence: string): Growth => ({
    frontier,
    root: Buffer.from(rootOf(nodeCrypto, frontier)),
    difference: { atIndex, sentence },
  });
  const batches = store.batches(head, memory.size, head.size);
  const boundary = (await batches.next()).value as StoredBatch | undefined;
  if (boundary?.endIndex !== memory.size)
    return stop(boundaryIndex(memory), `The batch that ends at the signed size ${memory.size} is gone.`);
  const changed = differs(boundary, frontier);
  if (changed !== null)
    return stop(
      boundaryIndex(memory),
      `${changed} That size was signed with another root: what lies below it was changed.`,
    );
  let batch = (await batches.next()).value as StoredBatch | undefined;
  let leaves: Uint8Array[] = [];
  for await (const places of store.places(head, memory.size, head.size)) {
    for (const place of places) {
      const { problems, leaf, stated, entry } = checkStoredEntry(head.origin, place, expiredBelow);
      const hasExpired = place.index < expiredBelow && place.bodies.length === 0;
      const unlike = `The bytes of entry ${place.index} do not hash to its leaf hash: one of the two was changed.`;
      const problem = stated === null ? problems[0] : unlike;
      if (problem !== undefined || leaf === null || (entry === null && !hasExpired))
        return stop(place.index, problem ?? `Entry ${place.index} cannot be read.`);
      const objection = entry && (readable(entry) ?? entries(entry));
      if (objection !== null) return stop(place.index, objection.sentence);
      if (!batch || place.row?.batchEnd !== batch.endIndex)
        return stop(
          place.index,
          `Entry ${place.index} belongs to no batch, or to another one than its place says.`,
        );
      leaves.push(leaf);
      if (place.index + 1 < batch.endIndex) continue;
      frontier = appendLeaves(nodeCrypto, frontier, leaves);
      leaves = [];
      const wrong = differs(batch, frontier);
      if (wrong !== null) return stop(batch.firstIndex, wrong);
      const next = (await batches.next()).value as StoredBatch | undefined;
      if (next && next.firstIndex !== batch.endIndex)
        return stop(batch.endIndex, `A batch is missing between ${batch.endIndex} and ${next.firstIndex}.`);
      batch = next;
    }
  }
  return { frontier, root: Buffer.from(rootOf(nodeCrypto, frontier)), difference: null };
}

export function frontierOf(memory: Pick<LogMemory, "size" | "frontier">): Frontier {
  return { size: BigInt(memory.size), hashes: memory.frontier.map((hash) => Buffer.from(hash, "base64")) };
}

/** The last entry below the signed size: the store differs there or before. */
const boundaryIndex = ({ size }: LogMemory): number => Math.max(0, size - 1);

function differs(batch: StoredBatch, own: Frontier): string | null {
  if (!batch.root.equals(rootOf(nodeCrypto, own)))
    return `The root of the batch that ends at ${batch.endIndex} is not the root of the entries below it.`;
  if (!Buffer.from(frontierBytes(own)).equals(batch.frontier))
    return `The frontier of the batch that ends at ${batch.endIndex} is not that of the entries below it.`;
  return null;
}

function readable(entry: Entry): Difference | null {
  try {
    readEntry(entry);
    return null;
  } catch (error) {
    if (!(error instanceof EntryError)) throw error;
    return { atIndex: entry.index, sentence: `Entry ${entry.index} cannot be read: ${error.message}` };
  }
}
