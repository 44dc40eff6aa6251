import type { Lineage, LineageNode, LineageStep } from "../../lib/contracts/resources.ts";

/** A node with its number in the lineage. */
export type PlacedNode = LineageNode & { readonly no: number };

/** Layers from what came first to what came last; every step leads from a layer to a later one. */
export function lineageLayers({ nodes, steps }: Lineage): PlacedNode[][] {
  const depths = depthsOf(nodes.length, steps);
  const layers: PlacedNode[][] = [];
  for (const [no, node] of nodes.entries()) {
    const depth = depths[no] ?? 0;
    layers[depth] = [...(layers[depth] ?? []), { ...node, no }];
  }
  return layers.filter((layer) => layer !== undefined);
}

/** The longest way from a beginning. Trust: steps are what calls told; one in a circle is not followed for ever. */
function depthsOf(nodes: number, steps: readonly LineageStep[]): number[] {
  const depths = Array.from({ length: nodes }, () => 0);
  for (let round = 0; round < nodes; round += 1) {
    let moved = false;
    for (const { from, to } of steps) {
      const least = (depths[from] ?? 0) + 1;
      if (from === to || (depths[to] ?? 0) >= least || least >= nodes) continue;
      depths[to] = least;
      moved = true;
    }
    if (!moved) break;
  }
  return compact(depths);
}

/** Without the gaps that a circle leaves. */
function compact(depths: readonly number[]): number[] {
  const used = [...new Set(depths)].sort((a, b) => a - b);
  return depths.map((depth) => used.indexOf(depth));
}
