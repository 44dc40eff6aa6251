import type { LatencyFigures, RegionLatency } from "../../lib/contracts/latency.ts";
import { isEnough } from "./few.ts";

export type ModelRegions = {
  readonly model: string;
  /** The fastest at p95 first; those with too few calls to tell behind them. */
  readonly regions: readonly (LatencyFigures & { readonly region: string })[];
};

/** The same figures by model: those that were measured at most regions first, then those with most calls. */
export function byModel(regions: readonly RegionLatency[]): readonly ModelRegions[] {
  const rows = regions.flatMap(({ region, models }) =>
    models.map(({ model, total, firstToken }) => ({ model, region, total, firstToken })),
  );
  return [...Map.groupBy(rows, ({ model }) => model)]
    .map(([model, of]) => ({
      model,
      regions: of
        .map(({ region, total, firstToken }) => ({ region, total, firstToken }))
        .sort((a, b) => rank(a) - rank(b)),
      calls: of.reduce((sum, { total }) => sum + total.measured, 0),
    }))
    .sort((a, b) => b.regions.length - a.regions.length || b.calls - a.calls)
    .map(({ model, regions: sorted }) => ({ model, regions: sorted }));
}

function rank({ total: { p95, measured } }: LatencyFigures): number {
  return p95 === null || !isEnough("p95", measured) ? Number.MAX_SAFE_INTEGER - measured : p95;
}
