import type { CountryCode } from "../catalog.ts";

/** Member states of the European Union (27). */
export const europeanUnion: readonly CountryCode[] = [
  "AT",
  "BE",
  "BG",
  "CY",
  "CZ",
  "DE",
  "DK",
  "EE",
  "ES",
  "FI",
  "FR",
  "GR",
  "HR",
  "HU",
  "IE",
  "IT",
  "LT",
  "LU",
  "LV",
  "MT",
  "NL",
  "PL",
  "PT",
  "RO",
  "SE",
  "SI",
  "SK",
];

/** European Economic Area: the Union with Iceland, Liechtenstein and Norway. */
export const europeanEconomicArea: readonly CountryCode[] = [...europeanUnion, "IS", "LI", "NO"];

/** What OpenAI's `eu` covers: the EEA and Switzerland. It is not "the EU". */
export const eeaAndSwitzerland: readonly CountryCode[] = [...europeanEconomicArea, "CH"];
