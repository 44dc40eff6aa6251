import { type inferParserType, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { anyOf } from "./any-of.ts";

const regionTabs = ["regions", "hosts", "endpoints", "features", "models", "due", "versions"] as const;

const claims = ["processing", "storage"] as const;

/** What the URL of `/settings/regions` says. A draft of changes is in no URL. */
export const regionPageParsers = {
  tab: parseAsStringLiteral(regionTabs).withDefault("regions"),
  claim: parseAsStringLiteral(claims).withDefault("processing"),
  q: parseAsString.withDefault(""),
  /** The open row, by its name within the tab's table. */
  row: parseAsString,
  /** The region of the open cell. */
  region: parseAsString,
};

export const cellStates = ["yes", "no", "unlisted", "unknown"] as const;
export const listedFilters = ["both", "provider_only", "catalog_only", "used"] as const;

/** What the URL of `/models` says. */
export const modelPageParsers = {
  tenant: parseAsString,
  claim: parseAsStringLiteral(claims).withDefault("processing"),
  q: parseAsString.withDefault(""),
  endpoint: parseAsString,
  feature: parseAsString,
  /** Columns; none chosen: every region. */
  region: anyOf,
  /** Rows with one of these states in a column that is shown. */
  state: parseAsNativeArrayOf(parseAsStringLiteral(cellStates)),
  listed: parseAsStringLiteral(listedFilters),
  /** The open cell. */
  model: parseAsString,
  at: parseAsString,
};
export type ModelPageState = inferParserType<typeof modelPageParsers>;
