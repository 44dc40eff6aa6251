import { v7 } from "uuid";
import { findingKey } from "../../core/findings/finding-key.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import { applicationsById } from "../../db/application.ts";
import { callsDeletedBefore } from "../../db/call-month.ts";
import type { GivenUpReport } from "../../db/corroboration.ts";
import {
  addToCounters,
  findingsByKey,
  insertFindingEvents,
  insertFindings,
  reopenFindings,
} from "../../db/finding.ts";
import { findTenantById } from "../../db/tenant.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { appendFindingEvent } from "../findings/append-finding-event.ts";

const cause = "evidence_gap";
const namedMax = 10;

/**
 * Reports that name a call of our own gateway which the record does not hold are a case for people: one per application, with
 * the reports in its history. What retention deleted is not missed. Runs under the tenant's lock. Answers how many are missed.
 */
export async function raiseMissedCalls(
  sql: SqlTransaction,
  tenantId: string,
  reports: readonly GivenUpReport[],
  now: Date,
): Promise<number> {
  const keptFrom = await callsDeletedBefore(sql, [tenantId]);
  const missed = reports.filter(
    ({ isMissed, startedAt }) => isMissed && (keptFrom === null || startedAt >= keptFrom),
  );
  if (missed.length === 0) return 0;
  const applications = await applicationsById(sql, [tenantId]);
  const simulated = (await findTenantById(tenantId))?.mode === "simulated";
  for (const [applicationId, of] of Map.groupBy(missed, (report) => report.applicationId)) {
    const subject = { host: null, model: null, applicationId, basis: "reported" } as const;
    const groupKey = findingKey({ tenantId, cause, ...subject });
    const [known] = await findingsByKey(sql, tenantId, [groupKey]);
    const id = known?.id ?? v7();
    const at = now.toISOString();
    const application = applications.get(applicationId);
    if (!known)
      await insertFindings(sql, [
        {
          ...{ tenantId, id, groupKey, cause, ...subject, simulated, state: "open", openedAt: at },
          application: application?.name ?? null,
          severity: severity(cause, application ?? undeclared),
        },
      ]);
    else if (known.state === "resolved") await reopenFindings(sql, tenantId, [id]);
    const times = of.map(({ startedAt }) => startedAt.toISOString()).sort();
    const [firstSeenAt = at, lastSeenAt = at] = [times[0], times.at(-1)];
    await addToCounters(sql, tenantId, [{ findingId: id, calls: 0, firstSeenAt, lastSeenAt }]);
    const kind = !known ? "opened" : known.state === "resolved" ? "reopened" : "commented";
    const event = {
      tenantId,
      findingId: id,
      id: v7(),
      at,
      actor: "Domicile",
      kind,
      note: noteOf(of),
    } as const;
    await insertFindingEvents(sql, [{ ...event, resolution: null, daysClean: null }]);
    const detail = { application: applicationId, reports: of.length, firstSeenAt, lastSeenAt };
    await appendFindingEvent(sql, tenantId, { findingId: id, cause, kind, job: "intake", detail }, now);
  }
  return missed.length;
}

function noteOf(reports: readonly GivenUpReport[]): string {
  const named = reports
    .slice(0, namedMax)
    .map(({ clientId, startedAt }) => `${clientId} (${startedAt.toISOString()})`);
  const more = reports.length > named.length ? `, and ${reports.length - named.length} more` : "";
  const what =
    reports.length === 1 ? "A report names our gateway" : `${reports.length} reports name our gateway`;
  return `${what}, and no call of the gateway within a quarter of an hour was recorded within a day: ${named.join(", ")}${more}.`;
}
