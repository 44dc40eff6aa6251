import type { WaitingRequest } from "../core/alerts/alert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type WaitingDecision = {
  readonly id: string;
  readonly request: WaitingRequest;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  /** Of an exception. */
  readonly findingId: string | null;
};

/** Who asked for it, and in which tenant. */
export type Asker = {
  readonly tenantId: string;
  readonly requestedBy: string;
  readonly requestedById: string;
};

/** Read by readAlerts: what waits for a second person now. The worker, which tells it, does not read who asked. */
export function decisionsWaiting(
  sql: SqlTransaction,
  tenantId: string,
  now: Date,
): Promise<WaitingDecision[]> {
  return waiting<WaitingDecision>(sql, [tenantId], now, () => "");
}

/** Read by listWaiting: the same of several tenants, with whose it is and who asked. */
export function requestsWaiting(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  now: Date,
): Promise<(WaitingDecision & Asker)[]> {
  return waiting<WaitingDecision & Asker>(
    sql,
    tenantIds,
    now,
    (name) => `r.tenant_id AS "tenantId", r.${name} AS "requestedBy", r.${name}_id AS "requestedById",`,
  );
}

async function waiting<Row>(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  now: Date,
  asker: (column: "requested_by" | "author") => string,
): Promise<Row[]> {
  // A statement each: on a cluster not all of these tables are spread, and none of them is joined to another.
  const asked = async (text: string): Promise<Row[]> => sql.query(text, [tenantIds, now]);
  const policies = await asked(
    `SELECT r.id, 'policy' AS request, ${asker("requested_by")}
            r.requested_at AS "requestedAt", r.expires_at AS "expiresAt", NULL::uuid AS "findingId"
       FROM policy_proposal r WHERE r.tenant_id = ANY($1::uuid[]) AND r.expires_at > $2
        AND NOT EXISTS (SELECT FROM policy_decision d WHERE d.tenant_id = r.tenant_id AND d.proposal_id = r.id)
      ORDER BY r.expires_at LIMIT 500`,
  );
  const exceptions = await asked(
    `SELECT r.id, 'exception' AS request, ${asker("author")}
            r.created_at AS "requestedAt", r.lapses_at AS "expiresAt", r.finding_id AS "findingId"
       FROM finding_exception r WHERE r.tenant_id = ANY($1::uuid[]) AND r.lapses_at > $2
        AND NOT EXISTS (SELECT FROM finding_exception_decision d WHERE d.tenant_id = r.tenant_id AND d.exception_id = r.id)
      ORDER BY r.lapses_at LIMIT 500`,
  );
  const restatements = await asked(
    `SELECT r.id, 'restatement' AS request, ${asker("author")}
            r.created_at AS "requestedAt", r.expires_at AS "expiresAt", NULL::uuid AS "findingId"
       FROM restatement r WHERE r.tenant_id = ANY($1::uuid[]) AND r.expires_at > $2
        AND NOT EXISTS (SELECT FROM restatement_decision d WHERE d.tenant_id = r.tenant_id AND d.restatement_id = r.id)
      ORDER BY r.expires_at LIMIT 500`,
  );
  const retention = await asked(
    `SELECT r.id, CASE r.kind WHEN 'policy' THEN 'retention' ELSE r.kind END AS request, ${asker("requested_by")} r.requested_at AS "requestedAt",
            r.expires_at AS "expiresAt", NULL::uuid AS "findingId"
       FROM retention_request r WHERE r.tenant_id = ANY($1::uuid[]) AND r.expires_at > $2
        AND NOT EXISTS (SELECT FROM retention_decision d WHERE d.tenant_id = r.tenant_id AND d.request_id = r.id)
      ORDER BY r.expires_at LIMIT 500`,
  );
  return [...policies, ...exceptions, ...restatements, ...retention];
}
