import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { recordView } from "../trail/record-view.ts";
import { proveCall } from "./get-call-proof.ts";
import type { LedgerFile } from "./ledger-file.ts";
import { unproven } from "./unproven.ts";

/** The proof of a call's entry as a file: C2SP tlog-proof, with the entry in it. */
export async function getCallProofFile(actor: Actor, id: string): Promise<LedgerFile> {
  const { tenantId, proof } = await proveCall(actor, id);
  if (proof.state === "not_in_ledger")
    throw new Refusal("not_found", "This call was recorded before the ledger existed: nothing proves it.");
  if (proof.state === "waiting") throw unproven(null, proof.frozen);
  if (proof.state === "beyond_seal") throw unproven(proof.sealed, false);
  await recordView(actor, tenantId, "proof_file", id);
  return { name: `${id}.tlog-proof`, text: proof.proof };
}
