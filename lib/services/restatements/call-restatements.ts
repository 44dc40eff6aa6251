import { parse } from "uuid";
import type { CallRestatement, RestatementCause } from "../../contracts/restatements.ts";
import type { Band, Reason, Verdict } from "../../core/verdicts/verdict.ts";
import { restatementsOfCall } from "../../db/restatement.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { isUuid, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";

/** Every approved restatement of a call, the newest first; none where the call is none of the actor's tenants'. */
export async function callRestatements(actor: Actor, id: string): Promise<CallRestatement[]> {
  const tenants = await tenantsFor(actor, "call:read", undefined);
  const startedAt = isUuid(id) ? startOf(id) : null;
  if (startedAt === null) return [];
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const rows = await withTenantSql({ read: tenantIds, write: null }, (sql) =>
    restatementsOfCall(sql, tenantIds, startedAt, id),
  );
  return rows.map(({ tenantId, ...row }) => ({
    ...row,
    tenant: slugs.get(tenantId) ?? "",
    cause: row.cause as RestatementCause,
    before: row.before as Verdict,
    after: row.after as Verdict,
    bandAfter: row.bandAfter as Band | null,
    reasons: row.reasons as Reason[],
    approvedAt: row.approvedAt.toISOString(),
  }));
}

/** The 48 bits of a UUIDv7 (RFC 9562) that say when the call began; null for another version. */
function startOf(id: string): Date | null {
  const bytes = Buffer.from(parse(id));
  return (bytes[6] ?? 0) >> 4 === 7 ? new Date(bytes.readUIntBE(0, 6)) : null;
}
