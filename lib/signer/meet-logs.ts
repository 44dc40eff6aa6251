import { emptyFrontier, rootOf } from "../core/ledger/tree.ts";
import { log as events } from "../log.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import type { StoredLog } from "../services/ledger/signer-store.ts";
import { freeze } from "./freeze.ts";
import type { KeyRange, LogMemory } from "./log-memory.ts";
import { alarm, nameOf, remember, type Signer } from "./signer.ts";

/**
 * Logs that the signer has not seen before begin with an empty tree. One that was signed already is none of them: then it
 * is our memory that was lost, and nothing is signed over it.
 */
export function meetLogs(signer: Signer, stored: readonly StoredLog[]): void {
  for (const log of stored) {
    if (signer.logs.has(nameOf(log))) continue;
    if (!isNamedAsLog(log)) {
      alarm(
        signer,
        `log ${log.tenantId} ${log.epoch}`,
        "The store names a log that no program of ours names so. It is not watched; the others are.",
      );
      continue;
    }
    const begun: LogMemory = {
      v: 1,
      tenantId: log.tenantId,
      epoch: log.epoch,
      origin: log.origin,
      size: 0,
      root: Buffer.from(rootOf(nodeCrypto, emptyFrontier)).toString("base64"),
      frontier: [],
      note: null,
      signedAt: null,
      frozen: null,
      sealed: null,
      keys: [activeFrom(signer.self.logKey, 0), activeFrom(signer.self.clockKey, 0)],
    };
    remember(signer, begun);
    events.info({ origin: log.origin, epoch: log.epoch }, "a new log is watched");
    const problem = strangeness(signer, log);
    if (problem !== null) freeze(signer, begun, { atIndex: null, sentence: problem });
  }
}

/**
 * trust: whoever owns the database can take its checks away. What a log is called by names our files and our keys, so that one
 * row could write where it should not, or keep every other log from being signed.
 */
function isNamedAsLog({ tenantId, epoch, origin }: StoredLog): boolean {
  const [, said] = /^domicile\.ledger\/[a-z2-7]{26}\/e([1-9][0-9]{0,8})$/.exec(origin) ?? [];
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(tenantId) && said === String(epoch);
}

export function activeFrom(key: string, fromSize: number): KeyRange {
  return { key, fromSize, toSize: null, status: "active", reason: null };
}

function strangeness(signer: Signer, log: StoredLog): string | null {
  if (log.checkpointSize !== null)
    return (
      `The store holds a checkpoint for size ${log.checkpointSize} of this log, which this signer never saw. Its state was ` +
      "lost, or another signer has signed."
    );
  if ([...signer.logs.values()].some((known) => known.origin === log.origin && nameOf(known) !== nameOf(log)))
    return "Another log has the same origin.";
  if (log.epoch === 1) return null;
  const before = signer.logs.get(nameOf({ tenantId: log.tenantId, epoch: log.epoch - 1 }));
  if (!before?.sealed)
    return `Epoch ${log.epoch} was opened although this signer did not seal the one before.`;
  return null;
}
