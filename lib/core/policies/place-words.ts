import type { Catalog, CountryCode } from "../regions/catalog.ts";
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

function article(code: string, name: string): string {
  return ["us", "gb", "ae"].includes(code) ? `the ${name}` : name;
}

function isSame(a: readonly CountryCode[], b: readonly CountryCode[]): boolean {
  return a.length === b.length && a.every((country) => b.includes(country));
}
