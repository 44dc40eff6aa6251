import type { Lineage, LineageNode } from "../../contracts/resources.ts";
import { findResources, type ResourceKey, type ResourceRow } from "../../db/resource.ts";
import { findEdges, type LineageEdge } from "../../db/resource-source.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { Places } from "./places.ts";

/** Steps either way, and objects in all: enough for file → upload → file → batch → output and what is beside it. */
const stepsMax = 4;
const nodesMax = 40;

/** What an object was made from and by, and what came of it, as recorded calls told. */
export async function findLineage(
  sql: SqlTransaction,
  tenantId: string,
  object: ResourceKey,
  places: Places,
): Promise<Lineage> {
  const keys = new Map<string, ResourceKey>([[keyOf(object), object]]);
  const edges = new Map<string, LineageEdge>();
  let isCut = false;
  for (const way of ["up", "down"] as const) {
    let frontier: ResourceKey[] = [object];
    for (let step = 0; step < stepsMax && frontier.length > 0; step += 1) {
      const next: ResourceKey[] = [];
      for (const edge of await findEdges(sql, tenantId, frontier, way)) {
        const far = way === "up" ? edge.from : edge.to;
        if (!keys.has(keyOf(far))) {
          if (keys.size >= nodesMax) {
            isCut = true;
            continue;
          }
          keys.set(keyOf(far), far);
          next.push(far);
        }
        edges.set(`${keyOf(edge.from)} ${keyOf(edge.to)}`, edge);
      }
      frontier = next;
    }
    isCut ||= frontier.length > 0 && (await findEdges(sql, tenantId, frontier, way)).length > 0;
  }
  const rows = await findResources(sql, tenantId, [...keys.values()]);
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  const numbers = new Map([...keys.keys()].map((key, n) => [key, n]));
  return {
    nodes: [...keys].map(([key, named]) => nodeOf(named, known.get(key), places)),
    steps: [...edges.values()].map(({ from, to }) => ({
      from: numbers.get(keyOf(from)) ?? 0,
      to: numbers.get(keyOf(to)) ?? 0,
    })),
    isCut,
  };
}

function nodeOf({ kind, objectId }: ResourceKey, row: ResourceRow | undefined, places: Places): LineageNode {
  return {
    kind,
    id: objectId,
    born: row?.bornIn ?? null,
    isElsewhere: row?.bornHost ? places.isElsewhere(row.tenantId, row.bornHost) : null,
    status: row?.status ?? null,
    isDeleted: row?.deletedAt != null,
    uses: Number(row?.uses ?? 0),
  };
}

function keyOf({ kind, objectId }: ResourceKey): string {
  return JSON.stringify([kind, objectId]);
}
