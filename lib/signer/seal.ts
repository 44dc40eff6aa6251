import { emptyFrontier, rootOf } from "../core/ledger/tree.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { destroyKey, makeKey } from "./keys.ts";
import { journalledSignatures, type LogMemory } from "./log-memory.ts";
import { keyOf, SignerRefusal } from "./rotate.ts";
import { remember, rememberSelf, type Signer, say } from "./signer.ts";
import type { SignerMemory } from "./signer-memory.ts";

/** Ends a log at the last tree the signer holds good. It goes on as its next epoch, which commits to that tree. */
export function seal(signer: Signer, origin: string, reason: string): string[] {
  const log = openLogOf(signer, origin);
  const { size, root } = log;
  rememberSelf(signer, { sealing: { origin, size, root, reason } });
  finishSeal(signer);
  return [`${origin} is sealed at ${log.size} entries. The worker opens epoch ${log.epoch + 1}.`];
}

/** crash: goes on where a seal was cut short, at the same tree: what was said of it has opened the next epoch already. */
export function finishSeal(signer: Signer): void {
  const { sealing } = signer.self;
  if (sealing === null) return;
  const log = [...signer.logs.values()].find(({ origin }) => origin === sealing.origin);
  if (log?.sealed === null) sealAt(signer, log, sealing, sealing.reason);
  rememberSelf(signer, { sealing: null });
}

/**
 * Somebody else may hold our keys since a moment: new keys, every log sealed at what was signed last before it, by our own
 * list of signatures, and a new epoch for each.
 */
export function compromise(signer: Signer, since: Date, reason: string): string[] {
  if (signer.self.compromise !== null)
    throw new SignerRefusal("Logs are still being sealed after a compromise.");
  if (since > signer.now()) throw new SignerRefusal("The moment of the compromise lies in the future.");
  const at = signer.now();
  const lost = signer.self.keys.filter(({ destroyedAt }) => destroyedAt === null).map(({ id }) => id);
  const [logKey, clockKey] = [makeKey(signer.files, "log", at), makeKey(signer.files, "clock", at)];
  rememberSelf(signer, {
    keys: [...signer.self.keys, logKey, clockKey],
    logKey: logKey.id,
    clockKey: clockKey.id,
    rotation: null,
    compromise: { keys: lost, since: since.toISOString(), reason, orderedAt: at.toISOString() },
  });
  return finishCompromise(signer);
}

/** crash: goes on where a compromise was cut short; each log is sealed once. */
export function finishCompromise(signer: Signer): string[] {
  const { compromise: order } = signer.self;
  if (order === null) return [];
  const words: string[] = [];
  for (const log of [...signer.logs.values()]) {
    if (!log.keys.some(({ key, status }) => order.keys.includes(key) && status !== "compromised")) continue;
    if (log.sealed !== null) {
      // Sealed before, by keys that are lost now: the seal stands in the trust root, whatever they sign.
      sayLost(signer, log, order, log.sealed.size);
      remember(signer, { ...log, keys: lostKeys(log, order.keys, order.reason) });
      continue;
    }
    const { origin } = log;
    const good = lastSignedBefore(signer, log, order.since);
    sayLost(signer, log, order, good.size);
    sealAt(signer, log, good, `Key compromise since ${order.since}: ${order.reason}`, order.keys);
    words.push(`${origin} is sealed at ${good.size} of ${log.size} signed entries.`);
  }
  for (const id of order.keys) destroyKey(signer.files, keyOf(signer, id));
  const destroyedAt = signer.now().toISOString();
  rememberSelf(signer, {
    keys: signer.self.keys.map((key) => (order.keys.includes(key.id) ? { ...key, destroyedAt } : key)),
    compromise: null,
  });
  return [...words, "The new keys are in the trust root; the old ones are destroyed."];
}

/** crash: said before the log's memory changes; dying in between it is said once more. */
function sayLost(
  signer: Signer,
  { tenantId, epoch, origin }: LogMemory,
  { since, keys, reason }: NonNullable<SignerMemory["compromise"]>,
  size: number,
): void {
  const sentence = `The keys that signed this log may be in other hands since ${since}: ${reason}`;
  const detail = { origin, since, keys, size };
  say(signer, { tenantId, epoch, kind: "key_compromised", atIndex: size, sentence, detail });
}

function sealAt(
  signer: Signer,
  log: LogMemory,
  { size, root }: { size: number; root: string },
  reason: string,
  lost: readonly string[] = [],
): void {
  const { tenantId, epoch, origin } = log;
  const sentence = `This log is sealed at ${size} entries and goes on as epoch ${epoch + 1}: ${reason}`;
  const detail = { origin, size, root, reason, next_epoch: epoch + 1, signed_size: log.size };
  // crash: said first. Dying in between it is said again, and the second one opens nothing.
  say(signer, { tenantId, epoch, kind: "log_sealed", atIndex: size, sentence, detail });
  const keys = log.keys.map((range) =>
    range.toSize !== null && !lost.includes(range.key)
      ? range
      : {
          ...range,
          toSize: Math.max(range.fromSize, size),
          status: lost.includes(range.key) ? ("compromised" as const) : ("retired" as const),
          reason,
        },
  );
  remember(signer, { ...log, keys, sealed: { at: signer.now().toISOString(), size, root, reason } });
}

function lostKeys(log: LogMemory, lost: readonly string[], reason: string): LogMemory["keys"] {
  return log.keys.map((range) =>
    lost.includes(range.key) ? { ...range, status: "compromised", reason } : range,
  );
}

function lastSignedBefore(signer: Signer, log: LogMemory, since: string): { size: number; root: string } {
  let good = { size: 0, root: Buffer.from(rootOf(nodeCrypto, emptyFrontier)).toString("base64") };
  for (const { size, root, signedAt } of journalledSignatures(signer.files, log))
    if (signedAt < since) good = { size, root };
  return good;
}

/** The one log of an origin that is not sealed yet. */
export function openLogOf(signer: Signer, origin: string): LogMemory {
  const log = [...signer.logs.values()].find((each) => each.origin === origin);
  if (!log) throw new SignerRefusal(`This signer knows no log ${origin}.`);
  if (log.sealed !== null) throw new SignerRefusal(`${origin} is sealed already.`);
  return log;
}
