"use client";

import { useQuery } from "@tanstack/react-query";
import { usageQuery } from "../../lib/client/usage.ts";
import type { LatencyState } from "../../lib/contracts/latency-parsers.ts";
import type { CostFigures } from "../../lib/contracts/usage.ts";

export type RegionCosts =
  | { readonly state: "loading" }
  | { readonly state: "failed" }
  | {
      readonly state: "known";
      readonly of: ReadonlyMap<string, { readonly cost: CostFigures; readonly calls: number }>;
    };

/** What the same calls cost by region, as the usage page counts it. */
export function useRegionCost({
  tenant,
  range,
  from,
  to,
  application,
  model,
  operation,
}: LatencyState): RegionCosts {
  const asked = { tenant, range, from, to, application, model, operation };
  const usage = useQuery({
    ...usageQuery({ ...asked, by: "region", region: [], show: "calls", columns: "main" }),
    placeholderData: (before) => before,
  });
  if (usage.data)
    return {
      state: "known",
      of: new Map(usage.data.rows.map(({ key, cost, calls }) => [key, { cost, calls }])),
    };
  return usage.isError ? { state: "failed" } : { state: "loading" };
}
