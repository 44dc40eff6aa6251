import type { LogSearch } from "../../contracts/ledger.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";

export type LogRef = {
  readonly log: "tenant" | "system";
  readonly logId: string;
  readonly tenant: string | null;
};

/** The one log that a search names, if the actor may read it. */
export async function logFor(actor: Actor, search: LogSearch): Promise<LogRef> {
  if (search.log === "system") {
    if (!mayReadSystemLog(actor))
      throw new Refusal("forbidden", "The deployment's own log is for its administrators.");
    return systemLog;
  }
  if (search.tenant === undefined)
    throw new Refusal("invalid_input", "Say whose log.", {
      fields: [{ field: "tenant", message: "Name a tenant." }],
    });
  const { tenantId, slug } = await tenantFor(actor, "ledger:read", search.tenant);
  return { log: "tenant", logId: tenantId, tenant: slug };
}

export const systemLog: LogRef = { log: "system", logId: systemLogId, tenant: null };

export function mayReadSystemLog(actor: Actor): boolean {
  return actor.kind === "system" || (actor.kind === "person" && actor.deploymentAdmin);
}
