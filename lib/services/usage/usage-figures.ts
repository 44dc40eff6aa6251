import type { CostFigures, UsageFigures, UsagePoint, UsageRow } from "../../contracts/usage.ts";
import type { Band } from "../../core/verdicts/verdict.ts";
import type { PricedSums, UsageRead, UsageSums } from "../../db/rollup-usage.ts";
import type { PriceSums, SumsToPrice } from "./price-sums.ts";

/** What was read, in the parts that a page tells apart, and how to price and name it. */
export type UsageToTell = {
  readonly read: UsageRead;
  readonly price: PriceSums;
  /** Of the row that a key stands in: several applications may share a name. */
  readonly nameOf: (key: string) => string;
};

/** The parts of what was read: the period before, the whole steps of this one, and the step it ends in. */
const beforePart = 0;
const wholePart = 1;

type Parted = { readonly part: number };
const isNow = ({ part }: Parted) => part >= wholePart;
const isWhole = ({ part }: Parted) => part === wholePart;
const isBefore = ({ part }: Parted) => part === beforePart;

/** One row per name, most calls first. */
export function usageRows(usage: UsageToTell, starts: readonly number[]): UsageRow[] {
  const { read, price, nameOf } = usage;
  const sums = Map.groupBy(read.sums, ({ key }) => nameOf(key));
  const priced = Map.groupBy(read.priced, ({ key }) => nameOf(key));
  const steps = callsByStep(usage);
  return [...sums]
    .filter(([, of]) => of.some(isNow))
    .map(([key, of]) => {
      const costs = priced.get(key) ?? [];
      const calls = steps.get(key);
      const now = of.filter(isNow);
      return {
        key,
        ...figuresOf(now),
        bands: bandsOf(now),
        points: starts.map((at) => calls?.get(at) ?? 0),
        comparedCalls: callsOf(of.filter(isWhole)),
        previousCalls: callsOf(of.filter(isBefore)),
        cost: price(costs.filter(isNow)),
        comparedCost: price(costs.filter(isWhole)),
        previousCost: price(costs.filter(isBefore)),
      };
    })
    .sort((a, b) => b.calls - a.calls || (a.key < b.key ? -1 : 1));
}

export function usageTotal({ read, price }: UsageToTell): UsageFigures & { readonly cost: CostFigures } {
  return { ...figuresOf(read.sums.filter(isNow)), cost: price(read.priced.filter(isNow)) };
}

type Compared = { readonly calls: number; readonly tokens: number; readonly cost: CostFigures };

/** The whole steps of the window, and the period before it. */
export function usageCompared({ read, price }: UsageToTell): { whole: Compared; before: Compared } {
  const of = (sums: readonly UsageSums[], priced: readonly PricedSums[]): Compared => ({
    calls: callsOf(sums),
    tokens: sums.reduce((all, each) => all + each.inputTokens + each.outputTokens, 0),
    cost: price(priced),
  });
  return {
    whole: of(read.sums.filter(isWhole), read.priced.filter(isWhole)),
    before: of(read.sums.filter(isBefore), read.priced.filter(isBefore)),
  };
}

/** A point per step, beside the one of the period before that is as far from its start. */
export function usagePoints(
  usage: UsageToTell,
  starts: readonly number[],
  beforeStarts: readonly number[],
): UsagePoint[] {
  const calls = new Map<number, number>();
  const tokens = new Map<number, number>();
  for (const { at, ...of } of usage.read.steps)
    at.forEach((second, i) => {
      add(calls, second * 1_000, of.calls[i] ?? 0);
      add(tokens, second * 1_000, of.tokens[i] ?? 0);
    });
  const priced = pricedByStep(usage);
  const figures = (at: number) => ({
    calls: calls.get(at) ?? 0,
    tokens: tokens.get(at) ?? 0,
    cost: usage.price(priced.get(at) ?? []),
  });
  return starts.map((at, i) => {
    const start = beforeStarts[i];
    return {
      at: new Date(at).toISOString(),
      ...figures(at),
      before: start === undefined ? null : figures(start),
    };
  });
}

function callsByStep({ read, nameOf }: UsageToTell): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const byName = new Map<string, Map<number, number>>();
  for (const { key, at, calls } of read.steps) {
    const name = nameOf(key);
    const steps = byName.get(name) ?? new Map<number, number>();
    byName.set(name, steps);
    at.forEach((second, i) => {
      add(steps, second * 1_000, calls[i] ?? 0);
    });
  }
  return byName;
}

function pricedByStep({ read }: UsageToTell): ReadonlyMap<number, SumsToPrice[]> {
  const bySteps = new Map<number, SumsToPrice[]>();
  for (const { at, region, model, simulated, period, ...of } of read.pricedSteps)
    at.forEach((second, i) => {
      const ms = second * 1_000;
      const sums = bySteps.get(ms) ?? [];
      bySteps.set(ms, sums);
      sums.push({
        ...{ region, model, simulated, period },
        calls: of.calls[i] ?? 0,
        withoutTokens: of.withoutTokens[i] ?? 0,
        inputTokens: of.inputTokens[i] ?? 0,
        cachedTokens: of.cachedTokens[i] ?? 0,
        outputTokens: of.outputTokens[i] ?? 0,
      });
    });
  return bySteps;
}

function add(sums: Map<number, number>, at: number, value: number): void {
  sums.set(at, (sums.get(at) ?? 0) + value);
}

function callsOf(sums: readonly UsageSums[]): number {
  return sums.reduce((all, { calls }) => all + calls, 0);
}

function bandsOf(sums: readonly UsageSums[]): Record<Band, number> {
  const bands: Record<Band, number> = {
    in_region: 0,
    permitted: 0,
    unverifiable: 0,
    outside: 0,
    stopped: 0,
  };
  for (const { band, calls } of sums) if (band in bands) bands[band as Band] += calls;
  return bands;
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
