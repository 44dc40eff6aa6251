import type { RestatementEffect } from "../../contracts/restatements.ts";
import { findRestatement } from "../../db/restatement.ts";
import { withTenant } from "../../db/with-tenant.ts";
import { isUuid, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { readFilter, readMethod } from "./read-stored.ts";
import { restateScope, type StoredScope } from "./restate-scope.ts";

type Row = {
  readonly tenantId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly filter: unknown;
  readonly method: unknown;
};

export function storedScope(row: Row): StoredScope {
  const { hosts, models, applicationIds } = readFilter(row.filter);
  return {
    tenantId: row.tenantId,
    span: { from: row.fromAt, to: row.toAt },
    filter: {
      hosts: hosts.length === 0 ? null : hosts,
      models: models.length === 0 ? null : models,
      applicationIds,
    },
    method: readMethod(row.method),
  };
}

/** What a restatement that waits would do to the record as it stands now. Changes nothing. */
export async function restatementEffect(
  actor: Actor,
  input: { readonly tenant: string; readonly id: string },
): Promise<RestatementEffect> {
  const { tenantId } = await tenantFor(actor, "call:read", input.tenant);
  const row = isUuid(input.id)
    ? await withTenant({ read: [tenantId], write: null }, (tx) => findRestatement(tx, tenantId, input.id))
    : null;
  if (!row) throw new Refusal("not_found", "There is no such restatement.");
  return (await restateScope(storedScope(row))).effect;
}
