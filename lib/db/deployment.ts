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

/** Whose master key this is, and what is carried over from an earlier one, sealed under it. */
export type KeyState = {
  readonly fingerprint: string;
  readonly carriedKeys: Buffer | null;
  readonly carriedFrom: string | null;
};

/** Read by checkMasterKey: the fingerprint, set by whoever comes first, and what is carried. */
export async function claimFingerprint(fingerprint: string): Promise<KeyState> {
  await querySql(
    "UPDATE deployment SET master_key_fingerprint = $1 WHERE id = 1 AND master_key_fingerprint IS NULL",
    [fingerprint],
  );
  const [row] = await querySql<KeyState>(
    `SELECT master_key_fingerprint AS fingerprint, carried_keys AS "carriedKeys", carried_from AS "carriedFrom"
       FROM deployment WHERE id = 1`,
  );
  if (!row) throw new Error("The deployment row is missing; migrations have not run.");
  return row;
}

/** Read by checkMasterKey: from now on another master key counts. Only for the owner; false where it is no longer the one it was. */
export async function replaceFingerprint(
  tx: PrismaTransaction,
  before: string,
  { fingerprint, carriedKeys, carriedFrom }: KeyState,
): Promise<boolean> {
  const { count } = await tx.deployment.updateMany({
    where: { id: 1, masterKeyFingerprint: before },
    data: {
      masterKeyFingerprint: fingerprint,
      carriedKeys: carriedKeys && new Uint8Array(carriedKeys),
      carriedFrom,
    },
  });
  return count === 1;
}
