import { log as events } from "../log.ts";
import type { Difference } from "../services/ledger/differences.ts";
import type { LogMemory } from "./log-memory.ts";
import { remember, type Signer, say } from "./signer.ts";

/** Nothing of this log is signed any more, until somebody has looked at it. The others go on. */
export function freeze(signer: Signer, log: LogMemory, { atIndex, sentence }: Difference): void {
  const { tenantId, epoch, origin, size } = log;
  const detail = { origin, signed_size: size, signed_at: log.signedAt };
  // crash: said first; dying in between, the next pass finds the same and says it once more.
  say(signer, { tenantId, epoch, kind: "frozen", atIndex, sentence, detail });
  remember(signer, { ...log, frozen: { at: signer.now().toISOString(), atIndex, sentence } });
  events.error({ origin, atIndex, sentence }, "a log is frozen: the store is not what was signed");
}
