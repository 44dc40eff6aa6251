import type {
  BandCounts,
  BandPoint,
  ComparedBands,
  Overview,
  OverviewSearch,
  RegionUsage,
} from "../../contracts/overview.ts";
import type { TimeStep } from "../../contracts/time-step.ts";
import { settledAfterMs } from "../../core/accounts/compare-usage.ts";
import { dayMs } from "../../core/calendar.ts";
import type { Band } from "../../core/verdicts/verdict.ts";
import { applicationsById } from "../../db/application.ts";
import { newestOfVerdict } from "../../db/call-list.ts";
import { callsDeletedBefore } from "../../db/call-month.ts";
import { countOpenFindings, listFindingRows } from "../../db/finding-list.ts";
import { type BandRow, bandRows, firstHour, type OverviewRow, overviewRows } from "../../db/rollup-read.ts";
import { tenantsById } from "../../db/tenant.ts";
import { newestMissing, settledSums } from "../../db/usage-coverage.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { applicationIdsNamed, applicationNames } from "../applications/named-applications.ts";
import { callListItem } from "../calls/call-list-item.ts";
import { findingListItem } from "../findings/finding-list-item.ts";
import {
  comparedSpans,
  floorTo,
  isComparable,
  type Span,
  startsOfSteps,
  textOf,
  windowOf,
} from "../window.ts";

const flagsShown = 8;
const findingsShown = 6;
const coverageDays = 14;
const openStates = ["open", "acknowledged", "investigating"] as const;

/**
 * What a reader must know first: the five bands over time, the regions, the newest flags and the open findings.
 */
export async function getOverview(
  actor: Actor,
  search: OverviewSearch,
  now: Date = new Date(),
): Promise<Overview> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const spans = comparedSpans(search, now);
  const { step, asked, span, whole, before } = spans;
  const [modes, ids] = await Promise.all([
    tenantsById(tenantIds),
    applicationIdsNamed(tenantIds, search.application),
  ]);
  const named = search.application.length === 0 ? null : search.application;
  // Each takes its own time: both are under way at once.
  const [{ rows, applications, flags, first, deletedBefore }, beside] = await Promise.all([
    readTenantsSql(tenantIds, async (sql) => ({
      rows: await overviewRows(sql, { step, tenantIds, span, applicationIds: ids, wholeTo: whole.to }),
      applications: await applicationsById(sql, tenantIds),
      flags: await newestOfVerdict(sql, {
        tenantIds,
        verdict: "violation",
        window: asked,
        applicationIds: ids,
        limit: flagsShown,
      }),
      first: await firstHour(sql, tenantIds),
      deletedBefore: await callsDeletedBefore(sql, tenantIds),
    })),
    readTenantsSql(tenantIds, async (sql) => ({
      previous: await bandRows(sql, step, tenantIds, before, ids),
      openRows: await listFindingRows(sql, {
        tenantIds,
        state: openStates,
        severity: null,
        cause: null,
        application: named,
        data: null,
        environment: null,
        owner: null,
        only: null,
        below: null,
        limit: findingsShown,
      }),
      openFindingCount: await countOpenFindings(sql, tenantIds, openStates, named),
      coverage: await coverageOf(sql, slugs, now),
    })),
  ]);
  return {
    window: windowOf(span, first, deletedBefore, asked),
    hasCalls: first !== null,
    compared: comparedBands(
      whole,
      rows.filter(({ running }) => !running),
    ),
    previous: comparedBands(before, beside.previous),
    comparable: isComparable(spans, first),
    calls: sum(rows, "calls"),
    notApplicable: sum(
      rows.filter(({ verdict }) => verdict === "not_applicable"),
      "calls",
    ),
    bands: bandsOf(rows),
    step,
    points: pointsOf(rows, span, step),
    regions: regionsOf(rows),
    newestFlags: flags.map((row) => callListItem(row, { slugs, applications })),
    openFindings: beside.openRows.map((row) => findingListItem(row, slugs, now)),
    openFindingCount: beside.openFindingCount,
    applications: applicationNames(applications),
    simulated: modes.some(({ mode }) => mode === "simulated"),
    callsWithoutEnd: sum(rows, "withoutEnd"),
    coverage: beside.coverage,
  };
}

/** The last settled days, whatever the page's range is: what is missing of them is to be known at once. */
async function coverageOf(
  sql: SqlTransaction,
  slugs: ReadonlyMap<string, string>,
  now: Date,
): Promise<Overview["coverage"]> {
  const tenantIds = [...slugs.keys()];
  const end = floorTo("day", new Date(now.getTime() - settledAfterMs));
  const [from, to] = [new Date(end.getTime() - coverageDays * dayMs), end].map((at) =>
    at.toISOString().slice(0, 10),
  );
  if (from === undefined || to === undefined) return null;
  const sums = await settledSums(sql, tenantIds, from, to);
  if (sums.days === 0) return null;
  const missing = sums.missing === 0 ? null : await newestMissing(sql, tenantIds, from, to);
  const newest = missing && {
    tenant: slugs.get(missing.tenantId) ?? "",
    project: missing.name ?? missing.projectId,
    day: missing.day,
  };
  return { ...sums, newest, from, to };
}

function sum<Of extends string>(rows: readonly Readonly<Record<Of, number>>[], of: Of): number {
  return rows.reduce((total, row) => total + row[of], 0);
}

function comparedBands({ from, to }: Span, rows: readonly BandRow[]): ComparedBands {
  return { ...textOf({ from, to }), bands: bandsOf(rows), calls: sum(rows, "calls") };
}

function bandsOf(rows: readonly BandRow[]): BandCounts {
  const counts: Record<Band, number> = {
    in_region: 0,
    permitted: 0,
    unverifiable: 0,
    outside: 0,
    stopped: 0,
  };
  for (const { band, calls } of rows) if (band in counts) counts[band as Band] += calls;
  return counts;
}

/** One point per step, those without a call included. */
function pointsOf(rows: readonly OverviewRow[], span: Span, step: TimeStep): BandPoint[] {
  const byStep = Map.groupBy(rows, ({ at }) => at.getTime());
  return startsOfSteps(span, step).map((at) => {
    const of = byStep.get(at) ?? [];
    return { at: new Date(at).toISOString(), bands: bandsOf(of), regions: callsByRegion(of) };
  });
}

function callsByRegion(rows: readonly OverviewRow[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(rows, ({ region }) => region)].map(([region, of]) => [region, sum(of, "calls")]),
  );
}

function regionsOf(rows: readonly OverviewRow[]): RegionUsage[] {
  return [...Map.groupBy(rows, ({ region }) => region)]
    .map(([region, of]) => ({
      region,
      calls: sum(of, "calls"),
      inputTokens: sum(of, "inputTokens"),
      outputTokens: sum(of, "outputTokens"),
      bands: bandsOf(of),
    }))
    .sort((a, b) => b.calls - a.calls);
}
