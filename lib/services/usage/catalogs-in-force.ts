import type { Catalog } from "../../core/regions/catalog.ts";
import { catalogPublications } from "../../db/catalog-version.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import type { Span } from "../window.ts";

/** A catalog, and the UTC day (`2026-11-22`) from which on it says what regional hosts add; empty: from the beginning. */
export type DatedCatalog = { readonly from: string; readonly catalog: Catalog };

/**
 * The catalogs that say what regional hosts add in a span, oldest first: each from the UTC day of its publication on, as a
 * price is from its own. What nobody had published yet is as the first one says. Versions that say nothing else of it are
 * left out.
 */
export async function catalogsInForce({ from, to }: Span): Promise<readonly DatedCatalog[]> {
  const byDay = new Map<string, number>();
  for (const [i, { version, publishedAt }] of (await catalogPublications()).entries())
    if (i === 0 || publishedAt < to) byDay.set(i === 0 ? "" : dayOf(publishedAt), version);
  // The one in force on the first day, and those that came after it.
  const days = [...byDay].filter((_, i, all) => (all[i + 1]?.[0] ?? "9999") > dayOf(from));
  const dated: DatedCatalog[] = [];
  for (const [day, version] of days) {
    const catalog = await catalogOf(version);
    const before = dated.at(-1);
    if (before === undefined || priceFacts(before.catalog) !== priceFacts(catalog))
      dated.push({ from: day, catalog });
  }
  return dated.length > 0 ? dated : [{ from: "", catalog: await currentCatalog() }];
}

/** Which catalog counts on a day. */
export function catalogOn(catalogs: readonly DatedCatalog[], day: string): Catalog {
  const found = catalogs.findLast(({ from }) => from <= day) ?? catalogs[0];
  if (!found) throw new Error("There is no catalog to price by.");
  return found.catalog;
}

/** What a cost hangs on. */
function priceFacts(catalog: Catalog): string {
  const known = facts.get(catalog);
  if (known !== undefined) return known;
  const told = JSON.stringify([
    catalog.regions.map(({ code, provider, priceUpliftPercent }) => [code, provider, priceUpliftPercent]),
    catalog.models.map(({ id, uplift }) => [id, uplift.state]),
  ]);
  facts.set(catalog, told);
  return told;
}

const facts = new WeakMap<Catalog, string>();

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
