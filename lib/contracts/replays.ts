import { z } from "zod";
import type { Reason, Verdict } from "../core/verdicts/verdict.ts";
import { instant } from "./range.ts";
import { tenantName } from "./tenants.ts";
import { line } from "./text.ts";

/** So many calls are replayed for one answer; whoever asks goes on with its cursor. */
export const replayChunkMax = 2_000;

export const replayInput = z.object({
  tenant: tenantName,
  from: instant,
  to: instant,
  /** A saved version, or a policy that is not saved yet. */
  under: z.union([
    z.object({ version: z.number().int().min(1) }),
    z.object({ policy: z.record(z.string(), z.unknown()) }),
  ]),
  cursor: line.max(200).nullable().default(null),
  limit: z.number().int().min(1).max(replayChunkMax).default(replayChunkMax),
});
export type ReplayInput = z.input<typeof replayInput>;

/** `not_known`: the call would have gone to another host, and what became of it there is recorded nowhere. */
export type ReplayVerdict = Verdict | "not_known";

export type ReplayDifference = {
  readonly id: string;
  readonly startedAt: string;
  readonly application: string;
  readonly operation: string;
  readonly model: string | null;
  readonly host: string | null;
  readonly before: Verdict;
  readonly after: ReplayVerdict;
  /** In words: why it would have been so. */
  readonly why: string;
};

/** A part of a period, replayed. Newest call first. Nothing of it is stored. */
export type ReplayChunk = {
  readonly from: string;
  readonly to: string;
  /** Calls of the whole period, by the hourly counts: for progress. */
  readonly totalCalls: number;
  /** Calls replayed for this answer. */
  readonly looked: number;
  readonly verdicts: readonly {
    readonly before: Verdict;
    readonly after: ReplayVerdict;
    readonly calls: number;
  }[];
  /** Stopped at the door, and how many of those were stopped then, too. */
  readonly stopped: number;
  readonly stoppedBefore: number;
  /** Sent and judged while the policy observes, and stopped once it blocks. */
  readonly wouldStop: number;
  readonly stopReasons: readonly { readonly reason: Reason; readonly calls: number }[];
  /** The newest calls with another verdict than before; at most 50 for one answer. */
  readonly differing: readonly ReplayDifference[];
  readonly nextCursor: string | null;
};
