import { type PrismaTransaction, querySql } from "./with-tenant.ts";

/** Somebody at an identity provider: `iss` and `sub` of its tokens. */
export type IssuedName = { readonly issuer: string; readonly subject: string };

/** Read by signInByIdentity: whom the provider means. Says nothing of whether he may sign in. */
export async function findIdentity({ issuer, subject }: IssuedName) {
  const [row] = await querySql<{ id: string; personId: string }>(
    `SELECT id, person_id AS "personId" FROM person_identity
      WHERE issuer = $1 AND subject = $2 AND ended_at IS NULL`,
    [issuer, subject],
  );
  return row ?? null;
}

/** Read by bindByEmail: whether a subject was ever bound to anybody. */
export async function wasBound(tx: PrismaTransaction, { issuer, subject }: IssuedName): Promise<boolean> {
  return (await tx.personIdentity.count({ where: { issuer, subject } })) > 0;
}

/** Read by bindIdentity, bindByEmail and unbindIdentity: who a person is at an issuer now. */
export async function presentIdentity(tx: PrismaTransaction, personId: string, issuer: string) {
  return tx.personIdentity.findFirst({
    where: { personId, issuer, endedAt: null },
    select: { id: true, subject: true, createdAt: true },
  });
}

/** Read by findIdentity: from now on this subject is that person. A unique key lets in one of two at once. */
export async function beginIdentity(
  tx: PrismaTransaction,
  row: IssuedName & {
    readonly id: string;
    readonly personId: string;
    readonly boundBy: "administrator" | "email";
    readonly createdAt: Date;
  },
): Promise<void> {
  await tx.personIdentity.createMany({ data: [row] });
}

/** Read by findIdentity: from now on it finds nobody. */
export async function endIdentity(tx: PrismaTransaction, id: string, at: Date): Promise<void> {
  await tx.personIdentity.updateMany({ where: { id, endedAt: null }, data: { endedAt: at } });
}

/** Read by openSession: whether this is still how the person is known. */
export async function isPresentIdentity(
  tx: PrismaTransaction,
  id: string,
  personId: string,
): Promise<boolean> {
  return (await tx.personIdentity.count({ where: { id, personId, endedAt: null } })) > 0;
}
