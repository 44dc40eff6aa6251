import type { CountryCode } from "../../lib/core/regions/catalog.ts";

/** Numbers of the countries that regions are made of, as world-atlas numbers its shapes (ISO 3166-1 numeric, 2026). */
const numbers: Readonly<Record<CountryCode, string>> = {
  ...{ AE: "784", AT: "040", AU: "036", BE: "056", BG: "100", CA: "124", CH: "756", CY: "196", CZ: "203" },
  ...{ DE: "276", DK: "208", EE: "233", ES: "724", FI: "246", FR: "250", GB: "826", GR: "300", HR: "191" },
  ...{ HU: "348", IE: "372", IN: "356", IS: "352", IT: "380", JP: "392", KR: "410", LI: "438", LT: "440" },
  ...{ LU: "442", LV: "428", MT: "470", NL: "528", NO: "578", PL: "616", PT: "620", RO: "642", SE: "752" },
  ...{ SG: "702", SI: "705", SK: "703", US: "840" },
};

/** null: a country that no region of the shipped catalog has; its region is marked, and no area is filled for it. */
export function countryNumber(code: CountryCode): string | null {
  return numbers[code] ?? null;
}
