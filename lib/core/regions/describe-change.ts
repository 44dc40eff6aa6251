import type { Catalog } from "./catalog.ts";
import type { CatalogTable } from "./catalog-tables.ts";
import type { CatalogChange } from "./compare-catalogs.ts";
import { regionName } from "./host-of-region.ts";

/** A difference in words: as columns of a table, and as one sentence. */
export type DescribedChange = {
  /** "Model gpt-4o-2024-08-06", "Region Europe (EEA and Switzerland)". */
  readonly subject: string;
  /** "Processing in Japan", "Countries"; empty where the row itself came or went. */
  readonly place: string;
  readonly before: string;
  readonly after: string;
  readonly sentence: string;
};

/** `catalog`: either of the two that were compared; it names regions and sources. */
export function describeChange(change: CatalogChange, catalog: Catalog): DescribedChange {
  const subject = `${tableNouns[change.table]} ${nameOf(change, catalog)}`;
  const before = valueWords(change.before, catalog);
  const after = valueWords(change.after, catalog);
  if (change.path.length === 0) {
    const added = change.before === undefined;
    return {
      subject,
      place: "",
      before: added ? "absent" : "listed",
      after: added ? "listed" : "absent",
      sentence: `${subject} is ${added ? "added" : "removed"}.`,
    };
  }
  const place = placeWords(change.path, catalog);
  return {
    subject,
    place,
    before,
    after,
    sentence: `${subject}: ${lower(place)} becomes ${after}, was ${before}.`,
  };
}

export const tableNouns: Readonly<Record<CatalogTable, string>> = {
  regions: "Region",
  hosts: "Host",
  lookalikes: "Lookalike",
  endpoints: "Endpoint",
  features: "Feature",
  models: "Model",
  aliases: "Alias",
  sources: "Source",
};

function nameOf({ table, id }: CatalogChange, catalog: Catalog): string {
  if (table === "regions") return catalog.regions.find(({ code }) => code === id)?.name ?? id;
  if (table === "features") return catalog.features.find((row) => row.id === id)?.title ?? id;
  return id;
}

const memberWords: Readonly<Record<string, string>> = {
  abuseMonitoringRetention: "Retention for abuse monitoring",
  announcedOn: "Day of announcement",
  asOf: "Date",
  azure: "Azure deployment",
  excludedTiers: "Excluded tiers",
  hasStorageOnlyProjects: "Storage-only projects",
  priceUpliftPercent: "Price uplift in percent",
  privateRetention: "Private or safety retention",
  processingModels: "Closed list of models",
  projectResidencies: "Project residency values",
  regionalTls: "TLS ends in the region",
  retention: "Basis of the retention figures",
  retentionControl: "Changed retention control needed",
  rightHost: "Right host",
  scopeKnown: "Note that the scope of processing is known",
  sdkOption: "SDK option",
  shutdown: "End",
  sourceId: "Source",
  stateRetentionDays: "Days of state",
  stated: "Basis of the row",
  storesState: "Stores state",
  thirdParty: "Third party",
  uplift: "Price uplift applies",
  upliftStated: "Basis of the price uplift",
  usedByModels: "Used by these models always",
  usedWhenRequested: "Used when requested",
  zeroRetention: "Zero data retention",
};

function placeWords([member = "", inner]: readonly string[], catalog: Catalog): string {
  const word = memberWords[member] ?? `${member.charAt(0).toUpperCase()}${member.slice(1)}`;
  if (inner === undefined) return word;
  const isRegion = catalog.regions.some(({ code }) => code === inner);
  return isRegion ? `${word} in ${regionName(inner, catalog)}` : `${word}, ${inner}`;
}

function valueWords(value: unknown, catalog: Catalog): string {
  if (value === undefined || value === null) return "absent";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (value === "") return "empty";
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map((each) => valueWords(each, catalog)).join(", ");
  if (typeof value !== "object") return String(value);
  const { state, on, sourceId, asOf, confidence, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof sourceId !== "string") return recordWords(value as Readonly<Record<string, unknown>>, catalog);
  const source = catalog.sources.find(({ id }) => id === sourceId)?.title ?? sourceId;
  const basis = `${source}; as of ${String(asOf)}, confidence ${String(confidence)}`;
  const { note } = rest;
  const said = typeof note === "string" && note !== "" ? `; note: ${note}` : "";
  const head = state ?? on;
  return head === undefined ? `${basis}${said}` : `${String(head)} (${basis}${said})`;
}

function recordWords(record: Readonly<Record<string, unknown>>, catalog: Catalog): string {
  const parts = Object.entries(record).map(([name, value]) => `${name} ${valueWords(value, catalog)}`);
  return parts.length === 0 ? "none" : parts.join("; ");
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
