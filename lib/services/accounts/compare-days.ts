import {
  compareUsage,
  comparisonRule,
  edgeMs,
  nothingRecorded,
  type RecordedUsage,
  settledAfterMs,
} from "../../core/accounts/compare-usage.ts";
import { openOperations, plainFeatures, toolOperations } from "../../core/accounts/counted-as.ts";
import { tallyCalls } from "../../core/accounts/tally-calls.ts";
import type { UsageKind } from "../../core/accounts/usage-kind.ts";
import { dayMs } from "../../core/calendar.ts";
import { otherProviders } from "../../core/regions/imitates-openai.ts";
import { callsDeletedBefore } from "../../db/call-month.ts";
import { type KeyOfProject, keysOfProjects } from "../../db/provider-credential.ts";
import { countedUsage } from "../../db/provider-usage.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { findTenantById } from "../../db/tenant.ts";
import { callsOfUsageDay } from "../../db/usage-calls.ts";
import { type Compared, putComparisons, settledOfDay } from "../../db/usage-comparison.ts";
import { readTenantsSql, type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";
import type { Span } from "../window.ts";
import { raiseUsageFinding } from "./raise-usage-finding.ts";

type Pair = { readonly projectId: string; readonly kind: UsageKind };

export type DaysToCompare = {
  readonly tenantId: string;
  /** What was read of the whole span. */
  readonly read: readonly { readonly projectIds: readonly string[]; readonly kind: UsageKind }[];
  /** Its days that are over are compared. */
  readonly span: Span;
  readonly now: Date;
};

/**
 * Compares each UTC day that is over with the record, a day at a time. It is provisional until 48 hours after its end; then
 * it is settled: an entry in the tenant's log, and a case where requests are missing. A day without usage and calls writes nothing.
 */
export async function compareDays({ tenantId, read, span, now }: DaysToCompare): Promise<void> {
  const tenant = await findTenantById(tenantId);
  if (!tenant || read.length === 0) return;
  const { keys, keptFrom } = await withTenantSql({ read: [tenantId], write: null }, async (sql) => ({
    keys: await keysOfProjects(sql, tenantId),
    keptFrom: await callsDeletedBefore(sql, [tenantId]),
  }));
  const pairs = read.flatMap(({ projectIds, kind }) => projectIds.map((projectId) => ({ projectId, kind })));
  for (let from = span.from.getTime(); from + dayMs <= span.to.getTime(); from += dayMs) {
    const day = { from: new Date(from), to: new Date(from + dayMs) };
    // What retention deleted is not missed.
    if (keptFrom !== null && day.from < keptFrom) continue;
    const due = pairs.filter(({ projectId }) => isHere(projectId, keys, day.from));
    await compareDay({ tenantId, simulated: tenant.mode === "simulated", keys, now }, day, due);
  }
}

/** A project is compared from the first whole day on which the tenant had a key of it: before, nothing of it was to be recorded. */
function isHere(projectId: string, keys: readonly KeyOfProject[], from: Date): boolean {
  return keys.some((key) => key.projectId === projectId && key.createdAt <= from);
}

type Comparing = {
  readonly tenantId: string;
  readonly simulated: boolean;
  readonly keys: readonly KeyOfProject[];
  readonly now: Date;
};

async function compareDay(comparing: Comparing, { from, to }: Span, pairs: readonly Pair[]): Promise<void> {
  const { tenantId, keys, now } = comparing;
  const day = from.toISOString().slice(0, 10);
  // What was just read is not yet on a replica; the calls of a day that is over are.
  const { due, counted } = await withTenantSql({ read: [tenantId], write: null }, async (sql) => {
    const open = await unsettled(sql, tenantId, day, pairs);
    return { due: open, counted: await countedUsage(sql, tenantId, projectsOf(open), from, to) };
  });
  if (due.length === 0) return;
  const projectIds = projectsOf(due);
  const groups = await readTenantsSql([tenantId], (sql) =>
    callsOfUsageDay(sql, tenantId, {
      ...{ from, to, edgeMs, projectIds },
      ...{ openOperations, toolOperations, plainFeatures, otherProviders },
    }),
  );
  const known = new Map(
    keys.map(({ id, projectId, kind }) => [id, { projectId, isOpenai: kind === "openai" }]),
  );
  const tallies = tallyCalls(groups, projectIds, known);
  const compared = due.flatMap((pair): Compared[] => {
    const recorded = tallies.get(pair.projectId)?.[pair.kind] ?? nothingRecorded;
    const usage = counted.find((each) => each.projectId === pair.projectId && each.kind === pair.kind);
    const { requests = 0, batchRequests = 0 } = usage ?? {};
    if (requests + batchRequests + recorded.sent === 0) return [];
    const figures = { providerRequests: requests, batchRequests, ...recorded };
    return [{ ...pair, day, ...figures, ...compareUsage(requests, recorded) }];
  });
  if (compared.length === 0) return;
  if (now.getTime() < to.getTime() + settledAfterMs)
    await withTenantSql(tenantScope(tenantId), (sql) =>
      putComparisons(
        sql,
        compared.map((each) => ({ ...each, tenantId, comparedAt: now, settled: null })),
      ),
    );
  else await settle(comparing, compared);
}

function projectsOf(pairs: readonly Pair[]): string[] {
  return [...new Set(pairs.map(({ projectId }) => projectId))];
}

async function unsettled(
  sql: SqlTransaction,
  tenantId: string,
  day: string,
  pairs: readonly Pair[],
): Promise<Pair[]> {
  if (pairs.length === 0) return [];
  const nameOf = ({ projectId, kind }: Pair) => `${kind} ${projectId}`;
  const done = new Set((await settledOfDay(sql, tenantId, day)).map(nameOf));
  return pairs.filter((pair) => !done.has(nameOf(pair)));
}

async function settle({ tenantId, simulated, now }: Comparing, compared: readonly Compared[]): Promise<void> {
  await withTenantSql(tenantScope(tenantId), async (sql) => {
    // crash: the lock first; of two workers one finds the day settled.
    await lockRecording(sql, tenantId);
    const [first] = compared;
    const due = first ? await unsettled(sql, tenantId, first.day, compared) : [];
    const open = compared.filter((each) => due.includes(each));
    for (const each of open) {
      const event = { kind: "usage.compared", subject: each.projectId, detail: detailOf(each) };
      const { epoch, index } = await appendJobEvent(sql, tenantId, event, now, "read-accounts");
      await putComparisons(sql, [{ ...each, tenantId, comparedAt: now, settled: { at: now, epoch, index } }]);
    }
    const missing = open.filter((each) => each.missing > 0);
    for (const [projectId, days] of Map.groupBy(missing, (each) => each.projectId))
      await raiseUsageFinding(sql, { id: tenantId, simulated }, projectId, days, now);
  });
}

/** All that the comparison rests on, so that anybody can do it again from the entry. */
function detailOf({ projectId, day, kind, providerRequests, batchRequests, ...compared }: Compared) {
  const { sent, accepted, reported, edge, ownEdge, unnamed, open } = compared satisfies RecordedUsage;
  const { state, missing } = compared;
  return {
    ...{ rule: comparisonRule, projectId, day, kind, providerRequests, batchRequests },
    ...{ sent, accepted, reported, edge, ownEdge, unnamed, open, state, missing },
  };
}
