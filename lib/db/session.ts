import type { SessionWay } from "../contracts/sign-in.ts";
import type { Role } from "../core/access/role.ts";
import { executeSql, type PrismaTransaction, querySql } from "./with-tenant.ts";

export type LiveSession = {
  readonly id: string;
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly deploymentAdmin: boolean;
  readonly way: SessionWay;
  readonly hasSecondFactor: boolean;
  readonly lastSeenAt: Date;
  readonly confirmedAt: Date | null;
  readonly memberships: readonly { tenantId: string; slug: string; role: Role }[];
};

export type SessionLimits = { readonly idleMs: number; readonly absoluteMs: number };

const alive = `s.revoked_at IS NULL AND p.disabled_at IS NULL
  AND s.last_seen_at > now() - make_interval(secs => $2::double precision / 1000)
  AND s.created_at > now() - make_interval(secs => $3::double precision / 1000)`;

/** Read by findSession, on every request: who this is and where he is a member, as of now. */
export async function findLiveSession(tokenHash: Buffer, limits: SessionLimits): Promise<LiveSession | null> {
  const [row] = await querySql<LiveSession>(
    `SELECT s.id, s.person_id AS "personId", p.email, p.name, p.deployment_admin AS "deploymentAdmin",
            s.way, s.last_seen_at AS "lastSeenAt", s.confirmed_at AS "confirmedAt",
            EXISTS (SELECT FROM second_factor f WHERE f.person_id = p.id AND f.confirmed_at IS NOT NULL AND f.ended_at IS NULL)
              AS "hasSecondFactor",
            coalesce((SELECT jsonb_agg(jsonb_build_object('tenantId', m.tenant_id, 'slug', t.slug, 'role', m.role)
                             ORDER BY t.name, t.slug)
                        FROM membership m JOIN tenant t ON t.id = m.tenant_id
                       WHERE m.person_id = p.id AND m.ended_at IS NULL), '[]') AS memberships
       FROM session s JOIN person p ON p.id = s.person_id
      WHERE s.token_hash = $1 AND ${alive}`,
    [tokenHash, limits.idleMs, limits.absoluteMs],
  );
  return row ?? null;
}

/** Read by findSession: the idle limit counts from here. */
export async function touchSession(id: string): Promise<void> {
  await executeSql("UPDATE session SET last_seen_at = now() WHERE id = $1 AND revoked_at IS NULL", [id]);
}

/** Read by confirmWay: how a session was opened; null: there is no such session. */
export async function sessionWay(id: string): Promise<SessionWay | null> {
  const [row] = await querySql<{ way: SessionWay }>("SELECT way FROM session WHERE id = $1", [id]);
  return row?.way ?? null;
}

/** Read by findLiveSession: its holder has shown who he is. */
export async function markConfirmed(tx: PrismaTransaction, id: string, at: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, revokedAt: null }, data: { confirmedAt: at } });
}

export type SessionRow = {
  readonly id: string;
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly userAgent: string;
  readonly way: SessionWay;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
};

/** Read by listSessions: who is signed in now, of these people. */
export async function listLiveSessions(
  personIds: readonly string[],
  limits: SessionLimits,
): Promise<SessionRow[]> {
  return querySql<SessionRow>(
    `SELECT s.id, s.person_id AS "personId", p.email, p.name, s.user_agent AS "userAgent", s.way,
            s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt"
       FROM session s JOIN person p ON p.id = s.person_id
      WHERE s.person_id = ANY($1::uuid[]) AND ${alive}
      ORDER BY s.last_seen_at DESC LIMIT 200`,
    [personIds, limits.idleMs, limits.absoluteMs],
  );
}

/** Read by revokeSession: whose session that is, while it lives. */
export async function holderOfSession(id: string, limits: SessionLimits): Promise<string | null> {
  const [row] = await querySql<{ personId: string }>(
    `SELECT s.person_id AS "personId" FROM session s JOIN person p ON p.id = s.person_id WHERE s.id = $1 AND ${alive}`,
    [id, limits.idleMs, limits.absoluteMs],
  );
  return row?.personId ?? null;
}

/** Read by listSessions and revokeSession: the people of the tenants an admin works in. */
export async function membersOfTenants(tenantIds: readonly string[]): Promise<string[]> {
  const rows = await querySql<{ id: string }>(
    "SELECT DISTINCT person_id AS id FROM membership WHERE tenant_id = ANY($1::uuid[]) AND ended_at IS NULL LIMIT 1000",
    [tenantIds],
  );
  return rows.map((row) => row.id);
}

/** Read by findLiveSession: from now on it finds nothing. */
export async function markRevoked(tx: PrismaTransaction, id: string, at: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
}

/** Read by findLiveSession: from now on it finds nothing of this person, but for one session. */
export async function markAllRevoked(
  tx: PrismaTransaction,
  { personId, but, at }: { personId: string; but?: string; at: Date },
): Promise<void> {
  await tx.session.updateMany({
    where: { personId, revokedAt: null, id: { not: but } },
    data: { revokedAt: at },
  });
}

/** Read by findLiveSession: from now on it finds nothing that was opened by this identity. */
export async function markSessionsOfIdentityRevoked(
  tx: PrismaTransaction,
  identityId: string,
  at: Date,
): Promise<void> {
  await tx.session.updateMany({ where: { identityId, revokedAt: null }, data: { revokedAt: at } });
}
