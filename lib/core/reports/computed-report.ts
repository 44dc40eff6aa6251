import type { Grade, LocationClaim } from "../calls/evidence.ts";
import type { EntryType } from "../ledger/entries/entry.ts";
import type { AbsentWhy } from "../ledger/pack/pack-line.ts";
import type { Pin } from "../policies/policy.ts";
import type { CountryCode } from "../regions/catalog.ts";
import type { Band, Basis, Verdict } from "../verdicts/verdict.ts";
import type { ReportFilter } from "./call-filter.ts";
import type { ControlResult } from "./control-result.ts";
import type { FindingCase } from "./count-cases.ts";
import type { ChangeEntry } from "./count-changes.ts";
import type { Deviation } from "./count-deviations.ts";
import type { PinStatement, ProjectStatement } from "./count-pins.ts";
import type { SignerWord } from "./count-statements.ts";
import type { Total } from "./exact-sum.ts";
import type { UsageDay, UsageOfProject } from "./usage-rows.ts";

/** A section that says nothing, and why. */
export type NotCovered = { readonly not_covered: string };
export type Section<T> = T | NotCovered;

/** False where the section says why it says nothing. */
export function isCovered<T>(section: Section<T>): section is T {
  return typeof section !== "object" || section === null || !("not_covered" in section);
}

export type CallCount<Key extends string> = { readonly [K in Key]: string | null } & {
  readonly calls: number;
};

/** The longest lists are cut; `count` says how many rows there truly are. */
export type Listed<Row> = { readonly count: number; readonly rows: readonly Row[] };

export type Volumes = {
  readonly calls: number;
  readonly input_tokens: Total;
  readonly output_tokens: Total;
};

/** Countries that a claim is confined to; `undetermined` is never within anything. */
export type Place = readonly CountryCode[] | "undetermined";

export type ClaimRow = Volumes & {
  readonly claim: LocationClaim;
  readonly value: Place;
  readonly grade: Grade | null;
};

export type MatrixRow = Volumes & {
  /** Where calls were meant to go; null: the global host. */
  readonly intended_region: string | null;
  /** Where they went: a region, `global`, `unknown`, or `none` where nothing was sent. */
  readonly region: string;
  readonly inference: Place;
  readonly storage: Place;
  readonly band: Band | null;
};

/** What went to one host for one application by one operation, and where the host may handle it. */
export type ServiceRow = Volumes & {
  readonly application_id: string;
  readonly host: string;
  readonly region: string;
  readonly operation: string;
  readonly first_at: string;
  readonly last_at: string;
  readonly request_bytes: Total;
  readonly response_bytes: Total;
  /** DORA register of information (ITS 2024/2956), template B_02.02: country of provision, of data at rest, of processing. */
  readonly b_02_02: { readonly c0130: Place; readonly c0150: Place; readonly c0160: Place };
  readonly grade: Grade | null;
};

/** One third-country flow. */
export type TransferRow = ServiceRow & {
  /** Countries outside the EEA; `undetermined`: none can be ruled out. */
  readonly third_countries: Place;
};

/**
 * Every figure of a report that follows from the entries alone. The verifier counts all of it again and compares member by
 * member. Whole numbers only; times as in the entries.
 */
