import { exceptionName } from "../../core/findings/exception.ts";
import type { CallExportRow } from "../../db/call-export.ts";
import type { RestatedTo } from "../../db/restatement.ts";
import { type CallNames, callListItem } from "../calls/call-list-item.ts";
import type { ExportValue } from "./export-file.ts";

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
  "catalogVersion",
  "judgeVersion",
  "findings",
  "exceptions",
  "restatement",
  "restatedVerdict",
  "restatedBand",
] as const;

/** What became of the calls of a page since they were recorded. */
export type CallsSince = {
  /** The newest approved restatement of each, by the id of the call. */
  readonly restated: ReadonlyMap<string, RestatedTo>;
  /** Numbers of the exceptions that accept a case, by its id. */
  readonly exceptions: ReadonlyMap<string, number>;
};

/**
 * A call as a file has it: what the list shows, its figures, where its entry stands, and what became of it since: the cases it
 * belongs to, the exceptions that accept one of them, and what it was restated to. The first verdict stays.
 */
export function exportedCall(
  row: CallExportRow,
  names: CallNames,
  { restated, exceptions }: CallsSince,
): Readonly<Record<(typeof callColumns)[number], ExportValue>> {
  const item = callListItem(row, names);
  const { inputTokens, outputTokens, requestBytes, responseBytes, ttftMs } = row;
  const { policyVersion, ledgerEpoch, ledgerIndex, catalogVersion, judgeVersion, findingIds } = row;
  const to = restated.get(row.id);
  return {
    ...item,
    ...{ inputTokens, outputTokens, requestBytes, responseBytes, ttftMs },
    ...{ policyVersion, ledgerEpoch, ledgerIndex, catalogVersion, judgeVersion },
    findings: findingIds,
    exceptions: findingIds.flatMap((id) => {
      const no = exceptions.get(id);
      return no === undefined ? [] : exceptionName(no);
    }),
    restatement: to?.restatementId ?? null,
    restatedVerdict: to?.verdict ?? null,
    restatedBand: to?.band ?? null,
  };
}
