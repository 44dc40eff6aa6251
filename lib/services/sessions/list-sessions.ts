import type { SessionSummary } from "../../contracts/sessions.ts";
import { mayInTenant } from "../../core/access/role.ts";
import { listLiveSessions, membersOfTenants } from "../../db/session.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { sessionLimits } from "./limits.ts";

/** Who is signed in: oneself, and for an admin everybody in the tenants he administers. */
export async function listSessions(actor: Actor): Promise<SessionSummary[]> {
  const person = personOf(actor);
  const rows = await listLiveSessions(await peopleWithin(actor), sessionLimits);
  return rows.map((row) => ({
    id: row.id,
    person: row.name,
    email: row.email,
    userAgent: row.userAgent,
    way: row.way,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.id === person.sessionId,
  }));
}

/** Whose sessions an actor may see and end. */
export async function peopleWithin(actor: Actor): Promise<string[]> {
  const person = personOf(actor);
  const administered = person.memberships.filter(({ role }) => mayInTenant(role, "session:revoke"));
  const others = await membersOfTenants(administered.map(({ tenantId }) => tenantId));
  return [...new Set([person.personId, ...others])];
}
