import type { RecordResult } from "../../contracts/intake.ts";
import type { KnownReport, ReportClaim } from "./claim-reports.ts";
import { knownResult } from "./known-result.ts";

/** One more report under an id within one request. */
export type Repeated = {
  readonly index: number;
  readonly digest: Buffer;
  readonly of: ReportClaim & { readonly index: number };
};

/**
 * What is said of it: what a request of its own would be told. `known` is what was kept under the id before; where nothing
 * was, the first report of this request is kept.
 */
export function repeatedResult(
  { index, digest, of }: Repeated,
  first: RecordResult | undefined,
  known: KnownReport | undefined,
): RecordResult {
  if (first?.outcome === "rejected") return { ...first, index };
  // The key of a joined report names no call.
  const callId = first?.outcome === "recorded" ? first.callId : null;
  return knownResult(index, { clientId: of.clientId, digest }, known ?? { callId, digest: of.digest });
}
