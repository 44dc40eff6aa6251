import type { RecordResult } from "../../contracts/intake.ts";
import type { KnownReport } from "./claim-reports.ts";

export const idConflict = {
  code: "client_id_conflict",
  field: "clientId",
  message: "This id was used before for another content, which stays as it was recorded.",
} as const;

/** What is said of a report whose id was taken before. */
export function knownResult(index: number, clientId: string, known: KnownReport): RecordResult {
  if (known.same) return { index, clientId, outcome: "duplicate", callId: known.callId };
  return {
    index,
    clientId,
    outcome: "conflict",
    callId: known.callId,
    error: idConflict,
  };
}
