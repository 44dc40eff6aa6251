import type {
  RestatementCause,
  RestatementState,
  RestatementSummary,
  VerdictMove,
} from "../../contracts/restatements.ts";
import { type MoveRow, movesOf, newestRestatements } from "../../db/restatement.ts";
import { withTenant, withTenantSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { decisionSummary } from "../decisions/decision-summary.ts";
import { readFilter, readMethod } from "./read-stored.ts";

const shownMax = 100;

/** A tenant's restatements, the newest first, with what became of each. */
export async function listRestatements(
  actor: Actor,
  tenant: string,
  now = new Date(),
): Promise<RestatementSummary[]> {
  const { tenantId } = await tenantFor(actor, "call:read", tenant);
  const scope = { read: [tenantId], write: null };
  const rows = await withTenant(scope, (tx) => newestRestatements(tx, tenantId, shownMax));
  const ids = rows.map(({ id }) => id);
  const moves = await withTenantSql(scope, (sql) => movesOf(sql, tenantId, ids));
  const personId = actor.kind === "person" ? actor.personId : null;
  return rows.map((row) => {
    const { hosts, models, applications } = readFilter(row.filter);
    const { decision } = row;
    const ofThis = moves.filter(({ restatementId }) => restatementId === row.id);
    return {
      id: row.id,
      cause: row.cause as RestatementCause,
      statement: row.statement,
      evidence: row.evidence,
      evidenceUrl: row.evidenceUrl,
      from: row.fromAt.toISOString(),
      to: row.toAt.toISOString(),
      hosts,
      models,
      applications,
      method: readMethod(row.method),
      author: row.author,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      state: decision ? (decision.outcome as RestatementState) : row.expiresAt <= now ? "expired" : "waiting",
      decision: decisionSummary(decision),
      effect:
        decision?.outcome === "approved" ? { calls: decision.calls ?? 0, moves: ofThis.map(moveOf) } : null,
      isMine: row.authorId === personId,
    };
  });
}

function moveOf({ before, after, bandBefore, bandAfter, calls }: MoveRow): VerdictMove {
  return { before, after, bandBefore, bandAfter, calls } as VerdictMove;
}
