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
import { type LatencyBucket, latencyBuckets, rollupChoices } from "../../db/rollup-latency.ts";
import { firstHour } from "../../db/rollup-read.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { emptyHistogram, percentile } from "../rollups/histogram.ts";
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
  const { step, span, before } = comparedSpans(search, now);
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
    const buckets = await latencyBuckets(sql, step, tenantIds, span, filter);
    const earlier = Map.groupBy(
      await latencyBuckets(sql, step, tenantIds, before, filter),
      ({ region }) => region,
    );
    const starts = startsOfSteps(span, step);
    const regions = [...Map.groupBy(buckets, ({ region }) => region)]
      .map(([region, of]) => regionLatency(region, of, earlier.get(region) ?? [], starts))
      .sort((a, b) => b.total.measured - a.total.measured || (a.region < b.region ? -1 : 1));
    return {
      window: windowOf(span, await firstHour(sql, tenantIds), await callsDeletedBefore(sql, tenantIds)),
      previous: { from: before.from.toISOString(), to: before.to.toISOString() },
      step,
      regions,
      all: figuresOf(buckets),
      applications: [...new Set([...applications.values()].map(({ name }) => name))].sort(),
      ...(await rollupChoices(sql, step, tenantIds, span)),
    };
  });
}

function regionLatency(
  region: string,
  buckets: readonly LatencyBucket[],
  earlier: readonly LatencyBucket[],
  starts: readonly number[],
): RegionLatency {
  const byStep = Map.groupBy(buckets, ({ at }) => at.getTime());
  const models: ModelLatency[] = [...Map.groupBy(buckets, ({ model }) => model)].map(([model, of]) => ({
    model,
    ...figuresOf(of),
  }));
  return {
    region,
    ...figuresOf(buckets),
    previous: figuresOf(earlier),
    points: starts.map((at) => ({
      at: new Date(at).toISOString(),
      ...figuresOf(byStep.get(at) ?? []),
    })),
    models: models.sort((a, b) => (b.total.p95 ?? 0) - (a.total.p95 ?? 0)).slice(0, modelsShown),
  };
}

function figuresOf(buckets: readonly LatencyBucket[]): LatencyFigures {
  return { total: percentilesOf(buckets, "total"), firstByte: percentilesOf(buckets, "first_byte") };
}

function percentilesOf(buckets: readonly LatencyBucket[], measure: LatencyBucket["measure"]): Percentiles {
  const histogram = emptyHistogram();
  let measured = 0;
  for (const each of buckets) {
    if (each.measure !== measure) continue;
    histogram[each.bucket] = (histogram[each.bucket] ?? 0) + each.calls;
    measured += each.calls;
  }
  return {
    measured,
    p50: percentile(histogram, 0.5),
    p95: percentile(histogram, 0.95),
    p99: percentile(histogram, 0.99),
  };
}
