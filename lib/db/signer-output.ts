import type { StatementKind } from "../core/ledger/entries/signer-body.ts";
import type { LogKey, StoredCheckpoint } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

// All three may be repeated: whoever died between his own memory and ours says it again.

/** Read by getLedger, listCheckpoints and proofs. */
export async function insertCheckpoint(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  { size, signedAt, root, note }: StoredCheckpoint,
): Promise<void> {
  await sql.query(
    `INSERT INTO ledger_checkpoint (tenant_id, epoch, size, signed_at, root, note) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [tenantId, epoch, size, signedAt, root, note],
  );
}

/** What the signer, or a full check, has to say about a log. `atIndex`: where it begins to differ. */
export type SignerStatement = {
  readonly tenantId: string;
  readonly at: Date;
  readonly id: string;
  readonly epoch: number | null;
  readonly kind: StatementKind;
  readonly atIndex: number | null;
  readonly sentence: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Read by relayStatements, getLedger and getLog. */
export async function insertStatement(sql: SqlTransaction, statement: SignerStatement): Promise<void> {
  const { tenantId, at, id, epoch, kind, atIndex, sentence, detail } = statement;
  await sql.query(
    `INSERT INTO signer_statement (tenant_id, at, id, epoch, kind, at_index, sentence, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [tenantId, at, id, epoch, kind, atIndex, sentence, JSON.stringify(detail)],
  );
}

/** Read by getLedger and the download of the trust root. Answers false where this version was written before. */
export async function insertTrustRoot(
  sql: SqlTransaction,
  row: { readonly version: number; readonly at: Date; readonly document: string },
): Promise<boolean> {
  const rows = await sql.query(
    "INSERT INTO ledger_trust_root (version, at, document) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING version",
    [row.version, row.at, row.document],
  );
  return rows.length > 0;
}
