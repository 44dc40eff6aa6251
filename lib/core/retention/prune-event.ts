import type { Detail } from "../ledger/entries/detail-codec.ts";
import type { EventBody } from "../ledger/entries/event-body.ts";

export const pruneEvent = "retention.pruned";

/** What the entry of a prune says. The two people are committed to as `detail_requested_by` and `detail_approved_by`. */
export type Prune = {
  readonly epoch: number;
  /** Entries of [from, to) have no bytes any more; below `from` they had none before. */
  readonly from: number;
  readonly to: number;
  /** Of the tree at `to`, base64. */
  readonly rootAtTo: string;
};

/** What an event says was pruned; null where it is another event, or says it in no way we would. */
export function readPrune({ kind, detail }: Pick<EventBody, "kind" | "detail">): Prune | null {
  if (kind !== pruneEvent) return null;
  const { epoch, from, to, rootAtTo } = detail as Detail;
  if (!isCount(epoch) || !isCount(from) || !isCount(to) || to <= from || typeof rootAtTo !== "string")
    return null;
  return { epoch, from, to, rootAtTo };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
