import type {
  ComparedUsage,
  CostFigures,
  Usage,
  UsageFigures,
  UsagePoint,
  UsageRow,
  UsageSearch,
} from "../../contracts/usage.ts";
import type { Band } from "../../core/verdicts/verdict.ts";
import { applicationsById } from "../../db/application.ts";
import { callsDeletedBefore } from "../../db/call-month.ts";
import { modelPrices } from "../../db/model-price.ts";
import { firstHour } from "../../db/rollup-read.ts";
import { pricedSums, type UsageFilter, type UsageSums, usageSums } from "../../db/rollup-usage.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type ComparedSpans, comparedSpans, type Span, startsOfSteps, windowOf } from "../window.ts";
import { catalogsInForce } from "./catalogs-in-force.ts";
import { type Pricing, priceChanges, pricer } from "./price-sums.ts";

const rowsShown = 200;

/** What went where and what it cost: calls, tokens, bytes and cost by one dimension, with the bands and the period before. */
export async function getUsage(actor: Actor, search: UsageSearch, now: Date = new Date()): Promise<Usage> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const spans = comparedSpans(search, now);
  const { step, span, whole, before } = spans;
  const priced = { from: before.from, to: span.to };
  const book = { prices: await modelPrices(), catalogs: await catalogsInForce(priced) };
  return readTenantsSql(tenantIds, async (sql) => {
    const applications = await applicationsById(sql, tenantIds);
    const filter = filterOf(search, applications);
    const nameOf = (key: string): string => {
      if (search.by === "application") return applications.get(key)?.name ?? key;
      return search.by === "tenant" ? (slugs.get(key) ?? key) : key;
    };
    // Both periods at once: the one before ends where this one begins.
    const both = await usageSums(sql, step, search.by, tenantIds, priced, filter);
    const sums = both.filter(({ at }) => at >= span.from);
    const earlier = both.filter(({ at }) => at < span.from);
    const compared = sums.filter(({ at }) => at < whole.to);
    const cost = await readCosts(sql, { search, tenantIds, filter, spans, book, nameOf });
    const comparedCalls = callsByName(compared, nameOf);
    const earlierCalls = callsByName(earlier, nameOf);
    const starts = startsOfSteps(span, step);
    const rows = [...Map.groupBy(sums, ({ key }) => nameOf(key))]
      .map(([key, of]) => ({
        ...usageRow(key, of, starts),
        comparedCalls: comparedCalls.get(key) ?? 0,
        previousCalls: earlierCalls.get(key) ?? 0,
        cost: cost.now.of(key),
        comparedCost: cost.compared.of(key),
        previousCost: cost.before.of(key),
      }))
      .sort((a, b) => b.calls - a.calls || (a.key < b.key ? -1 : 1));
    return {
      window: windowOf(span, await firstHour(sql, tenantIds), await callsDeletedBefore(sql, tenantIds)),
      compared: comparedUsage(whole, compared, cost.compared.all),
      previous: comparedUsage(before, earlier, cost.before.all),
      step,
      by: search.by,
      rows: rows.slice(0, rowsShown),
      rowsLeftOff: Math.max(0, rows.length - rowsShown),
      total: { ...figuresOf(sums), cost: cost.now.all },
      points: usagePoints(starts, sums, cost.now.at, {
        starts: startsOfSteps(before, step),
        sums: earlier,
        costAt: cost.before.at,
      }),
      applications: [...new Set([...applications.values()].map(({ name }) => name))].sort(),
    };
  });
}

function filterOf(
  search: UsageSearch,
  applications: ReadonlyMap<string, { readonly name: string }>,
): UsageFilter {
  const any = (names: readonly string[]) => (names.length === 0 ? null : names);
  const named = any(search.application);
  return {
    applicationIds:
      named && [...applications].filter(([, { name }]) => named.includes(name)).map(([id]) => id),
    regions: any(search.region),
    models: any(search.model),
    operations: any(search.operation),
  };
}

function comparedUsage({ from, to }: Span, sums: readonly UsageSums[], cost: CostFigures): ComparedUsage {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    calls: sums.reduce((all, { calls }) => all + calls, 0),
    tokens: sums.reduce((all, each) => all + each.inputTokens + each.outputTokens, 0),
    cost,
  };
}

