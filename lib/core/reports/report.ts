import { isObject } from "../is-object.ts";
import { utf8Bytes } from "../ledger/bytes.ts";
import { CanonicalError, type CanonicalValue, canonicalTextWithAnyKeys } from "../ledger/canonical.ts";
import { documentText } from "../regions/document-text.ts";
import type { ComputedReport, Listed, Section } from "./computed-report.ts";

/** Name and version of the form of `report.json`. */
export const reportFormat = "domicile-report/v6";

/**
 * `report.json`: the set of claims, which the PDF renders. `computed` follows from the entries, and the verifier counts it
 * again. `stated` is what people declared or what the register holds: nobody can recompute it, and where an entry of the log
 * says the same, `entry` names its index.
 */
export type Report = {
  /** 1 to 5 say some figures otherwise (`earlier-report.ts`); they are read, and written no more. */
  readonly v: 1 | 2 | 3 | 4 | 5 | 6;
  readonly format: `domicile-report/v${Report["v"]}`;
  /** The pack's. */
  readonly id: string;
  readonly computed: ComputedReport;
  readonly stated: StatedReport;
};

/** Columns by their number, such as "0130", with the entry that holds the row's hash. */
export type DoraRow = Stated<{
  readonly columns: readonly {
    readonly number: string;
    readonly label: string;
    readonly said: string | null;
  }[];
}>;

/** A statement with the entry that holds it; null: it is in no entry. */
export type Stated<T> = T & { readonly entry: number | null };

export type StatedReport = {
  readonly cover: {
    readonly tenant: { readonly id: string; readonly slug: string; readonly name: string };
    readonly simulated: boolean;
    readonly title: string;
    /** When the end checkpoint was signed, not when a machine wrote the file: the same pack has the same bytes. */
    readonly as_of: string;
    readonly software: { readonly name: string; readonly version: string };
    readonly trust_root_sha256: string | null;
    readonly classification: string;
    /** "A management evidence package, not an audit opinion." */
    readonly nature: string;
    readonly supersedes: string | null;
    readonly filter_words: string;
  };
  readonly verification: {
    readonly commands: readonly string[];
    readonly trust_root_from: string;
    readonly verifier_from: string;
    readonly verifier_sha256: string | null;
  };
  readonly scope: {
    readonly in_scope: readonly string[];
    readonly out_of_scope: readonly string[];
    readonly roles: readonly string[];
    readonly definitions: readonly { readonly term: string; readonly meaning: string }[];
  };
  readonly criteria: {
    readonly policies: readonly {
      readonly version: number;
      readonly sha256: string;
      readonly effective_at: string;
      readonly preset: string;
      /** The rule in sentences. */
      readonly words: readonly string[];
    }[];
    /**
     * The catalogs of the pack, and in which places each says otherwise than the edition of the program on which it stands, as
     * sentences. Absent in packs from before it was said.
     */
    readonly catalogs?: readonly {
      readonly version: number;
      readonly sha256: string;
      readonly edition: number;
      readonly published_by: string | null;
      /** The second person; null where one person published it: nothing in it widened, or nobody was asked then. */
      readonly approved_by: string | null;
      readonly reason: string | null;
      readonly differences: Section<Listed<string>>;
    }[];
    readonly grades: readonly {
      readonly grade: string;
      readonly says: string;
      readonly does_not_say: string;
    }[];
  };
  readonly assertion: Section<{
    readonly text: string;
    readonly by: string;
    readonly role: string;
    readonly on: string;
  }>;
  readonly system: {
    readonly words: readonly string[];
    readonly applications: readonly {
      readonly id: string;
      readonly name: string;
      readonly environment: string;
      readonly purpose: string | null;
      readonly data: string;
      readonly owner: string | null;
    }[];
    readonly retention: Section<readonly string[]>;
  };
  /** Contracts and statements behind the transfers, from the register; `missing` names what is not there. */
  readonly register: Section<{
    readonly entries: readonly Stated<{
      readonly kind: string;
      readonly title: string;
      readonly counterparty: string | null;
      readonly reference: string | null;
      readonly from: string | null;
      readonly until: string | null;
      readonly document_sha256: string | null;
      readonly responsible: string | null;
      readonly note: string | null;
    }>[];
    readonly missing: readonly string[];
  }>;
  /** Template B_02.02 of the DORA register of information as contracted; what was observed is in `computed.dora`. */
  readonly dora: Section<readonly DoraRow[]>;
  /** Article 30(1)(d) to (g) GDPR for the flows of `computed.transfers`, as declared. */
  readonly article_30: Section<{
    readonly exporter: string;
    /** Of the exporter: country, role, and whom to ask. */
    readonly facts: readonly { readonly what: string; readonly said: string }[];
    readonly importers: readonly {
      readonly name: string;
      /** Which data, for which purpose. */
      readonly flow: string | null;
      readonly country: string | null;
      readonly mechanism: string | null;
      readonly module: string | null;
      readonly assessment: string | null;
      readonly measures: string | null;
      readonly entry: number | null;
    }[];
    readonly missing: readonly string[];
  }>;
  /** What people say of each row of `computed.findings.cases`, in the same order, as it stood at the end of the range. */
  readonly findings: Section<
    readonly Stated<{
      /** As on the findings page; null: no case was opened for these calls. */
      readonly id: string | null;
      readonly title: string;
      readonly severity: string;
      readonly state: string;
      readonly resolution: string | null;
      readonly opened_at: string | null;
    }>[]
  >;
  /**
   * Cases about no call, as they stood at the end of the range: about the record itself, in reports from version 5 on; and about
   * requests that it does not hold, from version 6 on.
   */
  readonly record_findings: Section<
    readonly Stated<{
      readonly id: string;
      readonly cause: string;
      readonly title: string;
      readonly severity: string;
      readonly state: string;
      readonly resolution: string | null;
      readonly opened_at: string;
    }>[]
  >;
  readonly exceptions: Section<
    readonly { readonly id: string; readonly words: string; readonly entry: number | null }[]
  >;
  /** Whose admin key the provider's count was read with, and what was not read, in sentences. */
  readonly reconciliation: Section<readonly string[]>;
  /** Each key at the provider as it stood at the end of the range, and what its project is bound to. In reports from version 6 on. */
  readonly pins: Section<
    readonly Stated<{
      readonly credential: string;
      readonly label: string;
      readonly project: string | null;
      readonly source: string;
      readonly kind: string;
      readonly region: string | null;
      readonly since: string | null;
      /** What was said, or answered. */
      readonly words: string;
    }>[]
  >;
  readonly integrity: {
    readonly words: readonly string[];
    readonly attackers: readonly { readonly who: string; readonly can: string; readonly cannot: string }[];
    readonly keys: readonly { readonly vkey: string; readonly role: string; readonly status: string }[];
    /** Earlier packs of this tenant's, and where their ranges end. */
    readonly earlier_packs: readonly {
      readonly id: string;
      readonly end: number;
      readonly from: string;
      readonly to: string;
    }[];
  };
  readonly appendices: {
    readonly glossary: readonly { readonly term: string; readonly meaning: string }[];
    readonly entry_types: readonly { readonly type: string; readonly says: string }[];
    /** A call of the sample, and where its bytes and its leaf hash stand in the pack. */
    readonly by_hand: Section<{
      readonly index: number;
      readonly file: string;
      /** From 1. */
      readonly line: number;
      readonly leaf_sha256: string;
      readonly leaves: string;
      /** In bytes, from 0. */
      readonly leaf_offset: number;
    }>;
    readonly earlier_checkpoint: Section<string>;
    /** What such a report usually has and this one does not, each with its reason. */
    readonly not_covered: readonly { readonly what: string; readonly why: string }[];
  };
  readonly sign_off: readonly {
    readonly role: "preparer" | "reviewer" | "approver";
    readonly name: string | null;
    readonly on: string | null;
  }[];
};

