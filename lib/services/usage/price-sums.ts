import type { CostFigures } from "../../contracts/usage.ts";
import { costOf, type Price, priceOn, providerOfRegion, upliftOn } from "../../core/prices/price-book.ts";
import type { Priced } from "../../db/rollup-usage.ts";
import type { Span } from "../window.ts";
import { catalogOn, type DatedCatalog } from "./catalogs-in-force.ts";

/** Days within a span on which some price or uplift changes, ascending: between two of them all stay as they are. */
export function priceChanges(
  prices: readonly Price[],
  catalogs: readonly DatedCatalog[],
  { from, to }: Span,
): Date[] {
  const named = [...prices.map(({ effectiveFrom }) => effectiveFrom), ...catalogs.map((each) => each.from)];
  const days = new Set(named.map((day) => Date.parse(`${day}T00:00:00.000Z`)));
  return (
    [...days]
      // Also that which is no day: of the first catalog.
      .filter((at) => at > from.getTime() && at < to.getTime())
      .sort((a, b) => a - b)
      .map((at) => new Date(at))
  );
}

export type Pricing = {
  readonly prices: readonly Price[];
  readonly catalogs: readonly DatedCatalog[];
  readonly span: Span;
  /** Of `priceChanges`, as the sums were grouped by. */
  readonly changes: readonly Date[];
};

/** Sums of one region, model and period of prices. */
export type SumsToPrice = Priced<number> & {
  /** 0 before the first of the changes, 1 from it on, and so forth. */
  readonly period: number;
};

/** Answers what tokens cost by the prices of their days, and how many calls that leaves out, by why. */
export type PriceSums = (sums: readonly SumsToPrice[]) => CostFigures;

export function pricer(pricing: Pricing): PriceSums {
  const rates = new Map<string, Rate | null>();
  const rateOf = (sum: SumsToPrice): Rate | null => {
    const key = `${sum.region}\n${sum.model}\n${sum.simulated}\n${sum.period}`;
    const known = rates.get(key);
    if (known !== undefined) return known;
    const rate = findRate(sum, pricing);
    rates.set(key, rate);
    return rate;
  };
  return (sums) => priceSums(sums, rateOf);
}

function priceSums(sums: readonly SumsToPrice[], rateOf: (sum: SumsToPrice) => Rate | null): CostFigures {
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
    // What was turned away costs nothing at any price.
    if (sum.inputTokens + sum.outputTokens === 0) {
      total.pricedCalls += counted;
      continue;
    }
    const rate = rateOf(sum);
    if (rate === null) {
      total.unpricedCalls += counted;
      continue;
    }
    const { baseUsd, upliftUsd } = costOf(sum, rate.price, rate.uplift ?? 0);
    total.pricedCalls += counted;
    total.usd += baseUsd + upliftUsd;
    total.upliftUsd += upliftUsd;
    if (rate.uplift === null) total.upliftUnknownCalls += counted;
  }
  return total;
}

/** `uplift`: percent; null where it is not known. */
type Rate = { readonly price: Price; readonly uplift: number | null };

function findRate(
  { region, model, simulated, period }: SumsToPrice,
  { prices, catalogs, span, changes }: Pricing,
): Rate | null {
  const day = (changes[period - 1] ?? span.from).toISOString().slice(0, 10);
  const catalog = catalogOn(catalogs, day);
  const price = priceOn(prices, {
    mode: simulated ? "simulated" : "live",
    provider: providerOfRegion(region, catalog),
    model,
    day,
  });
  return price && { price, uplift: upliftOn(region, model, price, catalog) };
}
