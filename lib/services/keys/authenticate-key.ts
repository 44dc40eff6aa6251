import { timingSafeEqual } from "node:crypto";
import { findApplication } from "../../db/application.ts";
import { findLiveKey, markKeyUsed } from "../../db/gateway-key.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { hashKey, parseKey } from "./key-format.ts";

export type AuthenticatedKey = {
  readonly keyId: string;
  readonly kind: "gateway" | "intake";
  readonly tenantId: string;
  readonly tenantSlug: string;
  readonly tenantMode: "live" | "simulated";
  readonly applicationId: string;
  readonly applicationName: string;
  /** `policy`, `global`, a region code, or a host of the catalog. */
  readonly target: string;
};

/**
 * Whose key this is; null for everything that is not a key in force. The caller may keep the answer for less than
 * five seconds.
 *
 * trust: the text comes from a stranger. Form and checksum are tested first, so that noise never reaches the database.
 */
export async function authenticateKey(presented: string): Promise<AuthenticatedKey | null> {
  const parsed = parseKey(presented);
  if (!parsed) return null;
  const hash = hashKey(parsed.whole);
  const found = await findLiveKey(parsed.lookupId);
  if (!found || !timingSafeEqual(hash, found.secretHash)) return null;
  const [application] = await Promise.all([
    withTenantSql(tenantScope(found.tenantId), (sql) =>
      findApplication(sql, found.tenantId, found.applicationId),
    ),
    markKeyUsed(found.tenantId, found.id),
  ]);
  if (!application) return null;
  return {
    keyId: found.id,
    kind: found.kind,
    tenantId: found.tenantId,
    tenantSlug: found.tenantSlug,
    tenantMode: found.tenantMode,
    applicationId: found.applicationId,
    applicationName: application.name,
    target: found.target,
  };
}
