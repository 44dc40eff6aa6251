import { hash } from "node:crypto";
import type { ClaimEvidence } from "../../core/calls/evidence.ts";
import { type ClaimSetRow, insertClaimSets } from "../../db/claim-set.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";

type Claims = readonly ClaimEvidence[];

/**
 * Keeps the claims of calls once for all of which the same is claimed. Runs in the calls' transaction. Tell `remember`
 * after the commit: what was rolled back must not be taken for known.
 */
export async function shareClaims(
  sql: SqlTransaction,
  tenantId: string,
  all: readonly Claims[],
): Promise<{ remember: () => void }> {
  const before = known.get(tenantId) ?? new Set<string>();
  const fresh = new Map<string, ClaimSetRow>();
  for (const claims of all) {
    const id = claimsId(claims);
    if (!before.has(id)) fresh.set(id, { tenantId, id, claims });
  }
  await insertClaimSets(sql, [...fresh.values()]);
  return {
    remember: () => {
      if (fresh.size === 0) return;
      const kept = known.get(tenantId) ?? new Set<string>();
      if (kept.size + fresh.size > knownMax) kept.clear();
      for (const id of fresh.keys()) kept.add(id);
      known.set(tenantId, kept);
    },
  };
}

/** Of the same claims the same, in any process: what their JSON hashes to. */
export function claimsId(claims: Claims): string {
  const before = ids.get(claims);
  if (before !== undefined) return before;
  const hex = hash("sha256", JSON.stringify(claims), "hex");
  const id = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
  ids.set(claims, id);
  return id;
}

const ids = new WeakMap<Claims, string>();

/** Per tenant: those that the store is known to hold. One that was forgotten is offered again. */
const known = new Map<string, Set<string>>();
const knownMax = 5_000;
