import type { CallBody } from "../ledger/entries/call-body.ts";
import type { Reason, Verdict } from "../verdicts/verdict.ts";
import type { CallDimensions } from "./call-filter.ts";
import { appendRows, listRow } from "./first-rows.ts";

/** A call outside policy or not verifiable, as the list of them has it. */
export type Deviation = {
  readonly index: number;
  readonly call: string;
  readonly started_at: string;
  readonly application_id: string;
  readonly host: string | null;
  readonly model: string | null;
  readonly verdict: Verdict;
  readonly basis: string;
  readonly reasons: readonly Reason[];
};

/** Such calls; the first ones, in the order of their entries. */
export type DeviationTable = { count: number; readonly rows: Deviation[] };

export const emptyDeviations = (): DeviationTable => ({ count: 0, rows: [] });

/** Counts a call where its verdict is one that a report lists call by call. */
export function countDeviation(
  table: DeviationTable,
  index: number,
  body: CallBody,
  { host, model }: CallDimensions,
): void {
  const { verdict } = body;
  if (verdict !== "violation" && verdict !== "unverifiable") return;
  table.count += 1;
  listRow(table.rows, () => ({
    index,
    call: body.id,
    started_at: body.startedAt,
    application_id: body.applicationId,
    host,
    model,
    verdict,
    basis: body.basis,
    reasons: body.reasons,
  }));
}

export function mergeDeviations(into: DeviationTable, next: DeviationTable): void {
  into.count += next.count;
  appendRows(into.rows, next.rows);
}
