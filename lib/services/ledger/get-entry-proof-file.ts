import type { EntryProofSearch } from "../../contracts/trail.ts";
import type { Actor } from "../actor.ts";
import { recordView } from "../trail/record-view.ts";
import { fileName, type LedgerFile } from "./ledger-file.ts";
import { logFor } from "./log-for.ts";
import { proveEntry } from "./prove-entry.ts";
import { refuseDamaged } from "./refuse-damaged.ts";
import { unproven } from "./unproven.ts";

/**
 * The proof of any entry of a tenant's log as a file: C2SP tlog-proof, with the entry in it. Where its bytes have expired
 * the file holds none: it proves the leaf hash that stayed, to whoever kept the bytes.
 */
export async function getEntryProofFile(actor: Actor, search: EntryProofSearch): Promise<LedgerFile> {
  const { epoch, index, tenant } = search;
  const ref = await logFor(actor, { tenant, log: "tenant" });
  const proven = await refuseDamaged(() => proveEntry(ref.logId, epoch, index));
  if (proven.state === "pending") throw unproven(null, proven.isFrozen);
  if (proven.state === "beyond_seal") throw unproven(proven.sealed, false);
  await recordView(actor, ref.logId, "proof_file", `epoch ${epoch}, entry ${index}`);
  return { name: fileName(ref, epoch, `${index}.tlog-proof`), text: proven.text };
}
