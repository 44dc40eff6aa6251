import type { Grade, LocationClaim } from "../calls/evidence.ts";
import type { CountryCode, RegionCode } from "../regions/catalog.ts";

export type PresetId =
  | "no_location_requirement"
  | "us_global_accepted"
  | "us_regional"
  | "eea_ch"
  | "eea_ch_strict"
  | "at_rest_gb"
  | "at_rest_ca"
  | "at_rest_sg"
  | "at_rest_kr"
  | "india"
  | "japan"
  | "australia";

export type Requirement =
  | { readonly kind: "any" }
  | { readonly kind: "countries"; readonly countries: readonly CountryCode[] };

/** Claims a tenant may restrict. System data is outside residency by the provider's definition. */
export type RestrictableClaim = Exclude<LocationClaim, "system_data">;

/** A named person's acceptance of the global host, printed in reports. `reviewOn` is a UTC day. */
export type GlobalAcceptance = {
  readonly acceptedBy: string;
  readonly reason: string;
  readonly reviewOn: string;
};

export type GlobalHost =
  | { readonly allowed: false }
  | { readonly allowed: true; readonly acceptance: GlobalAcceptance | null };

/** `block`: only policy hosts are dialled. `observe`: the target is dialled and judged. */
export type Enforcement =
  | { readonly mode: "block" }
  /** RFC 3339 UTC; from then on the policy blocks. null only where the policy requires no place. */
  | { readonly mode: "observe"; readonly until: string | null };

export type Routing =
  | { readonly kind: "home" }
  | { readonly kind: "by_subject_country"; readonly map: Readonly<Record<CountryCode, RegionCode>> };

/** A tenant's rule. Immutable once saved; a call is judged by the version in force when it began. */
export type Policy = {
  readonly preset: PresetId | "custom";
  /** Where calls go when nothing else is asked; null: the global host. */
  readonly homeRegion: RegionCode | null;
  readonly claims: Readonly<Record<RestrictableClaim, Requirement>>;
  readonly global: GlobalHost;
  /** Who accepted that inference may run elsewhere, where a policy asks for storage alone. */
  readonly inferenceElsewhere?: GlobalAcceptance | null;
  /** Hosts an admin admitted by name, with reason and second approver. */
  readonly customHosts: readonly string[];
  /** Why each of them was admitted, by host. Absent in policies older than the question. */
  readonly customHostReasons?: Readonly<Record<string, string>>;
  readonly models: "any" | readonly string[];
  /** Catalog feature ids that may not be used. */
  readonly deniedFeatures: readonly string[];
  /** Evidence needed to clear a claim. Never needed to flag one. */
  readonly minimumGrade: Readonly<Record<RestrictableClaim, Grade>>;
  readonly requirePin: boolean;
  /** Whether a call whose place cannot be judged beforehand is sent. */
  readonly onUnknown: "send" | "refuse";
  /** What to do when the evidence store cannot take the intent. */
  readonly onEvidenceLoss: "refuse" | "spool";
  readonly enforcement: Enforcement;
  readonly routing: Routing;
};

export type PolicyInForce = { readonly version: number; readonly sha256: string; readonly policy: Policy };

/** What a provider project is bound to, and how we know. */
export type PinKind = "processing" | "storage_only" | "global" | "unknown";

export type Pin = {
  readonly kind: PinKind;
  /** null for `global` and `unknown`. */
  readonly region: RegionCode | null;
  readonly source: "admin_api" | "probe" | "attestation" | "none";
  /** RFC 3339 UTC; null when unknown. */
  readonly since: string | null;
  /** Who attested it, where a person did. */
  readonly attestedBy: string | null;
  /** The provider's id of the project the pin speaks of; absent or null: not recorded. */
  readonly projectId?: string | null;
};

export const unknownPin: Pin = {
  kind: "unknown",
  region: null,
  source: "none",
  since: null,
  attestedBy: null,
};
