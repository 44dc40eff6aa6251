import type { Pin, PinKind } from "../core/policies/policy.ts";
import type { LogKey } from "./ledger-walk.ts";
import { saidLater } from "./said-later.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** A key at the provider, and the newest thing that was said of its project. */
export type KeyAt = {
  readonly id: string;
  readonly label: string;
  readonly projectId: string | null;
  /** null: nobody said anything. */
  readonly kind: PinKind | null;
  readonly region: string | null;
  readonly source: Pin["source"] | null;
  readonly since: Date | null;
  readonly attestedBy: string | null;
  readonly statement: string | null;
  /** Of the entry that says so, in this epoch. */
  readonly index: number | null;
};

/**
 * Read by statePins: OpenAI keys that were in use after a moment, and their pins as a log of this size says, oldest first. `at`: when
 * the log had it, for pins that no event states.
 */
export async function keysAt(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
  { usedAfter, at }: { readonly usedAfter: Date; readonly at: Date },
): Promise<KeyAt[]> {
  return sql.query<KeyAt>(
    `SELECT c.id, c.label, CASE WHEN NOT ${saidLater("credential.project_named", "c.id::text")} THEN c.project_id END AS "projectId", said.kind, said.region, said.source, said.since,
            said.attested_by AS "attestedBy", said.statement, said.index
       FROM provider_credential c
       LEFT JOIN LATERAL (
         SELECT p.kind, p.region, p.source, p.since, p.attested_by, p.statement,
                CASE e.ledger_epoch WHEN $2::int THEN e.ledger_index::float8 END AS index
           FROM pin p LEFT JOIN audit_event e ON e.tenant_id = p.tenant_id AND e.subject = p.credential_id::text AND e.at = p.stated_at
                       AND e.kind = ANY($5::text[])
          WHERE p.tenant_id = c.tenant_id AND p.credential_id = c.id
            AND (e.ledger_epoch IS NULL AND p.stated_at <= $6::timestamptz OR e.ledger_epoch < $2::int OR (e.ledger_epoch = $2::int AND e.ledger_index < $3::bigint))
          ORDER BY p.stated_at DESC, p.id DESC LIMIT 1) said ON true
      WHERE c.tenant_id = $1::uuid AND c.kind = 'openai' AND (c.revoked_at IS NULL OR c.revoked_at > $4::timestamptz)
        AND NOT ${saidLater("credential.created", "c.id::text")} AND NOT ${saidLater("credential.replaced", "c.id::text")}
      ORDER BY c.created_at, c.id LIMIT 500`,
    [tenantId, epoch, size, usedAfter, pinEvents, at],
  );
}

/** Events that state a pin; the last one of a key whose project is said to be that of the key it replaced. */
const pinEvents = ["pin.read", "pin.probed", "pin.attested", "credential.replaced"];
