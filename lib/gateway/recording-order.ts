import type { RecordingResult } from "../services/calls/record-calls.ts";

/** To the recording thread. `n` 0: finish what you have, and end. */
export type RecordingOrder = {
  readonly n: number;
  readonly tenantId: string;
  /** JSON of the records. */
  readonly records: string;
};

export type RecordingOutcome = RecordingResult["outcome"];

/** From it, once per order, and once with `n` 0 when it is ready. `error`: nothing was recorded for now. */
export type RecordingAnswer = {
  readonly n: number;
  readonly outcomes: readonly RecordingOutcome[];
  readonly error?: { readonly message: string; readonly code?: string };
};
