import { type CappedDimension, keepValues, keptValues } from "../../db/dimension-value.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";

/** So many hosts and so many models of a tenant that no catalog lists are counted by name; the rest together, as `other`. */
export const valuesKeptMax = 200;
const lengthMax = 120;

export type NamedValue = {
  readonly value: string;
  /** The catalog that its call was judged by lists it: it is counted by name, however many others came before. */
  readonly isListed: boolean;
  /** Something was sent. What was refused spends no name, so that nobody uses them up for nothing. */
  readonly isSent: boolean;
};

/**
 * Which of the callers' values rollups may keep by name. Runs under the tenant's lock. Tell `remember` after the commit:
 * what was rolled back must not be taken for known.
 */
export async function capDimension(
  sql: SqlTransaction,
  tenantId: string,
  dimension: CappedDimension,
  values: readonly NamedValue[],
): Promise<{ cap: (value: string | null) => string; remember: () => void }> {
  const cacheKey = `${tenantId}/${dimension}`;
  const cached = known.get(cacheKey) ?? new Set<string>();
  const open = values.filter(({ value }) => value.length <= lengthMax && !cached.has(value));
  const unknown = [...new Set(open.map(({ value }) => value))];
  const kept = new Set<string>();
  if (unknown.length > 0) {
    const found = await keptValues(sql, tenantId, dimension, unknown);
    for (const value of found.kept) kept.add(value);
    const named = (which: (value: NamedValue) => boolean) =>
      new Set(open.filter((each) => !kept.has(each.value) && which(each)).map(({ value }) => value));
    const listed = named(({ isListed }) => isListed);
    const others = named(({ isListed, isSent }) => !isListed && isSent);
    const room = Math.max(0, valuesKeptMax - found.total);
    const fresh = [...listed, ...[...others].filter((value) => !listed.has(value)).slice(0, room)];
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
