import { emptyFrontier, rootOf } from "../core/ledger/tree.ts";
import type { Difference } from "../services/ledger/differences.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { checkGrowth } from "./check-growth.ts";
import type { LogMemory } from "./log-memory.ts";
import { SignerRefusal } from "./rotate.ts";
import { openLogOf } from "./seal.ts";
import { nameOf, remember, type Signer, say } from "./signer.ts";
import { headDifference } from "./visit-log.ts";

/** Lets a frozen log be signed again, once the store holds again what was signed: all of it is read before. */
export async function unfreeze(signer: Signer, origin: string, reason: string): Promise<string[]> {
  const log = openLogOf(signer, origin);
  if (log.frozen === null) throw new SignerRefusal(`${origin} is not frozen.`);
  const difference = await wholeDifference(signer, log);
  if (difference !== null)
    throw new SignerRefusal(
      `${origin} stays frozen. ${difference.sentence} Bring back the store that was signed, or seal the log.`,
    );
  const { tenantId, epoch } = log;
  const sentence = `The store holds again what was signed, all ${log.size} entries: ${reason}`;
  const detail = { origin, reason, frozen_at: log.frozen.at, frozen_because: log.frozen.sentence };
  // crash: said first; dying in between it is still frozen, and whoever asks again has it said once more.
  say(signer, { tenantId, epoch, kind: "unfrozen", atIndex: null, sentence, detail });
  remember(signer, { ...log, frozen: null });
  return [`${origin} is signed again. ${log.size} entries were read and lead to the signed root.`];
}

async function wholeDifference(signer: Signer, log: LogMemory): Promise<Difference | null> {
  const stored = (await signer.store.logs()).find((each) => nameOf(each) === nameOf(log));
  if (!stored || stored.size === null) return { atIndex: 0, sentence: "The whole log is gone." };
  const different = headDifference(log, stored);
  if (different !== null) return different;
  const begin: LogMemory = {
    ...log,
    size: 0,
    frontier: [],
    root: Buffer.from(rootOf(nodeCrypto, emptyFrontier)).toString("base64"),
  };
  const { below: expiredBelow } = await signer.store.expired(stored);
  const head = { ...stored, size: log.size };
  const below = await checkGrowth(signer.store, begin, head, () => null, expiredBelow);
  if (below.difference !== null) return below.difference;
  if (below.root.toString("base64") === log.root) return null;
  return { atIndex: null, sentence: "The entries lead to another root than the one that was signed." };
}
