/**
 * The catalog: what a provider documents about places, as dated and sourced cells.
 *
 * A catalog is data with a version number and a hash. Verdicts carry both, so that a later correction
 * never changes what an earlier call was judged by.
 */

/** ISO 3166-1 alpha-2, upper case. */
export type CountryCode = string;

/** A provider's code for a jurisdiction, lower case: `eu`, `us`, `ae`. Never `global`. */
export type RegionCode = string;

/** `unlisted`: absent from the provider's closed table. `unknown`: nobody we can cite says. */
export type CellState = "yes" | "no" | "unlisted" | "unknown";

export type Confidence = "high" | "medium" | "low";

/** One statement of the catalog, with what it rests on. */
export type Cell = {
  readonly state: CellState;
  /** Key into `Catalog.sources`. */
  readonly sourceId: string;
  /** Calendar day (UTC) of the copy that was read. */
  readonly asOf: string;
  readonly confidence: Confidence;
  /** The named person who checked the row against the provider's page; null while nobody did. */
  readonly confirmedBy: { readonly name: string; readonly on: string } | null;
  readonly note?: string;
};

export type Source = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly readOn: string;
};

export type RegionRow = {
  readonly code: RegionCode;
  readonly name: string;
  /** Member countries of the jurisdiction. Rules compare these sets, never the region's label. */
  readonly countries: readonly CountryCode[];
  /** Hosts that mean this region, exact and normalised. The first is the one to configure. */
  readonly hosts: readonly string[];
  readonly storage: Cell;
  readonly processing: Cell;
  /** Some projects of this region store there and process elsewhere: inference needs a pin. */
  readonly hasStorageOnlyProjects: boolean;
  /** Which endpoints process in the region is not known (AU, IN, JP today): needs a recorded scope row. */
  readonly scopeKnown: boolean;
  /** TLS ends inside the region (Cloudflare Regional Services), so an edge code elsewhere is an anomaly. */
  readonly regionalTls: boolean;
  /** Percent added for models released on or after 2026-03-05. */
  readonly priceUpliftPercent: number;
  readonly note: string;
};

/** What an endpoint keeps after it answered. `conditional`: depends on request features such as `store`. */
export type StoresState = "yes" | "no" | "conditional" | "unknown";

/** Which location claims a `processing` cell speaks about. `both`: batches and fine-tuning do either. */
export type Processes = "inference" | "handling" | "both";

export type EndpointRow = {
  /** Path prefix as documented, e.g. `/v1/chat/completions`. */
  readonly path: string;
  readonly processes: Processes;
  readonly storesState: StoresState;
  /** Days of application state kept by default; null where until deleted, none, or unknown. */
  readonly stateRetentionDays: number | null;
  readonly abuseMonitoringRetention: string;
  readonly storage: Readonly<Record<RegionCode, Cell>>;
  readonly processing: Readonly<Record<RegionCode, Cell>>;
  /** Where only some models are processed in a region: the closed list for it. */
  readonly processingModels: Readonly<Record<RegionCode, readonly string[]>>;
  readonly note: string;
};

export type ModelRow = {
  readonly id: string;
  readonly endpoints: readonly string[];
  readonly storage: Readonly<Record<RegionCode, Cell>>;
  readonly processing: Readonly<Record<RegionCode, Cell>>;
  /** Service tiers the provider excludes for a region, e.g. fast mode of one model in Europe. */
  readonly excludedTiers: Readonly<Record<RegionCode, readonly string[]>>;
  readonly shutdownOn: string | null;
  readonly note: string;
};

/** A request feature or hosted tool with its own row in the provider's table. */
export type FeatureRow = {
  readonly id: string;
  readonly title: string;
  readonly processes: Exclude<Processes, "both">;
  readonly processing: Readonly<Record<RegionCode, Cell>>;
  /** Content leaves to somebody who is not the provider. */
  readonly thirdParty: boolean;
  /** True where asking is using (an image in the request); false for tools the model may leave unused. */
  readonly usedWhenRequested: boolean;
  readonly note: string;
};

export type Transport = "public" | "mtls" | "private_link";

export type HostRow = {
  /** Exact name, lower case, no port, no trailing dot. */
  readonly host: string;
  /** null: `global`, a destination without a location promise. */
  readonly region: RegionCode | null;
  readonly transport: Transport;
  readonly sourceId: string;
  readonly asOf: string;
};

/** A name people are told to use that the provider does not document. */
export type LookalikeRow = {
  readonly host: string;
  readonly rightHost: string;
  readonly why: string;
  readonly asOf: string;
};

/**
 * What kind of deployment another provider (Azure OpenAI) runs behind a custom host. `regional`: in one
 * region. `data_zone`: anywhere in the zone's member countries. `global`: anywhere, no promise of place
 * (Microsoft Learn, deployment types, read 2026-11-22).
 */
export type DeploymentSku = "regional" | "data_zone" | "global";

/**
 * A deployment as an admin recorded it. It is configuration: by itself grade E, and it clears nothing
 * without the provider's echo.
 */
export type DeploymentRow = {
  /** Exact host name, normalised. Admitting it is for the tenant's policy (`customHosts`). */
  readonly host: string;
  /** Name of the deployment on that host; null: the row speaks of every deployment of the host. */
  readonly deployment: string | null;
  readonly sku: DeploymentSku;
  /** Region as the provider's `x-ms-region` names it, e.g. `Sweden Central`; null but for `regional`. */
  readonly azureRegion: string | null;
  /** Countries of the region or of the zone; empty for `global`. */
  readonly countries: readonly CountryCode[];
  readonly recordedBy: { readonly name: string; readonly on: string };
  readonly note: string;
};

/** Snapshot that a name without a date stands for, where a source says so. */
export type AliasRow = {
  readonly alias: string;
  /** A listed model. */
  readonly model: string;
  /** Key into `Catalog.sources`. */
  readonly sourceId: string;
  /** Calendar day (UTC). */
  readonly asOf: string;
};

export type Catalog = {
  readonly provider: "openai";
  readonly version: number;
  readonly asOf: string;
  readonly caveat: string;
  readonly sources: readonly Source[];
  readonly regions: readonly RegionRow[];
  readonly endpoints: readonly EndpointRow[];
  readonly models: readonly ModelRow[];
  readonly features: readonly FeatureRow[];
  readonly hosts: readonly HostRow[];
  readonly lookalikes: readonly LookalikeRow[];
  /** Deployments of another provider behind custom hosts, as admins recorded them; absent: none. */
  readonly deployments?: readonly DeploymentRow[];
  /** What names without a date stand for; absent: nobody recorded any, the answer has to say it. */
  readonly aliases?: readonly AliasRow[];
};
