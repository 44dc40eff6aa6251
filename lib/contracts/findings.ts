import { z } from "zod";
import { type DataCategory, dataCategories } from "../core/findings/data-category.ts";
import {
  type ExceptionKind,
  type ExceptionState,
  exceptionDaysMax,
  exceptionReasonMin,
} from "../core/findings/exception.ts";
import type { Basis, FindingCause, Verdict } from "../core/verdicts/verdict.ts";
import { instant } from "./range.ts";
import { line, prose } from "./text.ts";

export const findingStates = ["open", "acknowledged", "investigating", "resolved", "accepted"] as const;
export type FindingState = (typeof findingStates)[number];
export const resolutions = ["config_fix", "traffic_fix", "provider_fix", "false_positive"] as const;
export type Resolution = (typeof resolutions)[number];
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
  /** Only what somebody has to look at soon: an exception that ends within 30 days or is stale, or a due day that has passed. */
  soon: z.stringbool().default(false),
  cursor: line.max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FindingSearch = z.infer<typeof findingSearch>;

export type FindingListItem = {
  readonly id: string;
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
  readonly basis: Basis;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly calls: number;
  readonly simulated: boolean;
};

/** `stale`: another version of the policy is in force than the one it was asked under. */
export type AcceptedBy = { readonly name: string; readonly until: string; readonly stale: boolean };

export type FindingPage = {
  readonly items: readonly FindingListItem[];
  readonly nextCursor: string | null;
  readonly counts: Readonly<Record<FindingState, number>>;
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
};

export type FindingDetail = FindingListItem & {
  readonly sentence: string;
  readonly remedy: string;
  readonly rule: { readonly title: string; readonly url: string | null };
  readonly resolution: Resolution | null;
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
  readonly decision: { readonly by: string; readonly at: string; readonly note: string | null } | null;
  readonly end: { readonly by: string; readonly at: string; readonly note: string | null } | null;
};

export const acknowledgeInput = z.object({ note: prose.trim().max(2000).optional() });
export const resolveInput = z.object({
  resolution: z.enum(resolutions),
  note: prose.trim().min(10, "Say what was done, in at least 10 characters.").max(2000),
});
export type ResolveInput = z.infer<typeof resolveInput>;

export const commentInput = z.object({ note: prose.trim().min(1, "Say something.").max(2000) });
export type CommentInput = z.infer<typeof commentInput>;

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
