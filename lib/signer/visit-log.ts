import type { Entry } from "../core/ledger/entries/entry.ts";
import { readEpochBody } from "../core/ledger/entries/epoch-body.ts";
import { readSignerBody } from "../core/ledger/entries/signer-body.ts";
import type { Difference } from "../services/ledger/differences.ts";
import type { StoredLog } from "../services/ledger/signer-store.ts";
import { checkGrowth } from "./check-growth.ts";
import { freeze } from "./freeze.ts";
import type { LogMemory } from "./log-memory.ts";
import { changeOver } from "./rotate.ts";
import { signLog, storeSignature } from "./sign-log.ts";
import { alarm, nameOf, type Signer } from "./signer.ts";

/** Holds one log against what the signer remembers of it, and signs what follows from that. True: it was signed. */
export async function visitLog(signer: Signer, memory: LogMemory, stored: StoredLog): Promise<boolean> {
  const different = headDifference(memory, stored);
  if (different !== null) {
    freeze(signer, memory, different);
    return false;
  }
  const { size } = stored;
  if (size === null) return false;
  // The newest signature may not have reached the store when we died.
  if (isBehind(stored, memory)) await storeSignature(signer, memory);
  if (!clockRuns(signer, memory)) return false;
  if (size === memory.size && !isDue(signer, memory)) return false;

  let changesKey = false;
  const growth = await checkGrowth(signer.store, memory, { ...stored, size }, (entry) => {
    changesKey ||= isKeyChange(signer, entry);
    return epochDifference(signer, memory, entry);
  });
  if (growth.difference !== null) {
    freeze(signer, memory, growth.difference);
    return false;
  }
  const tree = {
    size,
    root: growth.root.toString("base64"),
    frontier: growth.frontier.hashes.map((hash) => Buffer.from(hash).toString("base64")),
  };
  await signLog(signer, memory, changesKey ? changeOver(signer, memory, tree) : tree);
  return true;
}

/** What the newest rows alone give away: another origin, a shorter log, a root or a checkpoint that is not ours. */
export function headDifference(memory: LogMemory, stored: StoredLog): Difference | null {
  if (stored.origin !== memory.origin)
    return { atIndex: 0, sentence: `The origin of this log was changed to ${stored.origin}.` };
  if (stored.size === null && memory.note !== null)
    return { atIndex: 0, sentence: `All entries are gone. ${memory.size} were signed.` };
  if (stored.size !== null && stored.size < memory.size)
    return {
      atIndex: stored.size,
      sentence:
        `The log holds ${stored.size} entries, ${memory.size} were signed: entries ${stored.size} to ${memory.size - 1} ` +
        "are missing from its end. They were deleted, or the database was set back.",
    };
  if (stored.size === memory.size && memory.note !== null && stored.root?.toString("base64") !== memory.root)
    return {
      atIndex: Math.max(0, memory.size - 1),
      sentence: `The log at size ${memory.size} has another root than the one that was signed: what lies below it was changed.`,
    };
  const { checkpointSize, checkpointAt, checkpointRoot } = stored;
  if (checkpointSize === null || checkpointAt === null) return null;
  const newer =
    checkpointSize > memory.size ||
    (checkpointSize === memory.size && checkpointAt.toISOString() > (memory.signedAt ?? ""));
  if (newer)
    return {
      atIndex: memory.size,
      sentence:
        `The store holds a checkpoint for size ${checkpointSize} of ${checkpointAt.toISOString()}, newer than this signer's ` +
        `own last one (size ${memory.size}). Another signer has signed, or this one's state was set back.`,
    };
  const same = checkpointSize === memory.size && checkpointAt.toISOString() === memory.signedAt;
  if (same && checkpointRoot?.toString("base64") !== memory.root)
    return {
      atIndex: Math.max(0, memory.size - 1),
      sentence: `The stored checkpoint for size ${memory.size} names another root than the one that was signed.`,
    };
  return null;
}

function isBehind(stored: StoredLog, memory: LogMemory): boolean {
  return (
    memory.signedAt !== null &&
    (stored.checkpointSize !== memory.size || stored.checkpointAt?.toISOString() !== memory.signedAt)
  );
}

const isDue = (signer: Signer, memory: LogMemory): boolean =>
  memory.signedAt === null || signer.now().getTime() - Date.parse(memory.signedAt) >= signer.idleMs;

/** A signature that claims to be older than the one before it would be worth nothing. */
function clockRuns(signer: Signer, memory: LogMemory): boolean {
  if (memory.signedAt === null || signer.now().getTime() > Date.parse(memory.signedAt)) {
    signer.alarms.delete("clock");
    return true;
  }
  alarm(
    signer,
    "clock",
    `The clock stands before the last signature, of ${memory.signedAt}. Nothing is signed until it has passed it.`,
  );
  return false;
}

/** The statement of the key change that is under way, and no other one: whoever can append could write one. */
function isKeyChange(signer: Signer, entry: Entry): boolean {
  if (entry.type !== "signer" || signer.self.rotation === null) return false;
  const { kind, detail } = readSignerBody(entry.body);
  return kind === "key_rotated" && detail.new_key === signer.self.rotation.to;
}

/** Entry 0 opens the epoch, and commits to what the one before was sealed at; elsewhere no epoch is opened. */
function epochDifference(signer: Signer, memory: LogMemory, entry: Entry): Difference | null {
  if (entry.type !== "epoch_opened" && entry.index > 0) return null;
  const wrong = (sentence: string): Difference => ({ atIndex: entry.index, sentence });
  if (entry.type !== "epoch_opened") return wrong("The first entry does not say which log this one follows.");
  if (entry.index !== 0) return wrong(`Entry ${entry.index} opens an epoch in the middle of a log.`);
  const { epoch, previous } = readEpochBody(entry.body);
  if (epoch !== memory.epoch) return wrong(`The first entry says that this is epoch ${epoch}.`);
  const before = signer.logs.get(nameOf({ tenantId: memory.tenantId, epoch: memory.epoch - 1 }));
  const said = previous && `${previous.origin} ${previous.size} ${previous.root}`;
  const sealed = before?.sealed ? `${before.origin} ${before.sealed.size} ${before.sealed.root}` : null;
  if (said !== sealed)
    return wrong("The first entry does not commit to the checkpoint at which the log before was sealed.");
  return null;
}
