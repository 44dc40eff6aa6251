import type { CostFigures, UsageFigures, UsagePoint, UsageRow } from "../../contracts/usage.ts";
import type { Band } from "../../core/verdicts/verdict.ts";
import type { PricedSums, UsageRead, UsageSums } from "../../db/rollup-usage.ts";
import type { PriceSums, SumsToPrice } from "./price-sums.ts";

/** What was read of two periods, and how to price and name it. */
export type UsageToTell = {
  readonly now: UsageRead;
  readonly before: UsageRead;
  readonly price: PriceSums;
  /** Of the row that a key stands in: several applications may share a name. */
  readonly nameOf: (key: string) => string;
};

const isWhole = ({ running }: Pick<UsageSums, "running">) => !running;

/** One row per name, most calls first. */
export function usageRows(usage: UsageToTell, starts: readonly number[]): UsageRow[] {
  const { now, before, price, nameOf } = usage;
  const byName = <Of extends { readonly key: string }>(all: readonly Of[]) =>
    Map.groupBy(all, ({ key }) => nameOf(key));
  const priced = byName(now.priced);
  const sumsBefore = byName(before.sums);
  const pricedBefore = byName(before.priced);
  const steps = callsByStep(usage);
  return [...byName(now.sums)]
    .map(([key, sums]) => {
      const costs = priced.get(key) ?? [];
      const calls = steps.get(key);
      return {
        key,
        ...figuresOf(sums),
        bands: bandsOf(sums),
        points: starts.map((at) => calls?.get(at) ?? 0),
        comparedCalls: callsOf(sums.filter(isWhole)),
        previousCalls: callsOf(sumsBefore.get(key) ?? []),
        cost: price(costs),
        comparedCost: price(costs.filter(isWhole)),
        previousCost: price(pricedBefore.get(key) ?? []),
      };
    })
    .sort((a, b) => b.calls - a.calls || (a.key < b.key ? -1 : 1));
}

export function usageTotal({ now, price }: UsageToTell): UsageFigures & Pick<UsageRow, "bands" | "cost"> {
  return { ...figuresOf(now.sums), bands: bandsOf(now.sums), cost: price(now.priced) };
}

type Compared = { readonly calls: number; readonly tokens: number; readonly cost: CostFigures };

/** The whole hours or days of the window, and the period before it. */
export function usageCompared({ now, before, price }: UsageToTell): { whole: Compared; before: Compared } {
  const of = (sums: readonly UsageSums[], priced: readonly PricedSums[]): Compared => ({
    calls: callsOf(sums),
    tokens: sums.reduce((all, each) => all + each.inputTokens + each.outputTokens, 0),
    cost: price(priced),
  });
  return {
    whole: of(now.sums.filter(isWhole), now.priced.filter(isWhole)),
    before: of(before.sums, before.priced),
  };
}

/** A point per step, beside the one that `beforeStarts` names for it: of the period before, or of this one. */
export function usagePoints(
  { now, before, price }: UsageToTell,
  starts: readonly number[],
  beforeStarts: readonly number[],
): UsagePoint[] {
  const of = figuresByStep(now, price);
  const ofBefore = figuresByStep(before, price);
  return starts.map((at, i) => {
    const start = beforeStarts[i];
    return {
      at: new Date(at).toISOString(),
      ...of(at),
      before: start === undefined ? null : start < (starts[0] ?? 0) ? ofBefore(start) : of(start),
    };
  });
}

/** Answers the figures of the step that begins at an instant, in milliseconds since 1970. */
function figuresByStep(read: UsageRead, price: PriceSums): (at: number) => Compared {
  const calls = new Map<number, number>();
  const tokens = new Map<number, number>();
  for (const { at, ...of } of read.steps)
    at.forEach((second, i) => {
      add(calls, second * 1_000, of.calls[i] ?? 0);
      add(tokens, second * 1_000, of.tokens[i] ?? 0);
    });
  const priced = pricedByStep(read);
  return (at) => ({
    calls: calls.get(at) ?? 0,
    tokens: tokens.get(at) ?? 0,
    cost: price(priced.get(at) ?? []),
  });
}

function callsByStep({ now, nameOf }: UsageToTell): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const byName = new Map<string, Map<number, number>>();
  for (const { key, at, calls } of now.steps) {
    const name = nameOf(key);
    const steps = byName.get(name) ?? new Map<number, number>();
    byName.set(name, steps);
    at.forEach((second, i) => {
      add(steps, second * 1_000, calls[i] ?? 0);
    });
  }
  return byName;
}

function pricedByStep(read: UsageRead): ReadonlyMap<number, SumsToPrice[]> {
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
