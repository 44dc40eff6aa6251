import { v7 } from "uuid";
import type { Role } from "../core/access/role.ts";
import { type PrismaTransaction, querySql } from "./with-tenant.ts";

type Place = { readonly tenantId: string; readonly personId: string };

/** Read by addMember, changeRole and removeMember: what a person is in a tenant now. */
export async function findMembership(tx: PrismaTransaction, { tenantId, personId }: Place) {
  const found = await tx.membership.findFirst({
    where: { tenantId, personId, endedAt: null },
    select: { role: true, person: { select: { email: true } } },
  });
  return found && { role: found.role as Role, email: found.person.email };
}

/** Read by findLiveSession: from his next request on a person is this in the tenant. */
export async function beginMembership(
  tx: PrismaTransaction,
  { tenantId, personId, role, at }: Place & { readonly role: Role; readonly at: Date },
): Promise<void> {
  await tx.membership.createMany({ data: [{ id: v7(), tenantId, personId, role, createdAt: at }] });
}

/** Read by findLiveSession: from his next request on a person is this no more. */
export async function endMembership(
  tx: PrismaTransaction,
  { tenantId, personId }: Place,
  at: Date,
): Promise<void> {
  await tx.membership.updateMany({ where: { tenantId, personId, endedAt: null }, data: { endedAt: at } });
}

/** Read by changeRole and removeMember: who would still administer a tenant without this person. */
export async function countOtherAdmins(tx: PrismaTransaction, { tenantId, personId }: Place) {
  return tx.membership.count({
    where: {
      tenantId,
      role: "admin",
      endedAt: null,
      personId: { not: personId },
      person: { disabledAt: null },
    },
  });
}

/** Read by getTenant, getFinding and assignFinding: who is in a tenant, and as what. */
export async function presentMembers(tx: PrismaTransaction, tenantId: string) {
  return tx.membership.findMany({
    where: { tenantId, endedAt: null },
    select: { role: true, person: { select: { id: true, name: true, email: true, disabledAt: true } } },
    orderBy: { createdAt: "asc" },
    take: 500,
  });
}

export type MembershipRow = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly since: Date;
  readonly endedAt: Date | null;
  readonly isDisabled: boolean;
  readonly lastSignInAt: Date | null;
};

/** Read by listMembers and listTrail: everybody who is in a tenant, and the newest of what has ended there. */
export async function membershipsOfTenant(tenantId: string): Promise<MembershipRow[]> {
  return querySql<MembershipRow>(
    `SELECT m.person_id AS "personId", p.name, p.email, m.role, m.created_at AS since, m.ended_at AS "endedAt",
            p.disabled_at IS NOT NULL AS "isDisabled",
            (SELECT max(s.created_at) FROM session s WHERE s.person_id = p.id) AS "lastSignInAt"
       FROM membership m JOIN person p ON p.id = m.person_id
      WHERE m.tenant_id = $1 ORDER BY m.ended_at DESC NULLS FIRST, p.name, p.email LIMIT 1000`,
    [tenantId],
  );
}
