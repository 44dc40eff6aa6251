import type {
  Catalog,
  EndpointRow,
  FeatureRow,
  HostRow,
  ModelRow,
  RegionRow,
  Shutdown,
} from "../../lib/core/regions/catalog.ts";
import { Copyable } from "../ui/copyable.tsx";
import type { Definition } from "../ui/definition-list.tsx";
import { formatDay } from "../ui/format-day.ts";
import { CellBadge } from "./cell-mark.tsx";
import { azureWords, transportWords } from "./host-words.ts";
import { SourceLink, statedItems } from "./stated-list.tsx";

type Sources = Pick<Catalog, "sources">;

export function regionFacts(row: RegionRow, { sources }: Sources): Definition[] {
  return [
    { term: "Countries", value: row.countries.join(", ") },
    {
      term: "Hosts",
      value: row.hosts.map((host) => (
        <Copyable className="block" key={host} length={44} text={host} what="host" />
      )),
    },
    { term: "Storage", value: <CellBadge state={row.storage.state} /> },
    { term: "Processing", value: <CellBadge state={row.processing.state} /> },
    {
      term: "Storage-only projects",
      value: row.hasStorageOnlyProjects ? "Exist here: inference needs a pin" : "None",
    },
    {
      term: "What is processed",
      value: `${row.scopeKnown ? "Listed per endpoint and model" : "Not known"}. A note: calls are judged by the cells of endpoints, models and features.`,
    },
    { term: "Retention control", value: retentionControlWords[row.retentionControl.state] },
    { term: "TLS", value: row.regionalTls ? "Ends inside the region" : "No regional edge is documented" },
    {
      term: "Price",
      value: upliftPercentWords(row.priceUpliftPercent),
    },
    {
      term: "SDK option",
      value:
        row.sdkOption === null ? (
          "None"
        ) : (
          <code className="font-mono text-xs">data_residency: {row.sdkOption}</code>
        ),
    },
    { term: "Project residency", value: row.projectResidencies.join(", ") || "Not known" },
    { term: "Announced", value: row.announcedOn === null ? "Not known" : formatDay(row.announcedOn) },
    ...statedItems(row.stated, sources),
    ...(row.upliftStated
      ? [{ term: "Source of the price", value: <SourceLink sources={sources} stated={row.upliftStated} /> }]
      : []),
    ...noteOf(row.note),
  ];
}

function upliftPercentWords(percent: number | null): string {
  if (percent === null) return "Whether there is an uplift is not stated";
  return percent === 0 ? "No uplift" : `${percent} % more for newer models`;
}

const retentionControlWords = {
  yes: "A changed retention control is needed",
  no: "None needed",
  unlisted: "Not stated",
  unknown: "Not known",
} as const;

export function hostFacts(
  row: HostRow,
  { sources, regions }: Pick<Catalog, "sources" | "regions">,
): Definition[] {
  const region = regions.find(({ code }) => code === row.region);
  return [
    { term: "Means", value: region?.name ?? "No place: a destination without a location promise" },
    { term: "Transport", value: transportWords[row.transport] },
    ...(row.azure === null
      ? []
      : [
          { term: "Deployed as", value: azureWords[row.azure.sku] },
          { term: "Azure region", value: row.azure.azureRegion },
          { term: "Read by", value: row.azure.attestedBy },
        ]),
    ...statedItems(row, sources),
    ...noteOf(row.note),
  ];
}

export function endpointFacts(row: EndpointRow, { sources }: Sources): Definition[] {
  return [
    { term: "Processing means", value: processesWords[row.processes] },
    { term: "State it keeps", value: stateWords(row) },
    { term: "Abuse monitoring", value: row.abuseMonitoringRetention },
    { term: "Zero data retention", value: coverWords[row.zeroRetention] },
    { term: "Private or safety retention", value: coverWords[row.privateRetention] },
    { term: "Ends", value: shutdownWords(row.shutdown) },
    ...statedItems(row.retention, sources),
    ...noteOf(row.note),
  ];
}

export function modelFacts(row: ModelRow, { sources }: Sources): Definition[] {
  return [
    { term: "Endpoints", value: <span className="font-mono text-xs">{row.endpoints.join(", ")}</span> },
    { term: "Ends", value: shutdownWords(row.shutdown) },
    ...(row.shutdown === null ? [] : statedItems(row.shutdown, sources).slice(0, 2)),
    { term: "Price uplift", value: upliftWords[row.uplift.state] },
    ...(row.uplift.note ? [{ term: "Uplift, basis", value: row.uplift.note }] : []),
    ...tierFacts(row),
    ...noteOf(row.note),
  ];
}

/** One line per tier that some region lacks. */
function tierFacts({ excludedTiers }: ModelRow): Definition[] {
  const tiers = [...new Set(Object.values(excludedTiers).flat())];
  return tiers.map((tier) => {
    const without = Object.keys(excludedTiers).filter((region) => excludedTiers[region]?.includes(tier));
    return {
      term: `Tier ${tier}`,
      value: `Not in ${without.map((region) => region.toUpperCase()).join(", ")}`,
    };
  });
}

export function featureFacts(row: FeatureRow): Definition[] {
  return [
    { term: "Kind", value: <span className="capitalize">{row.kind}</span> },
    { term: "Processing means", value: processesWords[row.processes] },
    { term: "Third party", value: row.thirdParty ? "Content leaves to somebody else" : "No" },
    {
      term: "Counts as used",
      value: row.usedWhenRequested ? "When it is asked for" : "When the answer shows it",
    },
    ...(row.usedByModels.length === 0
      ? []
      : [{ term: "Always used by", value: row.usedByModels.join(", ") }]),
    ...noteOf(row.note),
  ];
}

export function shutdownWords(shutdown: Shutdown | null): string {
  if (shutdown === null) return "No end was read";
  const note = shutdown.note ? ` ${shutdown.note}` : "";
  return `${formatDay(shutdown.on)}${shutdown.replacement ? `; replaced by ${shutdown.replacement}` : ""}.${note}`;
}

const processesWords = {
  inference: "Inference",
  handling: "Handling of files and objects",
  both: "Inference and handling",
} as const;

const coverWords = {
  yes: "Covered",
  limited: "Covered with limits",
  no: "Not covered",
  unknown: "Not known",
} as const;

const upliftWords = {
  yes: "Applies on regional hosts",
  no: "Does not apply",
  unlisted: "Not stated",
  unknown: "Not known",
} as const;

function stateWords({ storesState, stateRetentionDays }: EndpointRow): string {
  const days = stateRetentionDays === null ? "until deleted" : `${stateRetentionDays} days`;
  switch (storesState) {
    case "yes":
      return `Kept ${days}`;
    case "conditional":
      return stateRetentionDays === null
        ? "Depends on the request"
        : `Depends on the request; ${days} by default`;
    case "no":
      return "None";
    case "unknown":
      return "Not known";
  }
}

function noteOf(note: string): Definition[] {
  return note === "" ? [] : [{ term: "Note", value: note }];
}
