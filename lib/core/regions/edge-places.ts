import type { CountryCode } from "./catalog.ts";

/**
 * Country of the airport codes by which Cloudflare names its edges. Airport codes are public (IATA); the
 * list holds the cities of regions we compare and the larger ones outside. A code that is missing here
 * says nothing: it is never an anomaly.
 */
const airports: Readonly<Record<CountryCode, string>> = {
  AT: "VIE",
  BE: "BRU",
  BG: "SOF",
  CH: "ZRH GVA",
  CY: "LCA",
  CZ: "PRG",
  DE: "FRA MUC HAM DUS TXL BER STR",
  DK: "CPH",
  EE: "TLL",
  ES: "MAD BCN",
  FI: "HEL",
  FR: "CDG MRS LYS BOD",
  GR: "ATH SKG",
  HR: "ZAG",
  HU: "BUD",
  IE: "DUB ORK",
  IS: "KEF",
  IT: "MXP FCO PMO",
  LT: "VNO",
  LU: "LUX",
  LV: "RIX",
  MT: "MLA",
  NL: "AMS",
  NO: "OSL",
  PL: "WAW",
  PT: "LIS",
  RO: "OTP",
  SE: "ARN GOT",
  SK: "BTS",
  GB: "LHR MAN EDI",
  US: "ATL BOS BUF CLT CMH DEN DFW DTW EWR IAD IAH JAX LAS LAX MCI MEM MIA MSP ORD PDX PHL PHX PIT RDU RIC SAN SEA SJC SLC SMF STL TPA",
  CA: "YYZ YUL YVR YYC YOW YWG",
  MX: "MEX QRO GDL",
  BR: "GRU GIG FOR",
  AR: "EZE",
  CL: "SCL",
  AE: "DXB FJR AUH",
  SA: "RUH JED DMM",
  QA: "DOH",
  IL: "TLV HFA",
  TR: "IST",
  RS: "BEG",
  UA: "KBP",
  ZA: "JNB CPT DUR",
  EG: "CAI",
  NG: "LOS",
  KE: "NBO",
  IN: "BOM DEL MAA BLR HYD CCU AMD",
  SG: "SIN",
  JP: "NRT KIX FUK OKA",
  KR: "ICN",
  HK: "HKG",
  TW: "TPE",
  TH: "BKK",
  MY: "KUL JHB",
  ID: "CGK",
  PH: "MNL",
  VN: "SGN HAN",
  AU: "SYD MEL BNE PER ADL CBR",
  NZ: "AKL CHC",
};

const countryOf: ReadonlyMap<string, CountryCode> = new Map(
  Object.entries(airports).flatMap(([country, codes]) =>
    codes.split(" ").map((code) => [code, country] as const),
  ),
);

/** Country of an edge's airport code; null for a code the list does not have. */
export function countryOfEdge(edgeCode: string | null): CountryCode | null {
  return edgeCode === null ? null : (countryOf.get(edgeCode.toUpperCase()) ?? null);
}

/** True when the edge is known to be outside these countries. */
export function edgeOutside(edgeCode: string | null, countries: readonly CountryCode[]): boolean {
  const country = countryOfEdge(edgeCode);
  return country !== null && !countries.includes(country);
}
