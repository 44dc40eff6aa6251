import { describe, expect, it } from "vitest";
import type { LineageNode } from "../../lib/contracts/resources.ts";
import { lineageLayers } from "./lineage-layers.ts";

const nodes = (count: number) => Array.from({ length: count }, () => ({}) as LineageNode);
const layersOf = (count: number, steps: readonly (readonly [number, number])[]) =>
  lineageLayers({ nodes: nodes(count), steps: steps.map(([from, to]) => ({ from, to })), isCut: false }).map(
    (layer) => layer.map(({ no }) => no),
  );

describe("layers of a lineage", () => {
  it.each([
    ["one object alone", 1, [], [[0]]],
    [
      "file, job, model",
      3,
      [
        [0, 1],
        [1, 2],
      ],
      [[0], [1], [2]],
    ],
    [
      "file, batch, two outputs",
      4,
      [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
      [[0], [1], [2, 3]],
    ],
    [
      "a thing made of one of each layer stands behind the last",
      3,
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
      [[0], [1], [2]],
    ],
  ] as const)("lead from what came first to what came last: %s", (_what, count, steps, layers) => {
    expect(layersOf(count, steps)).toEqual(layers);
  });

  it("hold every object once, also where calls told of a circle", () => {
    const layers = layersOf(3, [
      [0, 1],
      [1, 2],
      [2, 0],
      [1, 1],
    ]);
    expect(layers.flat().sort()).toEqual([0, 1, 2]);
  });
});
