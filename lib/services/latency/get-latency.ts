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
import { addPacked } from "../../db/packed-histogram.ts";
import {
  type LatencyRow,
  latencyRows,
  type PackedHistograms,
  type RollupChoices,
  regionHistograms,
  rollupChoices,
} from "../../db/rollup-latency.ts";
import { firstHour } from "../../db/rollup-read.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { countOf, emptyHistogram, percentiles } from "../rollups/histogram.ts";
import { comparedSpans, startsOfSteps, windowOf } from "../window.ts";

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
  const { step, span } = spans;
  // What there is to choose from takes a look at every row, too: both are under way at once.
  const [latency, choices] = await Promise.all([
    readLatency(tenantIds, search, spans),
    readTenantsSql(tenantIds, (sql) => rollupChoices(sql, step, tenantIds, span)),
  ]);
  return { ...latency, ...choices };
}

async function readLatency(
  tenantIds: readonly string[],
  search: LatencySearch,
  { step, span, whole, before }: ReturnType<typeof comparedSpans>,
): Promise<Omit<Latency, keyof RollupChoices>> {
  return readTenantsSql(tenantIds, async (sql) => {
    const applications = await applicationsById(sql, tenantIds);
    const filter = {
      applicationIds:
        search.application.length === 0
          ? null
          : [...applications].filter(([, { name }]) => search.application.includes(name)).map(([id]) => id),
      models: search.model.length === 0 ? null : search.model,
      operations: search.operation.length === 0 ? null : search.operation,
    };
    const rows = (await latencyRows(sql, step, tenantIds, span, filter)).filter(isMeasured);
    const earlier = await regionHistograms(sql, step, tenantIds, before, filter);
    const running = await regionHistograms(sql, step, tenantIds, { from: whole.to, to: span.to }, filter);
    const starts = startsOfSteps(span, step);
    const regions = [...Map.groupBy(rows, ({ region }) => region)]
      .map(([region, of]) => ({
        ...regionLatency(region, of, starts),
        compared: figuresOf(
          of.filter(ofAllSteps),
          running.filter((row) => row.region === region),
        ),
        previous: figuresOf(earlier.filter((row) => row.region === region)),
      }))
      .sort((a, b) => b.total.measured - a.total.measured || (a.region < b.region ? -1 : 1));
    return {
      window: windowOf(span, await firstHour(sql, tenantIds), await callsDeletedBefore(sql, tenantIds)),
      compared: { from: whole.from.toISOString(), to: whole.to.toISOString() },
      previous: { from: before.from.toISOString(), to: before.to.toISOString() },
      step,
      regions,
      all: figuresOf(rows.filter(ofAllSteps)),
      applications: [...new Set([...applications.values()].map(({ name }) => name))].sort(),
    };
  });
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
      rows.map((row) => row[name]),
      without.map((row) => row[name]),
    );
  return { total: of("total"), firstToken: of("firstToken") };
}

function percentilesOf(packed: readonly string[], without: readonly string[]): Percentiles {
  const histogram = emptyHistogram();
  for (const one of packed) addPacked(histogram, one, 1);
  for (const one of without) addPacked(histogram, one, -1);
  const [p50 = null, p95 = null, p99 = null] = percentiles(histogram, [0.5, 0.95, 0.99]);
  return { measured: countOf(histogram), p50, p95, p99 };
}
