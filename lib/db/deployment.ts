import { type PrismaTransaction, querySql } from "./with-tenant.ts";

/** Read by gateways, every few seconds: has anything changed that they must know of? */
export async function readRevision(): Promise<number> {
  const [row] = await querySql<{ revision: number }>(
    "SELECT config_revision AS revision FROM deployment WHERE id = 1",
  );
  if (!row) throw new Error("The deployment row is missing; migrations have not run.");
  return row.revision;
}

/** Read by gateways through readRevision: raised in the transaction of the change. */
export async function raiseRevision(tx: PrismaTransaction): Promise<void> {
  await tx.$executeRaw`UPDATE deployment SET config_revision = config_revision + 1 WHERE id = 1`;
}

/** Read by checkMasterKey: the fingerprint, set by whoever comes first. */
export async function claimFingerprint(fingerprint: string): Promise<string> {
  await querySql(
    "UPDATE deployment SET master_key_fingerprint = $1 WHERE id = 1 AND master_key_fingerprint IS NULL",
    [fingerprint],
  );
  const [row] = await querySql<{ fingerprint: string }>(
    "SELECT master_key_fingerprint AS fingerprint FROM deployment WHERE id = 1",
  );
  if (!row) throw new Error("The deployment row is missing; migrations have not run.");
  return row.fingerprint;
}
