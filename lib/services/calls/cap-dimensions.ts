import { type CappedDimension, keepValues, keptValues } from "../../db/dimension-value.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";

/** So many hosts and so many models of a tenant are counted by name; the rest together, as `other`. */
export const valuesKeptMax = 200;
const lengthMax = 120;

/**
 * Which of the callers' values rollups may keep by name. Runs under the tenant's lock. Tell `remember` after the commit:
 * what was rolled back must not be taken for known.
 */
export async function capDimension(
  sql: SqlTransaction,
  tenantId: string,
  dimension: CappedDimension,
  values: readonly string[],
): Promise<{ cap: (value: string | null) => string; remember: () => void }> {
  const cacheKey = `${tenantId}/${dimension}`;
  const cached = known.get(cacheKey) ?? new Set<string>();
  const unknown = [...new Set(values)].filter((value) => value.length <= lengthMax && !cached.has(value));
  const kept = new Set<string>();
  if (unknown.length > 0) {
    const found = await keptValues(sql, tenantId, dimension, unknown);
    for (const value of found.kept) kept.add(value);
    const fresh = unknown
      .filter((value) => !kept.has(value))
      .slice(0, Math.max(0, valuesKeptMax - found.total));
    if (fresh.length > 0) await keepValues(sql, tenantId, dimension, fresh);
    for (const value of fresh) kept.add(value);
  }
  return {
    cap: (value) => {
      if (value === null || value === "") return "none";
      return cached.has(value) || kept.has(value) ? value : "other";
    },
    remember: () => known.set(cacheKey, new Set([...cached, ...kept])),
  };
}

const known = new Map<string, Set<string>>();
