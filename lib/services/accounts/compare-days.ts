import {
  compareUsage,
  comparisonRule,
  type RecordedUsage,
  settledAfterMs,
} from "../../core/accounts/compare-usage.ts";
import { isCoveredByKeys } from "../../core/accounts/key-days.ts";
import type { UsageKind } from "../../core/accounts/usage-kind.ts";
import { dayMs } from "../../core/calendar.ts";
import { callsDeletedBefore } from "../../db/call-month.ts";
import { type KeyOfProject, keysOfProjects, tenantsWithKeysOf } from "../../db/provider-credential.ts";
import { type CountedUsage, countedUsage } from "../../db/provider-usage.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { allTenantIds, findTenantById } from "../../db/tenant.ts";
import {
  type Compared,
  comparisonsOfDay,
  putComparisons,
  type StandingComparison,
} from "../../db/usage-comparison.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";
import type { Span } from "../window.ts";
import { raiseUsageFinding } from "./raise-usage-finding.ts";
import { recordOfDay, type TenantKeys } from "./record-of-day.ts";

type Pair = { readonly projectId: string; readonly kind: UsageKind };

export type DaysToCompare = {
  readonly tenantId: string;
  /** What was read of the whole span. */
  readonly read: readonly { readonly projectIds: readonly string[]; readonly kind: UsageKind }[];
  /** Its days that are over are compared. */
  readonly span: Span;
  readonly now: Date;
  /** Somebody asked for it: also where nothing the provider says is new. */
  readonly isWanted: boolean;
};

/** A provisional day is counted again where the provider's figures are others than before, and after so long without that. */
const countedAgainMs = 6 * 3_600_000;

/**
 * Compares each UTC day that is over with the record, a day at a time. It is provisional until 48 hours after its end; then
 * it is settled: an entry in the tenant's log, and a case where requests are missing. A day without usage and calls writes nothing.
 */
export async function compareDays({ tenantId, read, span, now, isWanted }: DaysToCompare): Promise<void> {
  const tenant = await findTenantById(tenantId);
  if (!tenant || read.length === 0) return;
  const { keys, keptFrom } = await withTenantSql({ read: [tenantId], write: null }, async (sql) => ({
    keys: await keysOfProjects(sql, tenantId),
    keptFrom: await callsDeletedBefore(sql, [tenantId]),
  }));
  const pairs = read.flatMap(({ projectIds, kind }) => projectIds.map((projectId) => ({ projectId, kind })));
  const comparing = {
    ...{ tenantId, simulated: tenant.mode === "simulated", keys, now, isWanted },
    sharing: await tenantsSharing(tenantId, projectsOf(pairs)),
  };
  for (let from = span.from.getTime(); from + dayMs <= span.to.getTime(); from += dayMs) {
    const day = { from: new Date(from), to: new Date(from + dayMs) };
    // What retention deleted is not missed.
    if (keptFrom !== null && day.from < keptFrom) continue;
    const due = pairs.filter(({ projectId }) => isHere(projectId, keys, day));
    if (due.length > 0) await compareDay(comparing, day, due);
  }
}

/** A project is compared on whole days on which the tenant had a key of it: else not all of it was to be recorded here. */
function isHere(projectId: string, keys: readonly KeyOfProject[], { from, to }: Span): boolean {
  const spans = keys
    .filter((key) => key.projectId === projectId)
    .map(({ createdAt, revokedAt }) => ({
      createdAt: createdAt.getTime(),
      revokedAt: revokedAt?.getTime() ?? null,
    }));
  return isCoveredByKeys(spans, from.getTime(), to.getTime());
}

/** Other tenants that have or had a key of one of these projects. */
async function tenantsSharing(tenantId: string, projectIds: readonly string[]): Promise<TenantKeys[]> {
  const others = (await allTenantIds()).filter((id) => id !== tenantId);
  if (others.length === 0) return [];
  return withTenantSql({ read: others, write: null }, async (sql) => {
    const sharing: TenantKeys[] = [];
    for (const id of await tenantsWithKeysOf(sql, others, projectIds))
      sharing.push({ tenantId: id, keys: await keysOfProjects(sql, id) });
    return sharing;
  });
}

