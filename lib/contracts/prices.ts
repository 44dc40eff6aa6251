import { z } from "zod";
import type { Price } from "../core/prices/price-book.ts";
import { line } from "./text.ts";

const amount = z.number().min(0).max(100_000);

const which = {
  /** Prices of simulated tenants are of the simulated provider. */
  mode: z.enum(["live", "simulated"]),
  provider: z.enum(["openai", "azure", "custom"]).default("openai"),
  model: line.trim().min(1).max(120),
  /** UTC day from which it counts. */
  effectiveFrom: z.iso.date(),
};

/** US dollars per million tokens. */
export const statePriceInput = z.object({
  ...which,
  inputUsd: amount,
  cachedUsd: amount.nullable().default(null),
  outputUsd: amount,
  /** What regional hosts add; null: what the catalog says. */
  upliftPercent: z.number().min(0).max(1_000).nullable().default(null),
  source: line.trim().min(3, "Say where the price was read, and when.").max(300),
});
export type StatePriceInput = z.infer<typeof statePriceInput>;

export const withdrawPriceInput = z.object({
  ...which,
  reason: line.trim().min(3, "Say why it no longer counts.").max(300),
});
export type WithdrawPriceInput = z.infer<typeof withdrawPriceInput>;

export type StatedPrice = Price & {
  readonly source: string;
  readonly statedBy: string;
  readonly statedAt: string;
};

/** What regional hosts add, as the catalog in force states it. */
export type RegionUplift = {
  readonly region: string;
  /** Null: whether there is one is not stated. */
  readonly percent: number | null;
  readonly asOf: string;
  readonly sourceTitle: string;
  readonly sourceUrl: string | null;
};

export type PriceBook = {
  /** By model, newest day first. */
  readonly prices: readonly StatedPrice[];
  readonly uplifts: readonly RegionUplift[];
  readonly catalogVersion: number;
};
