import type { Band, Verdict } from "../core/verdicts/verdict.ts";
import type { RecordingResult } from "../services/calls/record-calls.ts";

/** To the recording thread. `n` 0: finish what you have, and end. */
export type RecordingOrder = {
  readonly n: number;
  readonly tenantId: string;
  /** JSON of the records. */
  readonly records: string;
};

/** What became of one record; verdict and band are null where it was rejected. `bare`: so it is recorded all the same. */
export type RecordingOutcome = {
  readonly outcome: RecordingResult["outcome"];
  readonly verdict: Verdict | null;
  readonly band: Band | null;
  readonly bare: boolean;
};

export const notRecorded: RecordingOutcome = { outcome: "rejected", verdict: null, band: null, bare: false };

export function outcomeOf(result: RecordingResult): RecordingOutcome {
  if (result.outcome === "rejected") return { ...notRecorded, bare: result.bare };
  const { outcome, judgement } = result;
  return { outcome, verdict: judgement.verdict, band: judgement.band, bare: false };
}

/** From it, once per order, and once with `n` 0 when it is ready. `error`: nothing was recorded for now. */
export type RecordingAnswer = {
  readonly n: number;
  readonly outcomes: readonly RecordingOutcome[];
  readonly error?: { readonly message: string; readonly code?: string };
};
