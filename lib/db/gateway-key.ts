import type { PrismaTransaction } from "./with-tenant.ts";
import { querySql } from "./with-tenant.ts";

export type FoundKey = {
  readonly id: string;
  readonly tenantId: string;
  readonly applicationId: string;
  readonly kind: "gateway" | "intake";
  readonly target: string;
  readonly secretHash: Buffer;
  readonly tenantSlug: string;
  readonly tenantMode: "live" | "simulated";
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly allowedFrom: readonly string[];
  readonly callsPerMinute: number | null;
  readonly concurrentCalls: number | null;
};

/** Read by authenticateKey: the key before its tenant is known. Only the gateway's role sees it. */
export async function findLiveKey(lookupId: string): Promise<FoundKey | null> {
  const [row] = await querySql<FoundKey>(
    `SELECT k.id, k.tenant_id AS "tenantId", k.application_id AS "applicationId", k.kind, k.target,
            k.secret_hash AS "secretHash", t.slug AS "tenantSlug", t.mode AS "tenantMode",
            k.scopes, k.expires_at AS "expiresAt", k.allowed_from AS "allowedFrom",
            k.calls_per_minute AS "callsPerMinute", k.concurrent_calls AS "concurrentCalls"
       FROM gateway_key k JOIN tenant t ON t.id = k.tenant_id
      WHERE k.lookup_id = $1 AND k.revoked_at IS NULL`,
    [lookupId],
  );
  return row ?? null;
}

/** Read by the list of keys: when a key was last used, to the minute. */
export async function markKeyUsed(tenantId: string, id: string): Promise<void> {
  await querySql(
    `UPDATE gateway_key SET last_used_at = now()
      WHERE tenant_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    [tenantId, id],
  );
}

/** What the web process may see of a key: never its hash. */
export const visibleKey = {
  id: true,
  name: true,
  kind: true,
  target: true,
  lookupId: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
  scopes: true,
  expiresAt: true,
  allowedFrom: true,
  callsPerMinute: true,
  concurrentCalls: true,
  application: { select: { name: true } },
} as const;

/** Read by getTenant: every key of a tenant, newest first. */
export async function listKeys(tx: PrismaTransaction, tenantId: string) {
  return tx.gatewayKey.findMany({
    where: { tenantId },
    select: visibleKey,
    orderBy: { createdAt: "desc" },
    take: 500,
  });
}
