import { timingSafeEqual } from "node:crypto";
import type { KeyScope } from "../../core/access/key-scopes.ts";
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
  readonly limits: KeyLimits;
};

/** What a key may be used for. Held against each use by the gateway, because a kept answer does not end by itself. */
export type KeyLimits = {
  /** None: every one. */
  readonly scopes: readonly KeyScope[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
  /** Blocks in CIDR notation; none: from everywhere. */
  readonly allowedFrom: readonly string[];
  readonly callsPerMinute: number | null;
  readonly concurrentCalls: number | null;
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
    limits: {
      scopes: found.scopes as KeyScope[],
      expiresAt: found.expiresAt?.getTime() ?? null,
      allowedFrom: found.allowedFrom,
      callsPerMinute: found.callsPerMinute,
      concurrentCalls: found.concurrentCalls,
    },
  };
}
