import { v7 } from "uuid";
import { findingKey } from "../../core/findings/finding-key.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import {
  addToCounters,
  findingsByKey,
  insertFindingEvents,
  insertFindings,
  reopenFindings,
} from "../../db/finding.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { appendFindingEvent } from "./append-finding-event.ts";

const cause = "log_frozen";

/**
 * The tenant's record is not what was signed: a case for people, with the signer's words. One case per tenant; a second
 * freeze opens it again. Runs under the tenant's lock.
 */
export async function raiseLogFrozen(
  sql: SqlTransaction,
  tenant: { readonly id: string; readonly simulated: boolean },
  sentence: string,
  now: Date,
): Promise<void> {
  const tenantId = tenant.id;
  const at = now.toISOString();
  const nothing = { host: null, model: null, applicationId: null, basis: "none" } as const;
  const groupKey = findingKey({ tenantId, cause, ...nothing });
  const [known] = await findingsByKey(sql, tenantId, [groupKey]);
  const id = known?.id ?? v7();
  if (!known) {
    const parts = {
      tenantId,
      id,
      groupKey,
      cause,
      ...nothing,
      application: null,
      simulated: tenant.simulated,
    };
    await insertFindings(sql, [
      { ...parts, severity: severity(cause, undeclared), state: "open", openedAt: at },
    ]);
  } else if (known.state === "resolved") await reopenFindings(sql, tenantId, [id]);
  await addToCounters(sql, tenantId, [{ findingId: id, calls: 0, firstSeenAt: at, lastSeenAt: at }]);
  const kind = !known ? "opened" : known.state === "resolved" ? "reopened" : "commented";
  const event = { tenantId, findingId: id, id: v7(), at, actor: "Signer", kind, note: sentence };
  await insertFindingEvents(sql, [{ ...event, resolution: null, daysClean: null }]);
  await appendFindingEvent(sql, tenantId, { findingId: id, cause, kind, job: "signer" }, now);
}
