import type { CostFigures } from "../../contracts/usage.ts";
import { costOf, type Price, priceOn, providerOfRegion, upliftOn } from "../../core/prices/price-book.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import type { PricedSums } from "../../db/rollup-usage.ts";
import type { Span } from "../window.ts";

/** Days within a span on which some price changes, ascending: between two of them all prices stay. */
export function priceChanges(prices: readonly Price[], { from, to }: Span): Date[] {
  const days = new Set(prices.map(({ effectiveFrom }) => Date.parse(`${effectiveFrom}T00:00:00.000Z`)));
  return [...days]
    .filter((at) => at > from.getTime() && at < to.getTime())
    .sort((a, b) => a - b)
    .map((at) => new Date(at));
}

export type Pricing = {
  readonly prices: readonly Price[];
  readonly catalog: Catalog;
  readonly span: Span;
  /** Of `priceChanges`, as the sums were grouped by. */
  readonly changes: readonly Date[];
};

/** What these tokens cost by the prices of their days, and how many calls that leaves out, by why. */
export function priceSums(sums: readonly PricedSums[], pricing: Pricing): CostFigures {
  const total = {
    usd: 0,
    upliftUsd: 0,
    pricedCalls: 0,
    unpricedCalls: 0,
    tokenlessCalls: 0,
    upliftUnknownCalls: 0,
  };
  for (const sum of sums) {
    const counted = sum.calls - sum.withoutTokens;
    total.tokenlessCalls += sum.withoutTokens;
    if (counted === 0) continue;
    const price = priceOf(sum, pricing);
    if (price === null) {
      total.unpricedCalls += counted;
      continue;
    }
    const uplift = upliftOn(sum.region, sum.model, price, pricing.catalog);
    const { baseUsd, upliftUsd } = costOf(sum, price, uplift ?? 0);
    total.pricedCalls += counted;
    total.usd += baseUsd + upliftUsd;
    total.upliftUsd += upliftUsd;
    if (uplift === null) total.upliftUnknownCalls += counted;
  }
  return total;
}

function priceOf(
  { region, model, simulated, period }: PricedSums,
  { prices, catalog, span, changes }: Pricing,
): Price | null {
  const day = (changes[period - 1] ?? span.from).toISOString().slice(0, 10);
  return priceOn(prices, {
    mode: simulated ? "simulated" : "live",
    provider: providerOfRegion(region, catalog),
    model,
    day,
  });
}