/** The bytes of `report.json`: RFC 8785, one way to write it; members that are undefined are left out. */
export function formatReport(report: Report): Uint8Array {
  return utf8Bytes(documentText(report));
}

/** trust: reads the form, and that the bytes are the one way to write it. What it says is for the verifier to count. */
export function readReport(text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ReportError("report.json is not JSON.");
  }
  if (!isObject(value) || formats.get(value.v) !== value.format)
    throw new ReportError(`report.json is not of the form ${reportFormat}, nor of an earlier one.`);
  const { computed, stated, id } = value;
  const extra = Object.keys(value).find((name) => !members.has(name));
  if (extra !== undefined)
    throw new ReportError(`report.json has a member "${extra}" this program does not know.`);
  if (!isObject(computed) || !isObject(stated) || typeof id !== "string")
    throw new ReportError("report.json lacks one of its parts.");
  if (canonicalOf(value as CanonicalValue) !== text)
    throw new ReportError("report.json is not written the one way it is to be written.");
  return value as Report;
}

function canonicalOf(value: CanonicalValue): string {
  try {
    return canonicalTextWithAnyKeys(value);
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    throw new ReportError(`report.json holds what no report holds. ${error.message}`);
  }
}

/** Text that is no report this program knows. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}

const formats: ReadonlyMap<unknown, unknown> = new Map([
  [1, "domicile-report/v1"],
  [2, "domicile-report/v2"],
  [3, "domicile-report/v3"],
  [4, "domicile-report/v4"],
  [5, "domicile-report/v5"],
  [6, reportFormat],
]);

const members: ReadonlySet<string> = new Set(["v", "format", "id", "computed", "stated"]);