export type ComputedReport = {
  readonly scope: {
    readonly log: string;
    readonly first: number;
    readonly end: number;
    readonly end_root: string;
    readonly from: string;
    readonly to: string;
    readonly status: "final" | "provisional";
    readonly disclosure: "all" | "selected";
    readonly filter: ReportFilter;
  };
  readonly criteria: {
    readonly policies: Listed<{ readonly version: number; readonly sha256: string; readonly calls: number }>;
    readonly without_policy: number;
    readonly catalogs: Listed<{ readonly version: number; readonly sha256: string; readonly calls: number }>;
    readonly judge_versions: readonly { readonly version: number; readonly calls: number }[];
    readonly facts_versions: readonly { readonly version: number; readonly calls: number }[];
  };
  readonly population: {
    /** Places of the range, and what stands there. */
    readonly entries: number;
    readonly by_type: Readonly<Record<EntryType, number>>;
    readonly absent: Readonly<Record<AbsentWhy, number>>;
    readonly calls: {
      /** Calls the report is about. */
      readonly selected: number;
      readonly left: number;
      readonly refused: number;
      readonly simulated: number;
      /** Of the selected: begun before the tenant's first policy, and held against that afterwards. */
      readonly retrospective: number;
      /** Of the period and not of the filter. */
      readonly other_filter: number;
      /** In the range and begun before the period. */
      readonly earlier: number;
      /** Of these: recorded after the period had begun, so that an earlier report may not have them. */
      readonly earlier_arrived: number;
      readonly later: number;
    };
    /** Ends that came later, of calls of the report by their start and the filter; they count nowhere else. */
    readonly late_outcomes: readonly CallCount<"verdict">[];
    /** Of the period and not of the filter. */
    readonly late_outcomes_other_filter: number;
    readonly by_source: readonly CallCount<"source">[];
    readonly by_end: readonly CallCount<"end">[];
    /** Kept on a gateway's disk while the store was away. */
    readonly spooled: number;
  };
  /** Of the whole range, whatever the filter. */
  readonly balance: Section<{
    readonly intents: number;
    readonly outcomes: number;
    readonly unknown: number;
    readonly open: number;
    readonly missing: number;
    readonly earlier: number;
    readonly refused_before_dial: number;
    readonly imported: number;
    readonly boots: number;
    readonly boots_closed: number;
    readonly objections: Listed<string>;
  }>;
  /** The provider's own count of the tenant's projects beside the record, whatever the filter. In reports from version 6 on. */
  readonly provider_usage: Section<{
    /** UTC days that the period touches, and the last one of which an entry of the range says something. */
    readonly period_days: number;
    readonly compared_until: string | null;
    /** Of days of the period. */
    readonly projects: Listed<UsageOfProject>;
    /** Of days before it that were settled in it, so that an earlier report may not have them. */
    readonly earlier: Listed<UsageOfProject>;
    /** Every day that does not agree, by its entry. */
    readonly differing: Listed<UsageDay>;
    /** Entries that say it in a way this program does not know. */
    readonly unreadable: number;
  }>;
  /** What the projects behind keys are bound to, as it was stated in the period. In reports from version 6 on. */
  readonly pins: {
    readonly statements: Listed<PinStatement>;
    readonly projects: Listed<ProjectStatement>;
    /** Calls of the report that left, by the pin that was known when they began. */
    readonly calls: readonly (Pick<Pin, "source" | "kind" | "region"> & { readonly calls: number })[];
  };
  readonly results: {
    readonly verdicts: readonly {
      readonly verdict: Verdict;
      readonly basis: Basis;
      readonly calls: number;
    }[];
    readonly bands: readonly (Volumes & { readonly band: Band | null })[];
    readonly causes: readonly CallCount<"cause">[];
    readonly claims: Listed<ClaimRow>;
    readonly matrix: Listed<MatrixRow>;
    readonly hosts: Listed<
      Volumes & { readonly host: string | null; readonly region: string; readonly verdict: Verdict }
    >;
    readonly models: Listed<
      Volumes & { readonly model: string | null; readonly region: string; readonly verdict: Verdict }
    >;
    readonly operations: Listed<Volumes & { readonly operation: string; readonly verdict: Verdict }>;
    readonly applications: Listed<Volumes & { readonly application_id: string; readonly band: Band | null }>;
    readonly would_block: readonly CallCount<"code">[];
    readonly tokens: {
      readonly input: Total;
      readonly output: Total;
      readonly cached_input: Total;
      readonly reasoning: Total;
      /** Calls of which the provider told none. */
      readonly calls_without: number;
    };
    readonly bytes: { readonly requests: Total; readonly responses: Total };
  };
  readonly transfers: Listed<TransferRow>;
  /** Every service that was sent content, inside the EEA or not; what was contracted is in `stated.dora`. */
  readonly dora: Listed<ServiceRow>;
  readonly controls: readonly ControlResult[];
  readonly deviations: Listed<Deviation>;
  /** Of `population.late_outcomes` those outside policy or not verifiable, by the entry of the late outcome. */
  readonly late_deviations: Listed<Deviation>;
  readonly restatements: Section<Listed<ChangeEntry>>;
  readonly exceptions: Section<Listed<ChangeEntry>>;
  readonly findings: {
    /** What people did to findings in the period. */
    readonly events: readonly CallCount<"kind">[];
    /** The cases that the calls of the report make. */
    readonly cases: Listed<FindingCase>;
  };
  readonly sample: {
    /** Hex. */
    readonly seed: string;
    readonly algorithm: string;
    readonly size: number;
    readonly strata: readonly {
      readonly band: Band | "none";
      readonly population: number;
      readonly calls: readonly { readonly index: number; readonly call: string; readonly rank: string }[];
    }[];
  };
  readonly system: {
    readonly peers: Listed<{
      readonly host: string;
      readonly peer_key_sha256: string | null;
      readonly host_grade: string;
      readonly attempts: number;
      readonly first_at: string;
      readonly last_at: string;
    }>;
    readonly relay_countries: readonly CallCount<"country">[];
    readonly subject_countries: readonly CallCount<"country">[];
  };
  readonly changes: {
    readonly by_kind: readonly { readonly kind: string; readonly events: number }[];
    readonly events: Listed<ChangeEntry>;
    /** Entries about looks at evidence, and how many looks they hold: one entry has all of a person's within a minute. */
    readonly views: number;
    readonly looks: Total;
    /** The same of copies of evidence that left. */
    readonly exports: number;
    readonly copies: Total;
  };
  readonly integrity: {
    readonly signer: readonly { readonly kind: string; readonly statements: number }[];
    /** Of its statements about full checks: those that found something. */
    readonly failed_checks: number;
    readonly said: Listed<SignerWord>;
    readonly epochs: readonly {
      readonly index: number;
      readonly epoch: number;
      readonly previous: string | null;
      readonly reason: string | null;
    }[];
    /** Calls that can be judged again from their entries, and those of which something was cut. */
    readonly judgeable: number;
    readonly cut: number;
  };
  /** "What this report does not show", each in one sentence. */
  readonly not_shown: readonly string[];
};
