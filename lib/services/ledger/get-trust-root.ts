import { systemLogId } from "../../core/ledger/system-log.ts";
import { newestTrustRoot } from "../../db/ledger-trust-root.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { recordView } from "../trail/record-view.ts";
import type { LedgerFile } from "./ledger-file.ts";

/**
 * The keys of every log, byte for byte as the signer published them. They name logs by origin, never a tenant. That it was
 * taken is noted in each tenant of whoever took it: it is the key to all of them.
 */
export async function getTrustRoot(actor: Actor): Promise<LedgerFile> {
  const { memberships } = personOf(actor);
  const newest = await newestTrustRoot();
  if (newest === null)
    throw new Refusal(
      "not_found",
      "The signer has published no trust root yet. It does when it first starts.",
    );
  const logs = memberships.length > 0 ? memberships.map(({ tenantId }) => tenantId) : [systemLogId];
  for (const logId of logs) await recordView(actor, logId, "trust_root", `version ${newest.version}`);
  return { name: "trust-root.json", text: newest.document };
}
