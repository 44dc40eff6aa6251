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

/** What a statement of the catalog rests on. */
export type Stated = {
  /** Key into `Catalog.sources`. */
  readonly sourceId: string;
  /** Calendar day (UTC) of the copy that was read. */
  readonly asOf: string;
  readonly confidence: Confidence;
  /** The named person who checked the row against the provider's page, and the day; null while nobody did. */
  readonly confirmedBy: { readonly name: string; readonly on: string } | null;
};

/** One statement of the catalog, with what it rests on. */
export type Cell = Stated & { readonly state: CellState; readonly note?: string };

/** The announced end of an endpoint or model. A UTC day; what is used after it is no longer served. */
export type Shutdown = Stated & {
  readonly on: string;
  /** As the provider names it; null where it names none. */
  readonly replacement: string | null;
  readonly note?: string;
};

/** Whose jurisdiction, host or promise it is. */
export type Provider = "openai" | "azure";

export type Source = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly readOn: string;
};

export type RegionRow = {
  readonly code: RegionCode;
  readonly provider: Provider;
  readonly name: string;
  /** Member countries of the jurisdiction. Rules compare these sets, never the region's label. */
  readonly countries: readonly CountryCode[];
  /** Hosts that mean this region, exact and normalised. The first is the one to configure. */
  readonly hosts: readonly string[];
  readonly storage: Cell;
  readonly processing: Cell;
  /** Some projects of this region store there and process elsewhere: inference needs a pin. */
  readonly hasStorageOnlyProjects: boolean;
  /**
   * False: which endpoints process in the region is not known (AU, IN, JP today). A note for readers: it decides no verdict,
   * the cells of endpoints, models and features do.
   */
  readonly scopeKnown: boolean;
  /** TLS ends inside the region (Cloudflare Regional Services), so an edge code elsewhere is an anomaly. */
  readonly regionalTls: boolean;
  /** Percent added for models released on or after 2026-03-05; which ones, says `ModelRow.uplift`. Null: nobody states it. */
  readonly priceUpliftPercent: number | null;
  /** What the uplift rests on, where that is not what the row rests on. */
  readonly upliftStated?: Stated;
  /** Value of the SDKs' `data_residency` option; null where they offer none. */
  readonly sdkOption: string | null;
  /** Values of a project's `residency` that mean this region (administration API). */
  readonly projectResidencies: readonly string[];
  /** Whether the provider asks for a changed retention control before a project may be here. */
  readonly retentionControl: Cell;
  /** UTC day; null where no announcement could be read. */
  readonly announcedOn: string | null;
  /** What countries, hosts, TLS, uplift and names rest on. */
  readonly stated: Stated;
  readonly note: string;
};

/** Whether one of the provider's retention controls covers the endpoint. */
export type RetentionCover = "yes" | "limited" | "no" | "unknown";

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
  readonly zeroRetention: RetentionCover;
  /** Private Retention with PSP, or Safety Retention: the provider may keep content again, and says so before. */
  readonly privateRetention: RetentionCover;
  /** What the retention figures rest on. */
  readonly retention: Stated;
  readonly shutdown: Shutdown | null;
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
  readonly shutdown: Shutdown | null;
  /** Whether the price uplift of regional hosts applies to the model. */
  readonly uplift: Cell;
  readonly note: string;
};

export type FeatureKind = "tool" | "feature" | "tier" | "modality";

/** A request feature, hosted tool, service tier or modality with its own row in the provider's table. */
export type FeatureRow = {
  readonly id: string;
  readonly kind: FeatureKind;
  readonly title: string;
  readonly processes: Exclude<Processes, "both">;
  readonly storage: Readonly<Record<RegionCode, Cell>>;
  readonly processing: Readonly<Record<RegionCode, Cell>>;
  /** Content leaves to somebody who is not the provider. */
  readonly thirdParty: boolean;
  /** True where asking is using (an image in the request); false for tools the model may leave unused. */
  readonly usedWhenRequested: boolean;
  /** Listed models that use it whether or not the request asks for it. */
  readonly usedByModels: readonly string[];
  readonly note: string;
};

export type Transport = "public" | "mtls" | "private_link";

/** What an Azure deployment promises: one Azure region, the member countries of a data zone, or no place. */
export type AzureSku = "regional" | "data_zone" | "global";

export type AzureDeployment = {
  readonly sku: AzureSku;
  /** As Azure names it in `x-ms-region`, e.g. `Sweden Central`. The echo alone proves nothing. */
  readonly azureRegion: string;
  /** Who says so: an admin's reading of the resource's own page. */
  readonly attestedBy: string;
};

export type HostRow = Stated & {
  /** Exact name, lower case, no port, no trailing dot. */
  readonly host: string;
  readonly provider: Provider;
  /** null: `global`, a destination without a location promise. */
  readonly region: RegionCode | null;
  readonly transport: Transport;
  /** For hosts of Azure, what the resource behind the name is deployed as; null for all others. */
  readonly azure: AzureDeployment | null;
  readonly note: string;
};

/** A name people are told to use that the provider does not document. */
export type LookalikeRow = {
  readonly host: string;
  readonly rightHost: string;
  readonly why: string;
  readonly asOf: string;
};

/** Listed model that another name stands for, where a source says so: the snapshot of a name without a date, or another spelling. */
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
  /** Of this deployment: rises by one with each publication, and is never used twice. */
  readonly version: number;
  /** Of the table that came with the program, on which this version stands. */
  readonly edition: number;
  readonly asOf: string;
  readonly caveat: string;
  readonly sources: readonly Source[];
  readonly regions: readonly RegionRow[];
  readonly endpoints: readonly EndpointRow[];
  readonly models: readonly ModelRow[];
  readonly features: readonly FeatureRow[];
  readonly hosts: readonly HostRow[];
  readonly lookalikes: readonly LookalikeRow[];
  /** What names without a date stand for; where nobody recorded it, the answer has to say it. */
  readonly aliases: readonly AliasRow[];
};
