import { newestTrustRoot } from "../../db/ledger-trust-root.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import type { LedgerFile } from "./ledger-file.ts";

/** The keys of every log, byte for byte as the signer published them. They name logs by origin, never a tenant. */
export async function getTrustRoot(actor: Actor): Promise<LedgerFile> {
  personOf(actor);
  const newest = await newestTrustRoot();
  if (newest === null)
    throw new Refusal(
      "not_found",
      "The signer has published no trust root yet. It does when it first starts.",
    );
  return { name: "trust-root.json", text: newest.document };
}
