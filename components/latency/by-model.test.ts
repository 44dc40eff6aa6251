import { expect, it } from "vitest";
import type { LatencyFigures, RegionLatency } from "../../lib/contracts/latency.ts";
import { byModel } from "./by-model.ts";

const figures = (p95: number | null, measured = 100): LatencyFigures => {
  const total = { measured, p50: p95, p95, p99: p95 };
  return { total, firstToken: { measured: 0, p50: null, p95: null, p99: null } };
};
const region = (code: string, models: Record<string, LatencyFigures>): RegionLatency => ({
  region: code,
  ...figures(1),
  compared: figures(1),
  previous: figures(1),
  points: [],
  models: Object.entries(models).map(([model, of]) => ({ model, ...of })),
});

it("holds the regions of a model against each other, the fastest first, and those with too few calls last", () => {
  const models = byModel([
    region("eu", { a: figures(900), b: figures(50) }),
    region("us", { a: figures(700) }),
    region("jp", { a: figures(100, 19) }),
    region("gb", { a: figures(null, 0), c: figures(10, 5_000) }),
  ]);
  expect(models.map(({ model, regions }) => [model, regions.map((row) => row.region)])).toEqual([
    ["a", ["us", "eu", "jp", "gb"]],
    ["c", ["gb"]],
    ["b", ["eu"]],
  ]);
  expect(models[0]?.regions[1]?.total.p95).toBe(900);
});
