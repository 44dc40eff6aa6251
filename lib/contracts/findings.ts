import { z } from "zod";
import type { CommentAudience } from "../core/access/comment-audience.ts";
import { type DataCategory, dataCategories } from "../core/findings/data-category.ts";
import {
  type ExceptionKind,
  type ExceptionState,
  exceptionDaysMax,
  exceptionReasonMin,
} from "../core/findings/exception.ts";
import { type Analysis, rootCauses } from "../core/findings/root-cause.ts";
import type { Basis, FindingCause, Verdict } from "../core/verdicts/verdict.ts";
import type { DecisionSummary } from "./decisions.ts";
import { instant } from "./range.ts";
import { line, prose } from "./text.ts";

export const findingStates = ["open", "acknowledged", "investigating", "resolved", "accepted"] as const;
export type FindingState = (typeof findingStates)[number];
export const resolutions = ["config_fix", "traffic_fix", "provider_fix", "false_positive"] as const;
export type Resolution = (typeof resolutions)[number];
/**
 * `soon`: an exception that ends within 30 days or is stale, work whose day has passed, or a check that is due. `new`: opened within seven
 * days. `expiring`: accepted by an exception that ends within 30 days.
 */
export const findingSelections = ["soon", "new", "expiring"] as const;
export type FindingSelection = (typeof findingSelections)[number];
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

