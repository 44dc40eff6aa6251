import type { Pin, PinKind } from "../core/policies/policy.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type PinRow = Pin & { readonly credentialId: string; readonly statement: string | null };

type Stored = {
  credentialId: string;
  kind: PinKind;
  region: string | null;
  source: Pin["source"];
  since: Date | null;
  attestedBy: string | null;
  statement: string | null;
};

/** Read by loadTenantConfig, getTenant and the sweeper: the newest statement per credential, as of a moment. */
export async function newestPins(
  sql: SqlTransaction,
  tenantId: string,
  asOf: Date,
): Promise<Map<string, PinRow>> {
  const rows = await sql.query<Stored>(
    `SELECT DISTINCT ON (credential_id) credential_id AS "credentialId", kind, region, source, since,
            attested_by AS "attestedBy", statement
       FROM pin WHERE tenant_id = $1 AND stated_at <= $2
      ORDER BY credential_id, stated_at DESC, id DESC`,
    [tenantId, asOf],
  );
  return new Map(
    rows.map((row) => [
      row.credentialId,
      { ...row, since: row.since === null ? null : row.since.toISOString() },
    ]),
  );
}
