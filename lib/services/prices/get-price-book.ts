import type { PriceBook } from "../../contracts/prices.ts";
import { modelPrices } from "../../db/model-price.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";

/** The prices that count, and what the catalog says of regional hosts. Anybody who is signed in may read them. */
export async function getPriceBook(actor: Actor): Promise<PriceBook> {
  personOf(actor);
  const [rows, catalog] = await Promise.all([modelPrices(), currentCatalog()]);
  return {
    prices: rows.map(({ personName, at, ...price }) => ({
      ...price,
      statedBy: personName,
      statedAt: at.toISOString(),
    })),
    uplifts: catalog.regions
      .filter(({ priceUpliftPercent }) => priceUpliftPercent !== 0)
      .map(({ code, priceUpliftPercent, stated, upliftStated = stated }) => {
        const { sourceId, asOf } = upliftStated;
        const source = catalog.sources.find(({ id }) => id === sourceId);
        return {
          region: code,
          percent: priceUpliftPercent,
          asOf,
          sourceTitle: source?.title ?? sourceId,
          sourceUrl: source?.url ?? null,
        };
      }),
    catalogVersion: catalog.version,
  };
}
