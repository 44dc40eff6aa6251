import type { Catalog, CountryCode, RegionCode } from "../regions/catalog.ts";
import { findRegion, hostOfRegion } from "../regions/host-of-region.ts";
import { europeanEconomicArea, europeanUnion } from "../regions/openai/countries.ts";

/** Words for a set of countries: a region's name where it is one, else the codes. */
export function placeWords(countries: readonly CountryCode[], catalog: Catalog): string {
  const region = catalog.regions.find((row) => isSame(row.countries, countries));
  if (region) return article(region.code, region.name);
  if (isSame(europeanEconomicArea, countries)) return "the EEA";
  if (isSame(europeanUnion, countries)) return "the European Union";
  const named = countries.map((code) => {
    const single = catalog.regions.find((row) => isSame(row.countries, [code]));
    return single ? article(single.code, single.name) : code;
  });
  const last = named.at(-1) ?? "no country";
  return named.length < 2 ? last : `${named.slice(0, -1).join(", ")} or ${last}`;
}

/** Where a policy sends calls, by host. An older policy may name a region that the catalog has no more. */
export function targetWords(region: RegionCode | null, catalog: Catalog): string {
  const isKnown = region === null || findRegion(region, catalog) !== null;
  return isKnown ? hostOfRegion(region ?? "global", catalog) : `${region}, a region the catalog has no more`;
}

function article(code: string, name: string): string {
  return ["us", "gb", "ae"].includes(code) ? `the ${name}` : name;
}

function isSame(a: readonly CountryCode[], b: readonly CountryCode[]): boolean {
  return a.length === b.length && a.every((country) => b.includes(country));
}