export const findingSearch = z.object({
  tenant: line.min(1).max(64).optional(),
  state: z.array(z.enum(findingStates)).max(5).default([]),
  severity: z.array(z.enum(severities)).max(4).default([]),
  cause: z.array(line.max(64)).max(20).default([]),
  /** Names of applications. */
  application: z.array(line.min(1).max(253)).max(20).default([]),
  data: z.array(z.enum(dataCategories)).max(6).default([]),
  environment: z
    .array(z.enum(["production", "test"]))
    .max(2)
    .default([]),
  /** Who answers for the application, as declared; `none`: nobody was named. */
  owner: z.array(line.min(1).max(120)).max(20).default([]),
  /** Absent: all of them. */
  only: z.enum(findingSelections).optional(),
  cursor: line.max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FindingSearch = z.infer<typeof findingSearch>;

export type FindingListItem = {
  readonly id: string;
  /** "F-12"; counts up per tenant. */
  readonly name: string;
  readonly tenant: string;
  readonly cause: FindingCause;
  /** One sentence a person can act on. */
  readonly title: string;
  readonly severity: Severity;
  readonly state: FindingState;
  readonly host: string | null;
  readonly model: string | null;
  readonly application: string | null;
  /** The provider's project that the case is about; null: it is about calls, or about the record. */
  readonly projectId: string | null;
  /** null where the case belongs to no application. */
  readonly environment: "production" | "test" | null;
  readonly dataCategory: DataCategory | null;
  readonly owner: string | null;
  /** Who works on it; null: nobody was named. */
  readonly assignee: string | null;
  /** Until when it is to be done; null: nobody said. */
  readonly dueAt: string | null;
  /** The exception that accepts it; null: none does. */
  readonly exception: AcceptedBy | null;
  /** Of a resolved one: since when no call of its kind was recorded, and for how many whole days. */
  readonly clean: { readonly since: string; readonly days: number } | null;
  /** Of a resolved one: when somebody has to look whether it came again; null: nobody has to. */
  readonly check: FindingCheck | null;
  readonly basis: Basis;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly calls: number;
  readonly simulated: boolean;
};

/** `checked`: who said that it did not come again; null: nobody has yet. */
export type FindingCheck = {
  readonly dueAt: string;
  readonly isDue: boolean;
  readonly checked: { readonly by: string; readonly at: string } | null;
};

/** `stale`: another version of the policy is in force than the one it was asked under. */
export type AcceptedBy = { readonly name: string; readonly until: string; readonly stale: boolean };

export type FindingPage = {
  readonly items: readonly FindingListItem[];
  readonly nextCursor: string | null;
  readonly counts: Readonly<Record<FindingState, number>>;
  readonly choices: FindingChoices;
};

/** What cases of the asked tenants, states and selection have, whatever else they are narrowed by; 200 of each at most. */
export type FindingChoices = {
  readonly causes: readonly string[];
  readonly applications: readonly string[];
  /** `none`: nobody was named. */
  readonly owners: readonly string[];
};

export const findingEventKinds = [
  "opened",
  "acknowledged",
  "investigating",
  "assigned",
  "resolved",
  "reopened",
  "commented",
  "severity_changed",
  "analysed",
  "checked",
  "exception_requested",
  "exception_approved",
  "exception_rejected",
  "exception_withdrawn",
  "exception_ended",
  "exception_expired",
] as const;

export type FindingEvent = {
  readonly at: string;
  readonly actor: string;
  readonly kind: (typeof findingEventKinds)[number];
  readonly note: string | null;
  readonly resolution: Resolution | null;
  /** For `reopened`: whole days since the resolution; null where nobody counted. */
  readonly daysClean: number | null;
  readonly audience: CommentAudience;
};

/** What somebody stated of the case last; `version` counts corrections from 1. */
export type StatedAnalysis = Analysis & {
  readonly version: number;
  readonly by: string;
  readonly at: string;
};

export type FindingDetail = FindingListItem & {
  readonly sentence: string;
  readonly remedy: string;
  readonly rule: { readonly title: string; readonly url: string | null };
  readonly resolution: Resolution | null;
  /** null: nobody has stated anything. */
  readonly analysis: StatedAnalysis | null;
  readonly assigneeId: string | null;
  /** Who may be named as the one who works on it. */
  readonly workers: readonly { readonly id: string; readonly name: string }[];
  /** Newest first. */
  readonly exceptions: readonly FindingException[];
  readonly history: readonly FindingEvent[];
  /** Query string for `/calls` that lists the affected calls. */
  readonly callsQuery: string;
  /** The newest of the calls that belong to the case only by an end that came late; `callsQuery` does not list them. */
  readonly lateCalls: readonly LateCall[];
};

export type LateCall = {
  readonly id: string;
  readonly startedAt: string;
  readonly receivedAt: string;
  /** What the late end was judged. */
  readonly verdict: Verdict;
};

export type FindingException = {
  readonly id: string;
  /** "EX-12". */
  readonly name: string;
  readonly kind: ExceptionKind;
  readonly state: ExceptionState;
  readonly reason: string;
  readonly transferMechanism: string | null;
  readonly ticket: string | null;
  readonly policyVersion: number | null;
  readonly stale: boolean;
  readonly author: string;
  readonly isMine: boolean;
  readonly createdAt: string;
  /** Undecided until then, it is decided no more. */
  readonly lapsesAt: string;
  /** Approved, it holds until then. */
  readonly expiresAt: string;
  readonly decision: DecisionSummary | null;
  readonly end: { readonly by: string; readonly at: string; readonly note: string | null } | null;
};

export const acknowledgeInput = z.object({ note: prose.trim().max(2000).optional() });
export const analysisInput = z.object({
  rootCause: z.enum(rootCauses),
  explanation: prose.trim().min(10, "Say how it came about, in at least 10 characters.").max(2000),
  action: prose.trim().min(10, "Say what keeps it from coming again, in at least 10 characters.").max(2000),
  /** A person or a team, by name. */
  actionOwner: line.trim().min(1, "Name who carries it out.").max(120),
  /** When it is to be carried out, or was. */
  actionDueAt: instant,
});
export type AnalysisInput = z.infer<typeof analysisInput>;

export const resolveInput = z.object({
  resolution: z.enum(resolutions),
  note: prose.trim().min(10, "Say what was done, in at least 10 characters.").max(2000),
  /** What caused it. Needed where nobody has stated it yet, but for what was no real case. */
  analysis: analysisInput.nullable().default(null),
  /** When to look whether it came again; null: 30 days later. Nobody looks at what was no real case. */
  checkDueAt: instant.nullable().default(null),
});
export type ResolveInput = z.input<typeof resolveInput>;

export const checkOutcomes = ["effective", "recurred"] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];
export const checkInput = z.object({
  /** `recurred` opens the case again. */
  outcome: z.enum(checkOutcomes),
  note: prose.trim().min(10, "Say what was looked at, in at least 10 characters.").max(2000),
});
export type CheckInput = z.infer<typeof checkInput>;

export const commentInput = z.object({
  note: prose.trim().min(1, "Say something.").max(2000),
  audience: z.enum(["everybody", "not_auditors"]).default("everybody"),
});
export type CommentInput = z.input<typeof commentInput>;

/** `assigneeId` null: nobody. `dueAt` null: no day. */
export const assignInput = z.object({ assigneeId: z.uuid().nullable(), dueAt: instant.nullable() });
export type AssignInput = z.infer<typeof assignInput>;

export const exceptionInput = z.object({
  kind: z.enum(["waiver", "mitigated"]),
  reason: prose
    .trim()
    .min(exceptionReasonMin, `Say why it is accepted, in at least ${exceptionReasonMin} characters.`)
    .max(2000),
  /** At most a year ahead. */
  expiresAt: instant,
  transferMechanism: line.trim().max(300).nullable().default(null),
  ticket: line.trim().max(300).nullable().default(null),
});
export type ExceptionInput = z.infer<typeof exceptionInput>;

export const exceptionNoteInput = z.object({ note: prose.trim().max(2000).default("") });
export const exceptionEndInput = z.object({
  note: prose.trim().min(10, "Say why, in at least 10 characters.").max(2000),
});

export const exceptionHint = `At most ${exceptionDaysMax} days ahead. It ends by itself.`;
