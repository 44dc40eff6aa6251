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

/** Who asked for it. */
export type Asker = { readonly requestedBy: string; readonly requestedById: string };

/** Read by readAlerts: what waits for a second person now. The worker, which tells it, does not read who asked. */
export function decisionsWaiting(
  sql: SqlTransaction,
  tenantId: string,
  now: Date,
): Promise<WaitingDecision[]> {
  return waiting<WaitingDecision>(sql, tenantId, now, () => "");
}

/** Read by listWaiting: the same, with who asked. */
export function requestsWaiting(
  sql: SqlTransaction,
  tenantId: string,
  now: Date,
): Promise<(WaitingDecision & Asker)[]> {
  return waiting<WaitingDecision & Asker>(
    sql,
    tenantId,
    now,
    (name) => `r.${name} AS "requestedBy", r.${name}_id AS "requestedById",`,
  );
}

async function waiting<Row>(
  sql: SqlTransaction,
  tenantId: string,
  now: Date,
  asker: (column: "requested_by" | "author") => string,
): Promise<Row[]> {
  // A statement each: on a cluster not all of these tables are spread, and none of them is joined to another.
  const asked = async (text: string): Promise<Row[]> => sql.query(text, [tenantId, now]);
  const policies = await asked(
    `SELECT r.id, 'policy' AS request, ${asker("requested_by")}
            r.requested_at AS "requestedAt", r.expires_at AS "expiresAt", NULL::uuid AS "findingId"
       FROM policy_proposal r WHERE r.tenant_id = $1 AND r.expires_at > $2
        AND NOT EXISTS (SELECT FROM policy_decision d WHERE d.tenant_id = $1 AND d.proposal_id = r.id) LIMIT 500`,
  );
  const exceptions = await asked(
    `SELECT r.id, 'exception' AS request, ${asker("author")}
            r.created_at AS "requestedAt", r.lapses_at AS "expiresAt", r.finding_id AS "findingId"
       FROM finding_exception r WHERE r.tenant_id = $1 AND r.lapses_at > $2
        AND NOT EXISTS (SELECT FROM finding_exception_decision d WHERE d.tenant_id = $1 AND d.exception_id = r.id) LIMIT 500`,
  );
  const restatements = await asked(
    `SELECT r.id, 'restatement' AS request, ${asker("author")}
            r.created_at AS "requestedAt", r.expires_at AS "expiresAt", NULL::uuid AS "findingId"
       FROM restatement r WHERE r.tenant_id = $1 AND r.expires_at > $2
        AND NOT EXISTS (SELECT FROM restatement_decision d WHERE d.tenant_id = $1 AND d.restatement_id = r.id) LIMIT 500`,
  );
  const retention = await asked(
    `SELECT r.id, CASE r.kind WHEN 'policy' THEN 'retention' ELSE r.kind END AS request, ${asker("requested_by")} r.requested_at AS "requestedAt",
            r.expires_at AS "expiresAt", NULL::uuid AS "findingId"
       FROM retention_request r WHERE r.tenant_id = $1 AND r.expires_at > $2
        AND NOT EXISTS (SELECT FROM retention_decision d WHERE d.tenant_id = $1 AND d.request_id = r.id) LIMIT 500`,
  );
  return [...policies, ...exceptions, ...restatements, ...retention];
}
