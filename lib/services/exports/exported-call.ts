import type { CsvValue } from "../../core/exports/csv-line.ts";
import type { CallExportRow } from "../../db/call-export.ts";
import { type CallNames, callListItem } from "../calls/call-list-item.ts";

/** The columns of a file of calls, in their order; the names of NDJSON as well. */
export const callColumns = [
  "id",
  "tenant",
  "startedAt",
  "durationMs",
  "application",
  "environment",
  "dataCategory",
  "operation",
  "modelRequested",
  "modelAnswered",
  "host",
  "servedRegion",
  "intendedRegion",
  "status",
  "end",
  "verdict",
  "band",
  "reasons",
  "basis",
  "source",
  "retrospective",
  "simulated",
  "inputTokens",
  "outputTokens",
  "requestBytes",
  "responseBytes",
  "ttftMs",
  "policyVersion",
  "ledgerEpoch",
  "ledgerIndex",
] as const;

/** A call as a file has it: what the list shows, its figures, and where its entry stands. Several reasons are joined by spaces. */
export function exportedCall(
  row: CallExportRow,
  names: CallNames,
): Readonly<Record<(typeof callColumns)[number], CsvValue>> {
  const { reasons, ...item } = callListItem(row, names);
  const { inputTokens, outputTokens, requestBytes, responseBytes, ttftMs } = row;
  const { policyVersion, ledgerEpoch, ledgerIndex } = row;
  return {
    ...item,
    reasons: reasons.join(" "),
    ...{ inputTokens, outputTokens, requestBytes, responseBytes, ttftMs },
    ...{ policyVersion, ledgerEpoch, ledgerIndex },
  };
}
