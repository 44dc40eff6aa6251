import { database } from "./connection.ts";
import { type PrismaTransaction, querySql } from "./with-tenant.ts";

/** Read by authenticatePerson: who signs in under this name. */
export async function findPersonByEmail(email: string) {
  return database().prisma.person.findFirst({ where: { email, disabledAt: null } });
}

/** Read by signInByPassword: whether his password counts now although passwords are switched off. */
export async function passwordCounts(email: string): Promise<boolean> {
  const rows = await querySql<{ id: string }>(
    "SELECT id FROM person WHERE email = $1 AND disabled_at IS NULL AND password_until > now()",
    [email],
  );
  return rows.length > 0;
}

/** Read by passwordCounts: until then. */
export async function letInUntil(tx: PrismaTransaction, id: string, until: Date): Promise<void> {
  await tx.person.updateMany({ where: { id }, data: { passwordUntil: until } });
}

/** Read by changePassword: what the present password is checked against. */
export async function findPasswordHash(personId: string): Promise<string | null> {
  const found = await database().prisma.person.findFirst({
    where: { id: personId, disabledAt: null },
    select: { passwordHash: true },
  });
  return found?.passwordHash ?? null;
}

export type PersonName = { readonly id: string } | { readonly email: string };

/** Read by verbs about one person, whom they name by id or by e-mail address (lower case). */
export async function findPerson(tx: PrismaTransaction, who: PersonName) {
  return tx.person.findFirst({
    where: who,
    select: { id: true, email: true, deploymentAdmin: true, disabledAt: true },
  });
}

/** Read by findPersonByEmail: from now on he may sign in. */
export async function insertPerson(
  tx: PrismaTransaction,
  row: {
    id: string;
    email: string;
    name: string;
    passwordHash: string;
    deploymentAdmin: boolean;
    createdAt: Date;
  },
): Promise<void> {
  await tx.person.createMany({ data: [row] });
}

/** Read by openSession: true where he may sign in, and by the password that was checked if one is given. */
export async function maySignIn(
  tx: PrismaTransaction,
  id: string,
  passwordHash: string | undefined,
): Promise<boolean> {
  return (await tx.person.count({ where: { id, disabledAt: null, passwordHash } })) > 0;
}

/** Read by findLiveSession and findPersonByEmail: from when on a person may not sign in; null: he may. */
export async function setDisabled(tx: PrismaTransaction, id: string, at: Date | null): Promise<void> {
  await tx.person.updateMany({ where: { id }, data: { disabledAt: at } });
}

/**
 * Read by authenticatePerson. With `before`: only where that is what is stored; false where it is not. `ownSince`: when the
 * person chose it himself, which counts from the first such choice on; null: somebody else gave it to him.
 */
export async function setPasswordHash(
  tx: PrismaTransaction,
  {
    id,
    passwordHash,
    before,
    ownSince,
  }: { id: string; passwordHash: string; before?: string; ownSince: Date | null },
): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id, passwordHash: before },
    data: { passwordHash, ...(ownSince === null ? { passwordOwnSince: null } : {}) },
  });
  if (count > 0 && ownSince !== null)
    await tx.person.updateMany({
      where: { id, passwordOwnSince: null },
      data: { passwordOwnSince: ownSince },
    });
  return count > 0;
}

/** Read by findLiveSession: whether a person administers the deployment. */
export async function setDeploymentAdmin(
  tx: PrismaTransaction,
  id: string,
  deploymentAdmin: boolean,
): Promise<void> {
  await tx.person.updateMany({ where: { id }, data: { deploymentAdmin } });
}

/** Read by keepADeploymentAdmin: who would still administer the deployment without this person. */
export async function countOtherDeploymentAdmins(tx: PrismaTransaction, personId: string): Promise<number> {
  return tx.person.count({ where: { deploymentAdmin: true, disabledAt: null, id: { not: personId } } });
}

export type PersonRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly deploymentAdmin: boolean;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly lastSignInAt: Date | null;
  readonly tenants: number;
};

/** Read by listPeople: everybody who signs in, or did. */
export async function allPeople(): Promise<PersonRow[]> {
  return querySql<PersonRow>(
    `SELECT p.id, p.name, p.email, p.deployment_admin AS "deploymentAdmin", p.created_at AS "createdAt",
            p.disabled_at AS "disabledAt",
            (SELECT max(s.created_at) FROM session s WHERE s.person_id = p.id) AS "lastSignInAt",
            (SELECT count(*)::int FROM membership m WHERE m.person_id = p.id AND m.ended_at IS NULL) AS tenants
       FROM person p ORDER BY p.disabled_at IS NOT NULL, p.name, p.email LIMIT 2000`,
  );
}
