import { v7 } from "uuid";
import { missingWords } from "../../core/accounts/usage-words.ts";
import { dayMs } from "../../core/calendar.ts";
import { findingKey } from "../../core/findings/finding-key.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import {
  addToCounters,
  findingsByKey,
  insertFindingEvents,
  insertFindings,
  reopenFindings,
} from "../../db/finding.ts";
import type { Compared } from "../../db/usage-comparison.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { appendFindingEvent } from "../findings/append-finding-event.ts";

const cause = "usage_not_recorded";

/**
 * Requests that the provider counted on a settled day and the record can not account for are a case for people: one per
 * project, each day in its history. A day that had ended when the case was resolved opens nothing again: people had it before
 * them, or could have. Runs under the tenant's lock.
 */
export async function raiseUsageFinding(
  sql: SqlTransaction,
  tenant: { readonly id: string; readonly simulated: boolean },
  projectId: string,
  missing: readonly Compared[],
  now: Date,
): Promise<void> {
  const tenantId = tenant.id;
  const at = now.toISOString();
  const subject = { host: null, model: null, applicationId: null, basis: "none", projectId } as const;
  const groupKey = findingKey({ tenantId, cause, ...subject });
  const [known] = await findingsByKey(sql, tenantId, [groupKey]);
  const id = known?.id ?? v7();
  const days = missing.map(({ day }) => Date.parse(day)).sort((a, b) => a - b);
  const [first = now.getTime(), last = first] = [days[0], days.at(-1)];
  const end = new Date(last + dayMs);
  const isAgain = known?.state === "resolved" && known.resolvedAt !== null && known.resolvedAt < end;
  if (!known)
    await insertFindings(sql, [
      {
        ...{ tenantId, id, groupKey, cause, ...subject, application: null, state: "open" },
        simulated: tenant.simulated,
        severity: severity(cause, undeclared),
        openedAt: at,
      },
    ]);
  else if (isAgain) await reopenFindings(sql, tenantId, [id]);
  const seen = { firstSeenAt: new Date(first).toISOString(), lastSeenAt: end.toISOString() };
  await addToCounters(sql, tenantId, [{ findingId: id, calls: 0, ...seen }]);
  const kind = !known ? "opened" : isAgain ? "reopened" : "commented";
  const note = missingWords(missing);
  const event = { tenantId, findingId: id, id: v7(), at, actor: "Domicile", kind, note, resolution: null };
  const daysClean =
    isAgain && known?.resolvedAt ? Math.floor((now.getTime() - known.resolvedAt.getTime()) / dayMs) : null;
  await insertFindingEvents(sql, [{ ...event, daysClean }]);
  const sum = missing.reduce((total, each) => total + each.missing, 0);
  const detail = { projectId, missing: sum, ...seen, note };
  await appendFindingEvent(sql, tenantId, { findingId: id, cause, kind, job: "read-accounts", detail }, now);
}
