import type { ClaimEvidence } from "../calls/evidence.ts";
import { reasonTitle } from "./describe-reason.ts";
import { reasonOrder } from "./reason-order.ts";
import type { Reason } from "./verdict.ts";

/** What a claim says that is left undetermined for a reason; `doubtOf` reads it back. */
export function notEstablished(doubt: Reason): string {
  return `Not established: ${reasonTitle(doubt)}.`;
}

/** The reason for which a claim was left undetermined; null where it says none, or in words of another time. */
export function doubtOf({ source }: ClaimEvidence): Reason | null {
  return reasonOrder.find((reason) => source === notEstablished(reason)) ?? null;
}
