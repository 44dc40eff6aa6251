import { isWholeCost } from "../../lib/contracts/usage.ts";
import { formatUsd } from "../ui/format-usd.ts";
import { leftOutText } from "../usage/cost-words.ts";
import type { RegionCosts } from "./use-region-cost.ts";

/** What a thousand calls of known price cost at a region, with what its host adds. */
export function RegionCost({ cost: costs, region }: { cost: RegionCosts; region: string }) {
  if (costs.state === "loading") return <span className="text-faint">…</span>;
  if (costs.state === "failed") return <span className="text-faint">Not read</span>;
  const cost = costs.of.get(region)?.cost;
  if (cost === undefined || cost.pricedCalls === 0)
    return (
      <span className="text-faint" title={(cost && leftOutText(cost)) ?? undefined}>
        Unknown
      </span>
    );
  const usd = formatUsd((cost.usd / cost.pricedCalls) * 1_000);
  // Of calls without a price nothing is said; an uplift that is not known makes it the least.
  return (
    <span title={isWholeCost(cost) ? undefined : `Of the priced calls; left out: ${leftOutText(cost)}`}>
      {cost.upliftUnknownCalls > 0 ? `≥\u202f${usd}` : usd}
    </span>
  );
}
