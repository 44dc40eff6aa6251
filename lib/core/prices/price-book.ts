import type { Catalog, ModelRow } from "../regions/catalog.ts";
import { findRegion } from "../regions/host-of-region.ts";

/** Prices of simulated tenants are of the simulated provider; the two never mix. */
export type PriceMode = "live" | "simulated";
export type PriceProvider = "openai" | "azure" | "custom";

/** What a model costs from a UTC day on, in US dollars per million tokens. */
export type Price = {
  readonly mode: PriceMode;
  readonly provider: PriceProvider;
  readonly model: string;
  /** `2026-11-22`. */
  readonly effectiveFrom: string;
  readonly inputUsd: number;
  /** null: cached input costs what other input does. */
  readonly cachedUsd: number | null;
  readonly outputUsd: number;
  /** What regional hosts add; null: what the catalog says. */
  readonly upliftPercent: number | null;
};

export type TokenSums = {
  readonly inputTokens: number;
  /** Of the input. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
};

export type Cost = { readonly baseUsd: number; readonly upliftUsd: number };

/**
 * The price in force for a model on a UTC day; null where nobody stated one. A dated snapshot without a price of its own
 * has that of its undated name.
 */
export function priceOn(
  prices: readonly Price[],
  asked: { mode: PriceMode; provider: PriceProvider; model: string; day: string },
): Price | null {
  const { mode, provider, model, day } = asked;
  const of = (name: string): Price | null => {
    let found: Price | null = null;
    for (const price of prices) {
      if (price.mode !== mode || price.provider !== provider || price.model !== name) continue;
      if (price.effectiveFrom > day) continue;
      if (found === null || price.effectiveFrom > found.effectiveFrom) found = price;
    }
    return found;
  };
  return of(model) ?? of(undated(model));
}

/** Whose prices count at a region: a code, `global`, or `unknown` for a host in no catalog. */
export function providerOfRegion(region: string, catalog: Catalog): PriceProvider {
  if (region === "global") return "openai";
  return findRegion(region, catalog)?.provider ?? "custom";
}

/**
 * Percent that a regional host adds to a model's price: what the price itself states, else the catalog. 0 at the global
 * endpoint and where the catalog says that none is added; null where nobody says.
 */
export function upliftOn(region: string, model: string, price: Price, catalog: Catalog): number | null {
  const row = findRegion(region, catalog);
  if (row === null) return 0;
  if (price.upliftPercent !== null) return price.upliftPercent;
  if (row.priceUpliftPercent === 0) return 0;
  const state = statedUplift(model, catalog);
  return state === "yes" ? row.priceUpliftPercent : state === "no" ? 0 : null;
}

/** US dollars of tokens at a price. No more of the input can have been cached than there was. `upliftPercent`: of the base. */
export function costOf(tokens: TokenSums, price: Price, upliftPercent: number): Cost {
  const cached = Math.min(tokens.cachedTokens, tokens.inputTokens);
  const baseUsd =
    ((tokens.inputTokens - cached) * price.inputUsd +
      cached * (price.cachedUsd ?? price.inputUsd) +
      tokens.outputTokens * price.outputUsd) /
    1_000_000;
  return { baseUsd, upliftUsd: (baseUsd * upliftPercent) / 100 };
}

/** An undated name says what all of its snapshots say, where they agree. */
function statedUplift(model: string, catalog: Catalog): ModelRow["uplift"]["state"] {
  const exact = catalog.models.find(({ id }) => id === model);
  if (exact) return exact.uplift.state;
  const states = new Set(
    catalog.models.filter(({ id }) => undated(id) === model).map(({ uplift }) => uplift.state),
  );
  const [only] = states;
  return states.size === 1 && only !== undefined ? only : "unknown";
}

function undated(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, "");
}
