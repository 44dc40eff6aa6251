import { z } from "zod";
import { type DataCategory, dataCategories } from "../core/findings/data-category.ts";
import type { Basis, FindingCause, Verdict } from "../core/verdicts/verdict.ts";
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
  /** null where the case belongs to no application. */
  readonly environment: "production" | "test" | null;
  readonly dataCategory: DataCategory | null;
  readonly owner: string | null;
  readonly basis: Basis;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly calls: number;
  readonly simulated: boolean;
};

export type FindingPage = {
  readonly items: readonly FindingListItem[];
  readonly nextCursor: string | null;
  readonly counts: Readonly<Record<FindingState, number>>;
};

export type FindingEvent = {
  readonly at: string;
  readonly actor: string;
  readonly kind: "opened" | "acknowledged" | "resolved" | "reopened" | "commented";
  readonly note: string | null;
  readonly resolution: Resolution | null;
};

export type FindingDetail = FindingListItem & {
  readonly sentence: string;
  readonly remedy: string;
  readonly rule: { readonly title: string; readonly url: string | null };
  readonly resolution: Resolution | null;
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

export const acknowledgeInput = z.object({ note: prose.trim().max(2000).optional() });
export const resolveInput = z.object({
  resolution: z.enum(resolutions),
  note: prose.trim().min(10, "Say what was done, in at least 10 characters.").max(2000),
});
export type ResolveInput = z.infer<typeof resolveInput>;
