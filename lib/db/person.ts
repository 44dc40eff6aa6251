import { database } from "./connection.ts";
import type { PrismaTransaction } from "./with-tenant.ts";

/** Read by authenticatePerson: who signs in under this name. */
export async function findPersonByEmail(email: string) {
  return database().prisma.person.findFirst({ where: { email, disabledAt: null } });
}

/** Read by addMember: the person a membership is for. */
export async function findPerson(tx: PrismaTransaction, email: string) {
  return tx.person.findFirst({ where: { email }, select: { id: true, name: true, email: true } });
}

/** Read by getTenant and listTrail: who is in a tenant, and as what. */
export async function listMembers(tx: PrismaTransaction, tenantId: string) {
  return tx.membership.findMany({
    where: { tenantId },
    select: { role: true, person: { select: { id: true, name: true, email: true } } },
    orderBy: { createdAt: "asc" },
    take: 500,
  });
}
