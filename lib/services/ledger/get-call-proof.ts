import type { CallProof } from "../../contracts/ledger.ts";
import { findCallPlace } from "../../db/ledger-page.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { startOfCall } from "../calls/start-of-call.ts";
import { Refusal } from "../refusal.ts";
import { proveEntry } from "./prove-entry.ts";
import { readEntryBytes } from "./read-entry-bytes.ts";
import { refuseDamaged } from "./refuse-damaged.ts";

/** What the ledger holds of one call, with the proof against the newest checkpoint that counts. */
export async function getCallProof(actor: Actor, id: string): Promise<CallProof> {
  return (await proveCall(actor, id)).proof;
}

/** The same, with the tenant whose call it is. */
export async function proveCall(
  actor: Actor,
  id: string,
): Promise<{ readonly tenantId: string; readonly proof: CallProof }> {
  const tenantIds = (await tenantsFor(actor, "ledger:read", undefined)).map(({ tenantId }) => tenantId);
  const startedAt = startOfCall(id);
  if (startedAt === null) throw noCall();
  const place = await readTenantsSql(tenantIds, (sql) => findCallPlace(sql, tenantIds, startedAt, id));
  if (place === null) throw noCall();
  const { tenantId, epoch, index, origin } = place;
  if (epoch === null || index === null || origin === null)
    return { tenantId, proof: { state: "not_in_ledger" } };
  const at = { origin, epoch, index };
  const proven = await refuseDamaged(() => proveEntry(tenantId, epoch, index));
  if (proven.state === "pending" || proven.state === "beyond_seal") {
    const bytes = await refuseDamaged(() =>
      readTenantsSql([tenantId], (sql) => readEntryBytes(sql, { tenantId, epoch }, index)),
    );
    const entry = bytes && Buffer.from(bytes).toString("utf8");
    return proven.state === "pending"
      ? { tenantId, proof: { ...at, state: "waiting", frozen: proven.isFrozen, entry } }
      : { tenantId, proof: { ...at, state: "beyond_seal", sealed: proven.sealed, entry } };
  }
  const { text, size, sealed } = proven;
  const signedAt = proven.signedAt.toISOString();
  return {
    tenantId,
    proof: { ...at, state: "proven", size, signedAt, sealed, proof: text },
  };
}

function noCall(): Refusal {
  return new Refusal("not_found", "There is no such call.");
}