type Comparing = TenantKeys & {
  readonly simulated: boolean;
  readonly sharing: readonly TenantKeys[];
  readonly now: Date;
  readonly isWanted: boolean;
};

async function compareDay(comparing: Comparing, { from, to }: Span, pairs: readonly Pair[]): Promise<void> {
  const { tenantId, sharing, now } = comparing;
  const day = from.toISOString().slice(0, 10);
  // What was just read is not yet on a replica; the calls of a day that is over are.
  const { standing, counted } = await withTenantSql({ read: [tenantId], write: null }, async (sql) => ({
    standing: await comparisonsOfDay(sql, tenantId, day),
    counted: await countedUsage(sql, tenantId, projectsOf(pairs), from, to),
  }));
  const due = unsettled(pairs, standing);
  const isOver = now.getTime() >= to.getTime() + settledAfterMs;
  if (due.length === 0 || (!isOver && isStillSo(comparing, due, standing, counted))) return;
  const recordedOf = await recordOfDay(comparing, sharing, { from, to, projectIds: projectsOf(due) });
  const compared = due.flatMap((pair): Compared[] => {
    const recorded = recordedOf(pair.projectId, pair.kind);
    const { requests, batchRequests } = countOf(counted, pair);
    // What stood there before is said anew, also where nothing is left of it.
    if (requests + batchRequests + recorded.sent === 0 && find(standing, pair) === undefined) return [];
    const figures = { providerRequests: requests, batchRequests, ...recorded };
    return [{ ...pair, day, ...figures, ...compareUsage(requests, recorded) }];
  });
  if (compared.length === 0) return;
  if (isOver) await settle(comparing, day, compared);
  else
    await withTenantSql(tenantScope(tenantId), (sql) =>
      putComparisons(
        sql,
        compared.map((each) => ({ ...each, tenantId, comparedAt: now, settled: null })),
      ),
    );
}

function projectsOf(pairs: readonly Pair[]): string[] {
  return [...new Set(pairs.map(({ projectId }) => projectId))];
}

function find<Row extends Pair>(rows: readonly Row[], { projectId, kind }: Pair): Row | undefined {
  return rows.find((row) => row.projectId === projectId && row.kind === kind);
}

const nothingCounted = { requests: 0, batchRequests: 0 };

function countOf(counted: readonly CountedUsage[], pair: Pair) {
  return find(counted, pair) ?? nothingCounted;
}

function unsettled<Each extends Pair>(
  pairs: readonly Each[],
  standing: readonly StandingComparison[],
): Each[] {
  return pairs.filter((pair) => find(standing, pair)?.isSettled !== true);
}

/** Whether a day was compared with these very figures of the provider a short while ago: then its calls need no counting. */
function isStillSo(
  { now, isWanted }: Comparing,
  due: readonly Pair[],
  standing: readonly StandingComparison[],
  counted: readonly CountedUsage[],
): boolean {
  const before = due.flatMap((pair) => find(standing, pair) ?? []);
  const comparedAt = Math.max(...before.map((row) => row.comparedAt.getTime()));
  if (isWanted || now.getTime() - comparedAt >= countedAgainMs) return false;
  return due.every((pair) => {
    const { requests, batchRequests } = countOf(counted, pair);
    const { providerRequests = 0, batchRequests: batches = 0 } = find(before, pair) ?? {};
    return requests === providerRequests && batchRequests === batches;
  });
}

async function settle(
  { tenantId, simulated, now }: Comparing,
  day: string,
  compared: readonly Compared[],
): Promise<void> {
  await withTenantSql(tenantScope(tenantId), async (sql) => {
    // crash: the lock first; of two workers one finds the day settled.
    await lockRecording(sql, tenantId);
    const open = unsettled(compared, await comparisonsOfDay(sql, tenantId, day));
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
  const { sent, accepted, reported, edge, ownEdge, unnamed, elsewhere, open } =
    compared satisfies RecordedUsage;
  const { state, missing } = compared;
  return {
    ...{ rule: comparisonRule, projectId, day, kind, providerRequests, batchRequests },
    ...{ sent, accepted, reported, edge, ownEdge, unnamed, elsewhere, open, state, missing },
  };
}
