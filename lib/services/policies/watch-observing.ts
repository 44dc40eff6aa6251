import { v7 } from "uuid";
import { dayMs } from "../../core/calendar.ts";
import { findingKey } from "../../core/findings/finding-key.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import { type ObserveEnd, observeEnd } from "../../core/policies/observe-end.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import {
  addToCounters,
  findingsByKey,
  insertFindingEvents,
  insertFindings,
  type KnownFinding,
  reopenFindings,
  resolveFindings,
} from "../../db/finding.ts";
import { newestPolicies, type PolicyRow } from "../../db/policy-version.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { allTenantIds, findTenantById } from "../../db/tenant.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";

const noticeDays = 14;
const cause = "observe_ending";

/**
 * Tells people 14 days before a policy stops observing and begins to block, by a finding; closes it when that has come,
 * or when a newer version put it off. Safe to repeat. Answers how many findings it opened and closed.
 */
export async function watchObserving(now: Date): Promise<{ opened: number; closed: number }> {
  const counts = { opened: 0, closed: 0 };
  await forEachTenant(await allTenantIds(), async (tenantId) => {
    const step = await watchTenant(tenantId, now);
    if (step !== null) counts[step] += 1;
  });
  return counts;
}

async function watchTenant(tenantId: string, now: Date): Promise<"opened" | "closed" | null> {
  const tenant = await findTenantById(tenantId);
  if (!tenant) return null;
  const soon = new Date(now.getTime() + noticeDays * dayMs);
  const groupKey = findingKey({
    tenantId,
    cause,
    host: null,
    model: null,
    applicationId: null,
    basis: "none",
  });
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    // crash: the lock first, as in recording, so that a finding has one writer per tenant.
    await lockRecording(sql, tenantId);
    const [newest] = await newestPolicies(sql, tenantId, 1);
    if (!newest) return null;
    const end = observeEnd(parsePolicy(newest.body), now.toISOString(), soon.toISOString());
    const [known] = await findingsByKey(sql, tenantId, [groupKey]);
    const work: Work = { sql, tenantId, groupKey, newest, now, simulated: tenant.mode === "simulated" };
    if (end.kind === "near") return tell(work, known, end.until);
    return known && known.state !== "resolved" ? close(work, known, end) : null;
  });
}

type Work = {
  readonly sql: SqlTransaction;
  readonly tenantId: string;
  readonly groupKey: string;
  readonly newest: PolicyRow;
  readonly now: Date;
  readonly simulated: boolean;
};

async function tell(work: Work, known: KnownFinding | undefined, until: string): Promise<"opened" | null> {
  const { sql, tenantId, groupKey, newest, now, simulated } = work;
  const at = now.toISOString();
  const note = `Version ${newest.version} observes until ${until} and stops calls outside policy from then on.`;
  if (!known) {
    const id = v7();
    await insertFindings(sql, [
      {
        tenantId,
        id,
        groupKey,
        cause,
        host: null,
        model: null,
        applicationId: null,
        application: null,
        basis: "none",
        severity: severity(cause, undeclared),
        state: "open",
        simulated,
        openedAt: at,
      },
    ]);
    await addToCounters(sql, tenantId, [{ findingId: id, calls: 0, firstSeenAt: at, lastSeenAt: at }]);
    await write(work, id, "opened", note);
    return "opened";
  }
  // What people resolved for this version stays so; a later version with an end of its own is another matter.
  const { resolvedAt } = known;
  if (known.state !== "resolved" || resolvedAt === null || resolvedAt >= newest.effectiveAt) return null;
  await reopenFindings(sql, tenantId, [known.id]);
  await addToCounters(sql, tenantId, [{ findingId: known.id, calls: 0, firstSeenAt: at, lastSeenAt: at }]);
  await write(work, known.id, "reopened", note, Math.floor((now.getTime() - resolvedAt.getTime()) / dayMs));
  return "opened";
}

async function close(work: Work, { id }: KnownFinding, end: ObserveEnd): Promise<"closed"> {
  const { sql, tenantId, newest, now } = work;
  const note =
    end.kind === "over"
      ? `Observing ended on ${end.until}: version ${newest.version} blocks.`
      : end.kind === "none"
        ? `Version ${newest.version} blocks by itself.`
        : `Version ${newest.version} does not end to observe within 14 days.`;
  await resolveFindings(sql, tenantId, [id], "config_fix", now.toISOString());
  await write(work, id, "resolved", note);
  return "closed";
}

async function write(
  { sql, tenantId, now }: Work,
  findingId: string,
  kind: "opened" | "reopened" | "resolved",
  note: string,
  daysClean: number | null = null,
): Promise<void> {
  const resolution = kind === "resolved" ? "config_fix" : null;
  const event = { tenantId, findingId, id: v7(), at: now.toISOString(), actor: "Domicile", kind };
  await insertFindingEvents(sql, [{ ...event, note, resolution, daysClean }]);
}
