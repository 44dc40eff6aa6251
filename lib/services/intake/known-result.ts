import type { RecordResult } from "../../contracts/intake.ts";
import type { KnownReport, ReportClaim } from "./claim-reports.ts";

/** What the answer and an error file say of an id that was used for something else. */
export const idConflict = {
  code: "client_id_conflict",
  field: "clientId",
  message: "This id was used before for another content, which stays as it was recorded.",
} as const;

/** What is said of a report whose id was taken before. */
export function knownResult(
  index: number,
  { clientId, digest }: Pick<ReportClaim, "clientId" | "digest">,
  known: KnownReport,
): RecordResult {
  if (digest.equals(known.digest)) return { index, clientId, outcome: "duplicate", callId: known.callId };
  return {
    index,
    clientId,
    outcome: "conflict",
    callId: known.callId,
    error: idConflict,
  };
}
