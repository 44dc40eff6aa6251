import { edgeMs, nothingRecorded, type RecordedUsage } from "../../core/accounts/compare-usage.ts";
import { openOperations, plainFeatures, toolOperations } from "../../core/accounts/counted-as.ts";
import { tallyCalls } from "../../core/accounts/tally-calls.ts";
import type { UsageKind } from "../../core/accounts/usage-kind.ts";
import { otherProviders } from "../../core/regions/imitates-openai.ts";
import type { KeyOfProject } from "../../db/provider-credential.ts";
import { callsOfUsageDay } from "../../db/usage-calls.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import type { Span } from "../window.ts";

/** A tenant and all keys that it has or had. */
export type TenantKeys = { readonly tenantId: string; readonly keys: readonly KeyOfProject[] };

export type DayOfProjects = Span & { readonly projectIds: readonly string[] };

type Recorded = (projectId: string, kind: UsageKind) => RecordedUsage;

/**
 * What the record holds of each project on a UTC day. The provider counts a project whoever uses it: calls of other tenants that
 * had a key of it then are counted beside the tenant's own, and their sessions and runs excuse as its own do.
 */
export async function recordOfDay(
  own: TenantKeys,
  sharing: readonly TenantKeys[],
  day: DayOfProjects,
): Promise<Recorded> {
  const mine = await tallyOf(own, day);
  const others: Recorded[] = [];
  for (const other of sharing) {
    const projectIds = day.projectIds.filter((id) => other.keys.some((key) => isOf(key, id, day)));
    if (projectIds.length > 0) others.push(await tallyOf(other, { ...day, projectIds }));
  }
  return (projectId, kind) => {
    const recorded = mine(projectId, kind);
    const beside = others.map((of) => of(projectId, kind));
    const sum = (count: (of: RecordedUsage) => number) => beside.reduce((total, of) => total + count(of), 0);
    return {
      ...recorded,
      elsewhere: sum(({ sent, edge, unnamed }) => sent + edge + unnamed),
      open: recorded.open + sum(({ open }) => open),
    };
  };
}

/** Whether a key of the project was here at some time of the day. */
function isOf({ projectId, createdAt, revokedAt }: KeyOfProject, id: string, { from, to }: Span): boolean {
  return projectId === id && createdAt < to && (revokedAt === null || revokedAt > from);
}

async function tallyOf(
  { tenantId, keys }: TenantKeys,
  { from, to, projectIds }: DayOfProjects,
): Promise<Recorded> {
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
  return (projectId, kind) => tallies.get(projectId)?.[kind] ?? nothingRecorded;
}
