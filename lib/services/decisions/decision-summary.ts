import type { DecisionSummary } from "../../contracts/decisions.ts";
import type { DecisionRow } from "../../db/decision.ts";

/** A decision as pages show it; null: nobody has decided. */
export function decisionSummary(
  row: Pick<DecisionRow, "decidedBy" | "decidedAt" | "note"> | null,
): DecisionSummary | null {
  return row && { by: row.decidedBy, at: row.decidedAt.toISOString(), note: row.note };
}
