import type {
  Latency,
  LatencyFigures,
  LatencySearch,
  ModelLatency,
  Percentiles,
  RegionLatency,
} from "../../contracts/latency.ts";
import { applicationsById } from "../../db/application.ts";
import { callsDeletedBefore } from "../../db/call-month.ts";
import { filledBuckets, sumPacked } from "../../db/packed-histogram.ts";
import {
  type LatencyFilter,
  type LatencyRow,
  latencyRows,
  type PackedHistograms,
  type RegionHistograms,
  regionHistograms,
  rollupChoices,
} from "../../db/rollup-latency.ts";
import { firstHour } from "../../db/rollup-read.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { applicationIdsNamed, applicationNames } from "../applications/named-applications.ts";
import { countOf, histogramSize, percentiles } from "../rollups/histogram.ts";
import { comparedSpans, isComparable, startsOfSteps, textOf, windowOf } from "../window.ts";

const modelsShown = 50;

/** What each region costs in time: percentiles by region and model from merged histograms, beside the period before. */
export async function getLatency(
  actor: Actor,
  search: LatencySearch,
  now: Date = new Date(),
): Promise<Latency> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const spans = comparedSpans(search, now);
  const { step, asked, span, whole, before } = spans;
  const filter = filterOf(search, await applicationIdsNamed(tenantIds, search.application));
  // Each takes a look at every row of its own: both are under way at once.
  const [told, beside] = await Promise.all([
    readTenantsSql(tenantIds, async (sql) => ({
      rows: await latencyRows(sql, step, tenantIds, span, filter),
      applications: await applicationsById(sql, tenantIds),
      running: await regionHistograms(sql, step, tenantIds, { from: whole.to, to: span.to }, filter),
      first: await firstHour(sql, tenantIds),
      deletedBefore: await callsDeletedBefore(sql, tenantIds),
    })),
    readTenantsSql(tenantIds, async (sql) => ({
      earlier: await regionHistograms(sql, step, tenantIds, before, filter),
      choices: await rollupChoices(sql, step, tenantIds, span),
    })),
  ]);
  const rows = told.rows.filter(isMeasured);
  const starts = startsOfSteps(span, step);
  // A period of which a part lies before the record is no measure of this one.
  const earlier = isComparable(spans, told.first) ? beside.earlier : [];
  const regions = [...Map.groupBy(rows, ({ region }) => region)]
    .map(([region, of]) => {
      const ofRegion = (row: RegionHistograms) => row.region === region;
      return {
        ...regionLatency(region, of, starts),
        compared: figuresOf(of.filter(ofAllSteps), told.running.filter(ofRegion)),
        previous: figuresOf(earlier.filter(ofRegion)),
      };
    })
    .sort((a, b) => b.total.measured - a.total.measured || (a.region < b.region ? -1 : 1));
  return {
    window: windowOf(span, told.first, told.deletedBefore, asked),
    hasCalls: told.first !== null,
    compared: textOf(whole),
    previous: textOf(before),
    step,
    regions,
    all: figuresOf(rows.filter(ofAllSteps)),
    applications: applicationNames(told.applications),
    ...beside.choices,
  };
}

function filterOf(search: LatencySearch, applicationIds: readonly string[] | null): LatencyFilter {
  const any = (names: readonly string[]) => (names.length === 0 ? null : names);
  return {
    applicationIds,
    models: any(search.model),
    operations: any(search.operation),
  };
}

/** Calls that were refused, or have no end, took no time that is known. */
function isMeasured({ total, firstToken }: LatencyRow): boolean {
  return total !== "0" || firstToken !== "0";
}

/** Of one model over every step; the others are of one step, of every model. Either add up to the same. */
function ofAllSteps({ at }: LatencyRow): boolean {
  return at === null;
}

function regionLatency(
  region: string,
  rows: readonly LatencyRow[],
  starts: readonly number[],
): Omit<RegionLatency, "compared" | "previous"> {
  const byStep = new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.at.getTime(), row] as const])));
  const models: ModelLatency[] = rows.flatMap((row) =>
    row.model === null ? [] : [{ model: row.model, ...figuresOf([row]) }],
  );
  return {
    region,
    ...figuresOf(rows.filter(ofAllSteps)),
    points: starts.map((at) => {
      const row = byStep.get(at);
      return { at: new Date(at).toISOString(), ...figuresOf(row ? [row] : []) };
    }),
    models: models.sort((a, b) => (b.total.p95 ?? 0) - (a.total.p95 ?? 0)).slice(0, modelsShown),
  };
}

/** Of the sum of some histograms without others that are part of it. */
function figuresOf(
  rows: readonly PackedHistograms[],
  without: readonly PackedHistograms[] = [],
): LatencyFigures {
  const of = (name: keyof PackedHistograms) =>
    percentilesOf(
      sumPacked(
        rows.map((row) => row[name]),
        without.map((row) => row[name]),
      ),
    );
  return { total: of("total"), firstToken: of("firstToken") };
}

function percentilesOf(packed: string): Percentiles {
  const filled = filledBuckets(packed, histogramSize);
  const [p50 = null, p95 = null, p99 = null] = percentiles(filled, [0.5, 0.95, 0.99]);
  return { measured: countOf(filled), p50, p95, p99 };
}
