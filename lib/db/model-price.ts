import type { Price, PriceMode, PriceProvider } from "../core/prices/price-book.ts";
import { type PrismaTransaction, querySql } from "./with-tenant.ts";

export type PriceRow = Price & {
  readonly source: string;
  readonly personName: string;
  readonly at: Date;
};

/** Read by getPriceBook, getUsage and the price verbs: the newest word on each model and day, without what was withdrawn. */
export async function modelPrices(): Promise<PriceRow[]> {
  return querySql<PriceRow>(
    `SELECT mode, provider, model, effective_from::text AS "effectiveFrom", input_usd::float8 AS "inputUsd",
            cached_usd::float8 AS "cachedUsd", output_usd::float8 AS "outputUsd",
            uplift_percent::float8 AS "upliftPercent", source, person_name AS "personName", at
       FROM (SELECT DISTINCT ON (mode, provider, model, effective_from) * FROM model_price
              ORDER BY mode, provider, model, effective_from, at DESC, id DESC) newest
      WHERE NOT withdrawn
      ORDER BY mode, provider, model, effective_from DESC`,
  );
}

export type NewPrice = {
  readonly id: string;
  readonly at: Date;
  readonly mode: PriceMode;
  readonly provider: PriceProvider;
  readonly model: string;
  readonly effectiveFrom: string;
  readonly withdrawn: boolean;
  readonly inputUsd: number | null;
  readonly cachedUsd: number | null;
  readonly outputUsd: number | null;
  readonly upliftPercent: number | null;
  readonly source: string;
  readonly personId: string | null;
  readonly personName: string;
};

/** Read by modelPrices: one more word on a model and day. */
export async function insertPrice(tx: PrismaTransaction, price: NewPrice): Promise<void> {
  await tx.modelPrice.createMany({ data: [{ ...price, effectiveFrom: new Date(price.effectiveFrom) }] });
}
