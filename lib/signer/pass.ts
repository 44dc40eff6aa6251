import { log as events } from "../log.ts";
import type { StoredLog } from "../services/ledger/signer-store.ts";
import { freeze } from "./freeze.ts";
import type { LogMemory } from "./log-memory.ts";
import { meetLogs } from "./meet-logs.ts";
import { publishTrustRoot } from "./publish-trust-root.ts";
import { finishRotation } from "./rotate.ts";
import { finishCompromise, finishSeal } from "./seal.ts";
import { nameOf, type Signer, storeStatements } from "./signer.ts";
import { visitLog } from "./visit-log.ts";

export type PassResult = { readonly signed: number; readonly frozen: number; readonly failed: number };

/**
 * Looks once at every log: whatever grew is read, checked and signed; whatever is not what it was is frozen. A log that
 * cannot be read this time is left for the next pass, and never keeps the others from theirs.
 */
export async function pass(signer: Signer): Promise<PassResult> {
  const stored = await signer.store.logs();
  meetLogs(signer, stored);
  finishSeal(signer);
  finishCompromise(signer);
  // crash: the keys are known before anything that is signed with them.
  await publishTrustRoot(signer);
  let [signed, failed] = [0, 0];
  const byName = new Map(stored.map((log) => [nameOf(log), log]));
  for (const memory of [...signer.logs.values()]) {
    if (memory.frozen !== null || memory.sealed !== null) continue;
    try {
      if (await visit(signer, memory, byName.get(nameOf(memory)))) signed += 1;
    } catch (error) {
      failed += 1;
      events.error(
        { err: error, origin: memory.origin },
        "a log could not be looked at; nothing of it was signed",
      );
    }
  }
  finishRotation(signer);
  await publishTrustRoot(signer);
  await storeStatements(signer);
  const frozen = [...signer.logs.values()].filter((log) => log.frozen !== null && log.sealed === null).length;
  return { signed, frozen, failed };
}

async function visit(signer: Signer, memory: LogMemory, stored: StoredLog | undefined): Promise<boolean> {
  if (stored) return visitLog(signer, memory, stored);
  const sentence = `The whole log is gone. ${memory.size} entries of it were signed.`;
  freeze(signer, memory, { atIndex: 0, sentence });
  return false;
}
