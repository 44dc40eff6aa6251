import { executeSql, type PrismaTransaction, querySql } from "./with-tenant.ts";

export type SecondFactorRow = {
  readonly id: string;
  readonly sealed: Buffer;
  readonly confirmedAt: Date;
  readonly recoveryCodesLeft: number;
};

/** Read by checkSecondFactor and getOwnSignIn: the one that counts. */
export async function findSecondFactor(personId: string): Promise<SecondFactorRow | null> {
  const [row] = await querySql<SecondFactorRow>(
    `SELECT id, sealed, confirmed_at AS "confirmedAt",
            (SELECT count(*)::int FROM recovery_code WHERE factor_id = f.id AND used_at IS NULL) AS "recoveryCodesLeft"
       FROM second_factor f WHERE person_id = $1 AND confirmed_at IS NOT NULL AND ended_at IS NULL`,
    [personId],
  );
  return row ?? null;
}

/** Read by openSession, beginSecondFactor and others: whether there is one that counts. */
export async function hasSecondFactor(tx: PrismaTransaction, personId: string): Promise<boolean> {
  return (
    (await tx.secondFactor.count({ where: { personId, confirmedAt: { not: null }, endedAt: null } })) > 0
  );
}

/** Read by confirmWay: the same outside a change. */
export async function hasFactorOf(personId: string): Promise<boolean> {
  const rows = await querySql(
    "SELECT 1 FROM second_factor WHERE person_id = $1 AND confirmed_at IS NOT NULL AND ended_at IS NULL",
    [personId],
  );
  return rows.length > 0;
}

/**
 * Read by itself: takes the code of a time step, once. False where one of this step or a later one was taken before; of two at once
 * one gets true.
 */
export async function takeStep(id: string, step: number): Promise<boolean> {
  const taken = await executeSql(
    "UPDATE second_factor SET last_step = $2 WHERE id = $1 AND last_step < $2 AND ended_at IS NULL",
    [id, step],
  );
  return taken > 0;
}

/** Read by itself: uses a recovery code up. False where there is none of this hash, or it was used. */
export async function takeRecoveryCode(factorId: string, hash: Buffer): Promise<boolean> {
  const taken = await executeSql(
    `UPDATE recovery_code SET used_at = now() WHERE factor_id = $1 AND hash = $2 AND used_at IS NULL
       AND EXISTS (SELECT FROM second_factor WHERE id = $1 AND ended_at IS NULL)`,
    [factorId, hash],
  );
  return taken > 0;
}

/** Read by findPendingFactor: does not count before it is confirmed. */
export async function insertFactor(
  tx: PrismaTransaction,
  row: { readonly id: string; readonly personId: string; readonly sealed: Buffer; readonly createdAt: Date },
): Promise<void> {
  await tx.secondFactor.createMany({ data: [{ ...row, sealed: new Uint8Array(row.sealed) }] });
}

/** Read by confirmSecondFactor: the one that was begun since then and waits for its first code. */
export async function findPendingFactor(
  personId: string,
  since: Date,
): Promise<{ id: string; sealed: Buffer } | null> {
  const [row] = await querySql<{ id: string; sealed: Buffer }>(
    `SELECT id, sealed FROM second_factor WHERE person_id = $1 AND confirmed_at IS NULL AND ended_at IS NULL
        AND created_at > $2::timestamptz ORDER BY created_at DESC LIMIT 1`,
    [personId, since],
  );
  return row ?? null;
}

/** Read by findSecondFactor: from now on it counts, for codes of later steps. False where it has ended, or counts already. */
export async function confirmFactor(
  tx: PrismaTransaction,
  { id, step, at, hashes }: { id: string; step: number; at: Date; hashes: readonly Buffer[] },
): Promise<boolean> {
  const { count } = await tx.secondFactor.updateMany({
    where: { id, confirmedAt: null, endedAt: null },
    data: { confirmedAt: at, lastStep: step },
  });
  if (count === 0) return false;
  await tx.recoveryCode.createMany({
    data: hashes.map((hash) => ({ factorId: id, hash: new Uint8Array(hash) })),
  });
  return true;
}

/** Read by findSecondFactor: from now on there is none, nor one that waits. */
export async function endFactors(tx: PrismaTransaction, personId: string, at: Date): Promise<void> {
  await tx.secondFactor.updateMany({ where: { personId, endedAt: null }, data: { endedAt: at } });
}
