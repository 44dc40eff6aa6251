import type { MemberBook, MemberSummary } from "../../contracts/people.ts";
import { type MembershipRow, membershipsOfTenant } from "../../db/membership.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { tenantHead } from "../tenants/tenant-head.ts";

/** Who is in a tenant, as what and since when, and who was. */
export async function listMembers(actor: Actor, tenant: string): Promise<MemberBook> {
  const found = await tenantFor(actor, "person:read", tenant);
  const [head, rows] = await Promise.all([tenantHead(found), membershipsOfTenant(found.tenantId)]);
  const self = actor.kind === "person" ? actor.personId : null;
  return {
    tenant: head,
    members: rows.filter(({ endedAt }) => endedAt === null).map((each) => memberSummary(each, self)),
    ended: rows.flatMap(({ personId, name, email, role: was, since, endedAt }) =>
      endedAt === null
        ? []
        : [{ personId, name, email, role: was, since: since.toISOString(), endedAt: endedAt.toISOString() }],
    ),
  };
}

function memberSummary(row: MembershipRow, self: string | null): MemberSummary {
  const { personId, name, email, role, since, isDisabled, lastSignInAt } = row;
  return {
    personId,
    name,
    email,
    role,
    since: since.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    isDisabled,
    isSelf: personId === self,
  };
}