type CostQuestion = {
  readonly search: UsageSearch;
  readonly tenantIds: readonly string[];
  readonly filter: UsageFilter;
  readonly spans: ComparedSpans;
  readonly book: Pick<Pricing, "prices" | "catalogs">;
  readonly nameOf: (key: string) => string;
};

/** `at`: start of a step in milliseconds since 1970. */
type Costs = {
  readonly of: (name: string) => CostFigures;
  readonly at: (at: number) => CostFigures;
  readonly all: CostFigures;
};

async function readCosts(
  sql: SqlTransaction,
  question: CostQuestion,
): Promise<Record<"now" | "compared" | "before", Costs>> {
  const { search, tenantIds, filter, spans, book, nameOf } = question;
  const { step, span: now, whole, before } = spans;
  const span = { from: before.from, to: now.to };
  const pricing: Pricing = { ...book, span, changes: priceChanges(book.prices, book.catalogs, span) };
  const asked = { parts: [now.from, whole.to], changes: pricing.changes };
  const sums = await pricedSums(sql, step, search.by, tenantIds, span, filter, asked);
  const price = pricer(pricing);
  const costsOf = (isMeant: (part: number) => boolean): Costs => {
    const mine = sums.filter(({ part }) => isMeant(part));
    const byKey = Map.groupBy(mine, ({ key }) => (key === null ? null : nameOf(key)));
    const byStep = Map.groupBy(mine, ({ at }) => at?.getTime() ?? null);
    return {
      of: (name) => price(byKey.get(name) ?? []),
      at: (at) => price(byStep.get(at) ?? []),
      all: price(mine.filter(({ key }) => key !== null)),
    };
  };
  return {
    now: costsOf((part) => part > 0),
    compared: costsOf((part) => part === 1),
    before: costsOf((part) => part === 0),
  };
}

type PointSums = {
  readonly starts: readonly number[];
  readonly sums: readonly UsageSums[];
  readonly costAt: (at: number) => CostFigures;
};

function usagePoints(
  starts: readonly number[],
  sums: readonly UsageSums[],
  costAt: (at: number) => CostFigures,
  before: PointSums,
): UsagePoint[] {
  const now = pointReader({ starts, sums, costAt });
  const earlier = pointReader(before);
  return starts.map((at, i) => {
    const start = before.starts[i];
    return {
      at: new Date(at).toISOString(),
      ...now(at),
      before: start === undefined ? null : earlier(start),
    };
  });
}

function pointReader({ sums, costAt }: PointSums) {
  const byStep = Map.groupBy(sums, ({ at }) => at.getTime());
  return (at: number) => {
    const of = byStep.get(at) ?? [];
    return {
      calls: of.reduce((sum, { calls }) => sum + calls, 0),
      tokens: of.reduce((sum, each) => sum + each.inputTokens + each.outputTokens, 0),
      cost: costAt(at),
    };
  };
}

function callsByName(
  sums: readonly UsageSums[],
  nameOf: (key: string) => string,
): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const each of sums) calls.set(nameOf(each.key), (calls.get(nameOf(each.key)) ?? 0) + each.calls);
  return calls;
}

function usageRow(
  key: string,
  sums: readonly UsageSums[],
  starts: readonly number[],
): Pick<UsageRow, "key" | "bands" | "points"> & UsageFigures {
  const bands: Record<Band, number> = {
    in_region: 0,
    permitted: 0,
    unverifiable: 0,
    outside: 0,
    stopped: 0,
  };
  const calls = new Map<number, number>();
  for (const each of sums) {
    if (each.band in bands) bands[each.band as Band] += each.calls;
    const at = each.at.getTime();
    calls.set(at, (calls.get(at) ?? 0) + each.calls);
  }
  const points = starts.map((at) => calls.get(at) ?? 0);
  return { key, ...figuresOf(sums), bands, points };
}

function figuresOf(sums: readonly UsageSums[]): UsageFigures {
  const total = {
    calls: 0,
    errors: 0,
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    reasoningTokens: 0,
    requestBytes: 0,
    responseBytes: 0,
  };
  for (const each of sums)
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += each[name];
  return total;
}
