import { z } from "zod";
import { verdictWords } from "../core/verdicts/verdict-words.ts";
import { instant } from "./range.ts";
import { line } from "./text.ts";

/** What calls of a report can be narrowed by on the page. Repeat a parameter for "any of". */
export const reportFacets = ["application", "region", "verdict", "model", "source"] as const;
export type ReportFacet = (typeof reportFacets)[number];

const anyOf = z.array(line.min(1).max(253)).max(50).default([]);
const facets = {
  application: anyOf,
  region: anyOf,
  verdict: z
    .array(line.refine((text) => Object.hasOwn(verdictWords, text), "There is no such value."))
    .max(20)
    .default([]),
  model: anyOf,
  source: anyOf,
};
const period = { from: instant, to: instant };
const inOrder = ({ from, to }: { from: string; to: string }) => Date.parse(from) < Date.parse(to);
const order = { path: ["to"], message: "The period ends before it begins." };
const tenant = line.min(1).max(64);

/** Search of `/api/reports`. */
export const reportsSearch = z.object({ tenant: tenant.optional() });
export type ReportsSearch = z.infer<typeof reportsSearch>;

/** Search of `/api/reports/preview`; `application` is a name. */
export const previewSearch = z.object({ tenant, ...period, ...facets });
export type PreviewSearch = z.infer<typeof previewSearch>;

/** Body of `POST /api/reports`: the same words as the preview's search. */
export const reportInput = z.object({ tenant, ...period, ...facets }).refine(inOrder, order);
export type ReportInput = z.infer<typeof reportInput>;

/** Body of `POST /api/reports/schedules`. */
export const scheduleInput = z.object({ tenant, every: z.enum(["monthly", "quarterly"]), ...facets });
export type ScheduleInput = z.infer<typeof scheduleInput>;

/** Body of what is done to a report or a schedule. */
export const inTenantInput = z.object({ tenant });

/** What of a pack is taken: all of it, its report, or the tables and records alone. */
export const reportParts = [
  "pack",
  "report",
  "pdf",
  "population",
  "exceptions",
  "findings",
  "records",
] as const;
export type ReportPart = (typeof reportParts)[number];

/** Body of `POST /api/reports/[id]/links`. */
export const linkInput = z.object({ part: z.enum(reportParts) });

/** Why a report has no pack. Each stands in docs/errors.md. */
export const reportProblems = [
  "nothing_signed",
  "log_damaged",
  "signer_refused",
  "signer_silent",
  "too_large",
  "tried_too_often",
  "fault",
] as const;
export type ReportProblem = (typeof reportProblems)[number];

/** For whoever asked for it: what happened, and what to do. */
export const reportProblemWords: Readonly<Record<ReportProblem, string>> = {
  nothing_signed: "No checkpoint of this log has been signed yet. Build it again once the signer has signed.",
  log_damaged:
    "Entries of the range are missing from the store and nothing says that they expired, or they are not what was signed. The ledger page says more.",
  signer_refused: "The signer refused to sign the manifest. The log of the signer says why.",
  signer_silent: "The signer did not answer within ten minutes. Build it again when it runs.",
  too_large: "The pack would be larger than the 4 GiB that a verifier accepts. Choose a shorter period.",
  tried_too_often: "It was begun three times and cut short each time. The log of the worker says more.",
  fault: "It failed because of a fault in Domicile. The log of the worker says more.",
};

export type ReportItem = {
  readonly id: string;
  readonly tenant: string;
  readonly state: "queued" | "building" | "signing" | "ready" | "failed" | "cancelled";
  readonly from: string;
  readonly to: string;
  readonly filterWords: string;
  readonly filtered: boolean;
  /** Calls of the selection when it was asked for. */
  readonly counted: number;
  readonly requestedAt: string;
  readonly requestedBy: string;
  readonly scheduled: boolean;
  /** Whether whoever asks may cancel it: what is his own, or all by his role. */
  readonly mayCancel: boolean;
  readonly cancelWanted: boolean;
  /** `share` of its entries, 0 to 1; null while it waits. */
  readonly progress: { readonly entries: number; readonly of: number; readonly bytes: number } | null;
  readonly problem: ReportProblem | null;
  readonly pack: PackSummary | null;
  /** An earlier report that this one replaces, and a later one that replaces this. */
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
};

export type PackSummary = {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly calls: number;
  readonly log: string;
  readonly first: number;
  readonly end: number;
  readonly signedAt: string;
  readonly final: boolean;
  readonly builtAt: string;
  readonly expiresAt: string;
  /** The pack is gone, as its time was over, or its entries had expired; a closed period can be built again. */
  readonly dropped: boolean;
  readonly parts: readonly ReportPart[];
};

export type ScheduleItem = {
  readonly id: string;
  readonly tenant: string;
  readonly every: "monthly" | "quarterly";
  readonly filterWords: string;
  readonly createdAt: string;
  readonly createdBy: string;
  /** Whether whoever asks may end it. */
  readonly mayEnd: boolean;
  /** When the next pack is begun: the end of the period it is about. */
  readonly nextAt: string;
};

export type ReportList = {
  readonly asOf: string;
  /** Newest first; the newest `reportsShown`. */
  readonly items: readonly ReportItem[];
  readonly schedules: readonly ScheduleItem[];
};

export const reportsShown = 100;

export type ReportPreview = {
  readonly words: string;
  /** Calls that the pack would choose now. */
  readonly calls: number;
  /** Entries of the log that it would hold; null where nothing is signed yet. */
  readonly range: {
    readonly log: string;
    readonly epoch: number;
    readonly first: number;
    readonly end: number;
    readonly signedAt: string;
  } | null;
  readonly final: boolean;
  /** Epochs of the log that were open in the period besides the one of the range: their entries are in no pack of this one. */
  readonly otherEpochs: readonly number[];
  readonly choices: Readonly<
    Record<ReportFacet, readonly { readonly value: string; readonly calls: number }[]>
  >;
};

/** A link for one download, in this session, until then. */
export type ReportLink = { readonly href: string; readonly expiresAt: string };
