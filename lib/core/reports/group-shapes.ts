import type { CanonicalValue } from "../ledger/canonical.ts";
import { addSums, type CallShape, noCalls, type ShapeSums, type ShapeTable } from "./call-shape.ts";
import type { Listed, Volumes } from "./computed-report.ts";
import { totalOf } from "./exact-sum.ts";

type Key = { readonly [name: string]: CanonicalValue };

/**
 * Adds up calls by what `keyOf` says of each shape; null leaves a shape out, a list counts it under each. Most calls first,
 * ties by the text of the key, so that the same entries give the same order.
 */
export function groupShapes<K extends Key>(
  table: ShapeTable,
  keyOf: (shape: CallShape) => K | readonly K[] | null,
): { readonly key: K; readonly sums: ShapeSums }[] {
  const groups = new Map<string, { readonly key: K; readonly sums: ShapeSums }>();
  for (const { shape, sums } of table.values()) {
    const keys = keyOf(shape);
    for (const key of keys === null ? [] : isList(keys) ? keys : [keys]) {
      const text = JSON.stringify(key);
      let group = groups.get(text);
      if (group === undefined) {
        group = { key, sums: noCalls(sums.firstAt) };
        groups.set(text, group);
      }
      addSums(group.sums, sums);
    }
  }
  const sorted = [...groups].sort(
    ([a, one], [b, two]) => two.sums.calls - one.sums.calls || (a < b ? -1 : 1),
  );
  return sorted.map(([, group]) => group);
}

/** Rows with how many calls each stands for. */
export function countShapes<K extends Key>(
  table: ShapeTable,
  keyOf: (shape: CallShape) => K | readonly K[] | null,
): (K & { readonly calls: number })[] {
  return groupShapes(table, keyOf).map(({ key, sums }) => ({ ...key, calls: sums.calls }));
}

/** Rows with calls and tokens. */
export function volumesOf<K extends Key>(
  table: ShapeTable,
  keyOf: (shape: CallShape) => K | readonly K[] | null,
): (K & Volumes)[] {
  return groupShapes(table, keyOf).map(({ key, sums }) => ({
    ...key,
    calls: sums.calls,
    input_tokens: totalOf(sums.inputTokens),
    output_tokens: totalOf(sums.outputTokens),
  }));
}

export function listed<Row>(rows: readonly Row[], most: number, count = rows.length): Listed<Row> {
  return { count, rows: rows.slice(0, most) };
}

function isList<K>(keys: K | readonly K[]): keys is readonly K[] {
  return Array.isArray(keys);
}
