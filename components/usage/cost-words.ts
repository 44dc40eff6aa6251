import { type CostFigures, isWholeCost } from "../../lib/contracts/usage.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatUsd } from "../ui/format-usd.ts";

/** Calls whose cost is in no sum. */
export function unknownCalls({ unpricedCalls, tokenlessCalls }: CostFigures): number {
  return unpricedCalls + tokenlessCalls;
}

/** What is known of a cost: a sum, a sum that is too low, or nothing. */
export function costText(cost: CostFigures): string {
  const isWhole = isWholeCost(cost);
  if (cost.pricedCalls === 0) return isWhole ? "nothing sent" : "unknown";
  return isWhole ? formatUsd(cost.usd) : `at least ${formatUsd(cost.usd)}`;
}

/** What the sum leaves out, and why; null where it leaves nothing out. */
export function leftOutText(cost: CostFigures): string | null {
  const { unpricedCalls, tokenlessCalls, upliftUnknownCalls } = cost;
  const parts = [
    unpricedCalls === 0 ? null : `${formatNoun(unpricedCalls, "call")} without a price`,
    tokenlessCalls === 0 ? null : `${formatNoun(tokenlessCalls, "call")} without token counts`,
    upliftUnknownCalls === 0
      ? null
      : `${formatNoun(upliftUnknownCalls, "call")} with an uplift that is not known`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}
