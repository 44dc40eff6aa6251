import type { SqlTransaction } from "./with-tenant.ts";

/** A pack's manifest, as the signer is asked to sign it. */
export type PackSignatureRequest = {
  readonly tenantId: string;
  readonly id: string;
  readonly epoch: number;
  /** The bytes of MANIFEST.json. */
  readonly manifest: Buffer;
};

/** Exactly one of the two. */
export type PackAnswer = { readonly note: string | null; readonly refusal: string | null };

/** Read by the signer. */
export async function insertPackRequest(
  sql: SqlTransaction,
  { tenantId, id, epoch, manifest }: PackSignatureRequest,
  at: Date,
): Promise<void> {
  await sql.query(
    `INSERT INTO pack_signature_request (tenant_id, id, epoch, manifest, manifest_sha256, requested_at)
     VALUES ($1, $2, $3, $4, sha256($4), $5)`,
    [tenantId, id, epoch, manifest, at],
  );
}

/** Read by the signer: what nobody answered yet, oldest first. */
export async function waitingPackRequests(
  sql: SqlTransaction,
  limit: number,
): Promise<PackSignatureRequest[]> {
  return sql.query<PackSignatureRequest>(
    `SELECT r.tenant_id AS "tenantId", r.id, r.epoch, r.manifest FROM pack_signature_request r
      WHERE NOT EXISTS (SELECT FROM pack_signature s WHERE s.tenant_id = r.tenant_id AND s.request_id = r.id)
      ORDER BY r.requested_at, r.id LIMIT $1`,
    [limit],
  );
}

/** Read by signManifest. May be repeated. */
export async function insertPackAnswer(
  sql: SqlTransaction,
  { tenantId, id }: Pick<PackSignatureRequest, "tenantId" | "id">,
  { note, refusal }: PackAnswer,
  at: Date,
): Promise<void> {
  await sql.query(
    `INSERT INTO pack_signature (tenant_id, request_id, answered_at, note, refusal) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [tenantId, id, at, note, refusal],
  );
}

/** Read by signManifest: what became of a request; null while it waits. */
export async function findPackAnswer(
  sql: SqlTransaction,
  tenantId: string,
  requestId: string,
): Promise<PackAnswer | null> {
  const [row] = await sql.query<PackAnswer>(
    "SELECT note, refusal FROM pack_signature WHERE tenant_id = $1 AND request_id = $2",
    [tenantId, requestId],
  );
  return row ?? null;
}

/** Read by signManifest: the first note under these very bytes, so that the same pack comes with the same signature. */
export async function findPackNote(
  sql: SqlTransaction,
  tenantId: string,
  manifest: Buffer,
): Promise<string | null> {
  const [row] = await sql.query<{ note: string }>(
    `SELECT s.note FROM pack_signature_request r
       JOIN pack_signature s ON s.tenant_id = r.tenant_id AND s.request_id = r.id AND s.note IS NOT NULL
      WHERE r.tenant_id = $1 AND r.manifest_sha256 = sha256($2) ORDER BY s.answered_at, r.id LIMIT 1`,
    [tenantId, manifest],
  );
  return row?.note ?? null;
}
