import type { DecisionOutcome } from "../core/decision-outcome.ts";

/** What every table of decisions holds beside what was asked for. */
export type DecisionRow = {
  readonly outcome: DecisionOutcome;
  readonly decidedBy: string;
  readonly decidedById: string;
  readonly decidedAt: Date;
  readonly note: string | null;
};
