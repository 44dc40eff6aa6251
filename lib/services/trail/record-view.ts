import type { Viewed } from "../../core/trail/evidence-kinds.ts";
import { noteView } from "../../db/view-note.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";

const minuteMs = 60_000;

/**
 * Notes that a person looks at evidence of a log (a tenant's, or the deployment's own). The note is durable before the
 * evidence is shown; the worker makes one entry of all looks of a person at one kind within a minute (`recordLooks`), so
 * that looking does not flood the log. Jobs and gateways are no readers. The caller has checked the actor.
 */
export async function recordView(
  actor: Actor,
  logId: string,
  what: Viewed,
  object: string,
  at = new Date(),
): Promise<void> {
  if (actor.kind !== "person") return;
  const minute = new Date(Math.floor(at.getTime() / minuteMs) * minuteMs);
  const { personId, name: personName } = actor;
  await withTenantSql(tenantScope(logId), (sql) =>
    noteView(sql, { tenantId: logId, minute, personId, personName, what, object: object.slice(0, 200) }),
  );
}
