import type {
  Catalog,
  Cell,
  EndpointRow,
  FeatureRow,
  HostRow,
  ModelRow,
  RegionRow,
  Stated,
} from "./catalog.ts";

/**
 * A kept catalog in today's shape. What a version from before a member existed does not say is unknown;
 * its states, lists and places stay letter by letter what calls were judged by.
 */
export function completeCatalog(kept: KeptCatalog): Catalog {
  const { asOf } = kept;
  return {
    ...kept,
    edition: kept.edition ?? 1,
    aliases: kept.aliases ?? [],
    regions: kept.regions.map((row) => ({ ...regionDefaults(row.storage), ...row })),
    endpoints: kept.endpoints.map((row) => ({ ...endpointDefaults(firstCell(row.storage, asOf)), ...row })),
    models: kept.models.map((row) => ({ ...modelDefaults(firstCell(row.storage, asOf)), ...row })),
    features: kept.features.map((row) => ({ ...featureDefaults, ...row })),
    hosts: kept.hosts.map((row) => ({ ...hostDefaults, ...row })),
  };
}

/** As any version of the program wrote it. */
export type KeptCatalog = Omit<
  Catalog,
  "edition" | "aliases" | "regions" | "endpoints" | "models" | "features" | "hosts"
> & {
  readonly edition?: number;
  readonly aliases?: Catalog["aliases"];
  readonly regions: readonly Kept<RegionRow, keyof ReturnType<typeof regionDefaults>>[];
  readonly endpoints: readonly Kept<EndpointRow, keyof ReturnType<typeof endpointDefaults>>[];
  readonly models: readonly Kept<ModelRow, keyof ReturnType<typeof modelDefaults>>[];
  readonly features: readonly Kept<FeatureRow, keyof typeof featureDefaults>[];
  readonly hosts: readonly Kept<HostRow, keyof typeof hostDefaults>[];
};

type Kept<Row, Added extends PropertyKey> = Omit<Row, Added> & Partial<Pick<Row, Added & keyof Row>>;

const unknownCell = (basis: Stated): Cell => ({ ...statedOf(basis), state: "unknown" });

function statedOf({ sourceId, asOf, confidence, confirmedBy }: Stated): Stated {
  return { sourceId, asOf, confidence, confirmedBy };
}

function firstCell(cells: Readonly<Record<string, Cell>>, asOf: string): Stated {
  return Object.values(cells)[0] ?? { sourceId: "", asOf, confidence: "low", confirmedBy: null };
}

function regionDefaults(basis: Stated) {
  return {
    provider: "openai" as const,
    sdkOption: null,
    projectResidencies: [],
    retentionControl: unknownCell(basis),
    announcedOn: null,
    stated: statedOf(basis),
  };
}

function endpointDefaults(basis: Stated) {
  return {
    zeroRetention: "unknown" as const,
    privateRetention: "unknown" as const,
    retention: statedOf(basis),
    shutdown: null,
  };
}

function modelDefaults(basis: Stated) {
  return { shutdown: null, uplift: unknownCell(basis) };
}

const featureDefaults = { kind: "feature" as const, storage: {}, usedByModels: [] };

const hostDefaults = {
  provider: "openai" as const,
  azure: null,
  note: "",
  confidence: "medium" as const,
  confirmedBy: null,
};
