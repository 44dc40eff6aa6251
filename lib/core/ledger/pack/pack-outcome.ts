import type { ComputedReport } from "../../reports/computed-report.ts";
import { TrustRootError } from "../trust-root.ts";
import { type Check, unverifiable, type Verification, verdictOf } from "../verification.ts";
import { timeLostWords } from "../verify-checkpoint.ts";
import { isOverAt } from "./check-range.ts";
import type { Manifest } from "./manifest.ts";
import type { EntryFault, PackCheck } from "./pack-checks.ts";

export type PackVerification = Verification & {
  /** As the pack says of itself; null where it could not be read. */
  readonly manifest: Manifest | null;
  /** Counted again from the entries; null where they could not be. */
  readonly computed: ComputedReport | null;
  /** Entries that are not what they should be, in order of their places; the first ones. */
  readonly faults: readonly EntryFault[];
  /** Signed by the log's clock key at the end of the range, POSIX seconds. */
  readonly signedAt: bigint | null;
  /** The end counts because the trust root names it, where the log was sealed; its keys are lost, and so is its time. */
  readonly isTimeLost: boolean;
  readonly counts: PackCounts;
};

export type PackCounts = {
  readonly entries: number;
  readonly absent: number;
  readonly judgedAgain: number;
  readonly cut: number;
  /** Outside the report, and what they were judged by is not here. */
  readonly unjudged: number;
  readonly opened: number;
};

export const noCounts: PackCounts = { entries: 0, absent: 0, judgedAgain: 0, cut: 0, unjudged: 0, opened: 0 };

/** What the checks come to, with what was learned of the pack before they ended. */
export function packOutcome(
  checks: readonly Check[],
  known: Partial<Omit<PackVerification, "verdict" | "checks" | "notProven">> = {},
): PackVerification {
  const { manifest = null, computed = null, faults = [], signedAt = null, counts = noCounts } = known;
  const { isTimeLost = false } = known;
  return {
    verdict: verdictOf(checks),
    checks,
    notProven: notProven(manifest, signedAt, isTimeLost, counts),
    manifest,
    computed,
    faults,
    signedAt,
    isTimeLost,
    counts,
  };
}

/**
 * The outcome where this program stopped over something it did not expect: nothing can be told, and that is said. trust:
 * whoever made the pack may have meant it to.
 */
export function stoppedOutcome(error: unknown): PackVerification {
  return packOutcome([unverifiable("verifier", stoppedWords(error))]);
}

/** `work`, or the check that says that this program stopped over it. The others go on. */
export function unlessStopped(name: PackCheck, work: () => readonly Check[]): readonly Check[] {
  try {
    return work();
  } catch (error) {
    if (error instanceof TrustRootError) throw error;
    return [unverifiable(name, stoppedWords(error))];
  }
}

/** At most 300 characters of what was thrown. */
export function stoppedWords(error: unknown): string {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `This program stopped over it, so that nothing can be told: ${words.slice(0, 300)}`;
}

function notProven(
  manifest: Manifest | null,
  signedAt: bigint | null,
  isTimeLost: boolean,
  counts: PackCounts,
): string[] {
  return [
    "Anything about compliance: an intact record says what was recorded, not whether it was lawful.",
    "That every call was recorded: a log cannot show what never reached it. Where it holds the provider's own count, it can show that some are missing.",
    "What the provider counted, what other tenants recorded of the same project, and how many sessions, runs and tools excuse: only that the outcome follows from the counts, and that a day whose calls are all here claims no more of them than there are.",
    "That what the entries say is true; only that they say so since they were signed.",
    "What people stated beside the figures: names, contracts, purposes, and a policy's rule in sentences.",
    "What stands in report.pdf, tables/population.csv and tables/exceptions.csv: nobody counts them again. report.json counts, and the entries.",
    "Anything about entries outside the range, and about other tenants.",
    "That everybody was shown the same log: compare checkpoints with others who keep them, and give an old one with --since.",
    isTimeLost ? timeLostWords : "The time by anybody's clock but the signer's.",
    ...(manifest !== null && manifest.range.first > 0
      ? [
          "That no record was lost before the first word of each gateway in this range; packs from the log's beginning show that.",
        ]
      : []),
    ...(counts.absent > 0 ? [`What ${counts.absent} entries say that are here by their hash alone.`] : []),
    ...(counts.cut > 0
      ? [
          `The verdicts of ${counts.cut} calls whose facts were longer than an entry holds; they can only be believed.`,
        ]
      : []),
    ...(counts.unjudged > 0
      ? [
          `The verdicts of ${counts.unjudged} calls outside the report, whose policy or catalog is not in the pack.`,
        ]
      : []),
    ...(manifest?.status === "provisional" && !isOverAt(manifest, signedAt)
      ? ["The rest of the period, which was not over when the end of the range was signed."]
      : []),
  ];
}
