import { v7 } from "uuid";
import type { Permission } from "../core/access/role.ts";
import { insertAuditEvent, insertSystemEvent, type RecordedEvent } from "../db/audit-event.ts";
import { raiseRevision } from "../db/deployment.ts";
import { type PrismaTransaction, tenantScope, withTenant } from "../db/with-tenant.ts";
import { type TenantRef, tenantFor } from "./access.ts";
import type { Actor } from "./actor.ts";
import { Refusal } from "./refusal.ts";

/** What a change leaves behind: its answer, and what the record of changes says about it. No secret may be in it. */
export type Change<Output> = {
  readonly output: Output;
  /** What was changed: an id, or a name. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
};

export type MutationContext = {
  readonly tx: PrismaTransaction;
  readonly actor: Actor;
  readonly actorName: string;
  /** When it is done. */
  readonly at: Date;
};

/** The demo story says when something was done; everybody else does it now. */
export type MutationOptions = { readonly at?: Date };

type TenantMutation<Input, Output> = {
  readonly permission: Permission;
  /** `noun.verb`, past. */
  readonly event: string;
  /** Whether gateways must hear of it. */
  readonly changesConfig: boolean;
  readonly run: (context: MutationContext & { tenant: TenantRef }, input: Input) => Promise<Change<Output>>;
};

/**
 * The only way to change something in a tenant. It demands the permission, opens the transaction under row security, and
 * records the event in it; so none can be forgotten.
 */
export function mutation<Input extends { readonly tenant: string }, Output>(
  spec: TenantMutation<Input, Output>,
): (actor: Actor, input: Input, options?: MutationOptions) => Promise<Output> {
  return async (actor, input, options = {}) => {
    const tenant = await tenantFor(actor, spec.permission, input.tenant);
    const at = options.at ?? new Date();
    return withTenant(tenantScope(tenant.tenantId), async (tx) => {
      const change = await spec.run({ tx, actor, actorName: nameOf(actor), at, tenant }, input);
      await insertAuditEvent(tx, tenant.tenantId, eventOf(actor, spec.event, change, at));
      if (spec.changesConfig) await raiseRevision(tx);
      return change.output;
    });
  };
}

type DeploymentMutation<Input, Output> = {
  /** `admin`: deployment admins and jobs of our own. `self`: a person, about what is his. */
  readonly who: "admin" | "self";
  readonly event: string;
  readonly changesConfig: boolean;
  /** A tenant that the change makes and fills. */
  readonly newTenant?: (input: Input) => string;
  readonly run: (context: MutationContext, input: Input) => Promise<Change<Output>>;
};

/** The same for what belongs to the deployment: tenants, people, sessions. A new tenant's first event is in its own log. */
export function deploymentMutation<Input, Output>(
  spec: DeploymentMutation<Input, Output>,
): (actor: Actor, input: Input, options?: MutationOptions) => Promise<Output> {
  return async (actor, input, options = {}) => {
    if (spec.who === "admin") demandDeploymentAdmin(actor);
    const tenantId = spec.newTenant?.(input) ?? null;
    const at = options.at ?? new Date();
    const scope = tenantId === null ? { read: [], write: null } : tenantScope(tenantId);
    return withTenant(scope, async (tx) => {
      const change = await spec.run({ tx, actor, actorName: nameOf(actor), at }, input);
      const event = eventOf(actor, spec.event, change, at);
      if (tenantId !== null) await insertAuditEvent(tx, tenantId, event);
      else await insertSystemEvent(tx, event);
      if (spec.changesConfig) await raiseRevision(tx);
      return change.output;
    });
  };
}

function demandDeploymentAdmin(actor: Actor): void {
  if (actor.kind === "system" || (actor.kind === "person" && actor.deploymentAdmin)) return;
  throw new Refusal("forbidden", "Only an administrator of the deployment may do this.");
}

function eventOf(actor: Actor, kind: string, change: Change<unknown>, at: Date): RecordedEvent {
  return {
    id: v7(),
    at,
    actor: actor.kind,
    actorId: actor.kind === "person" ? actor.personId : actor.kind === "gateway" ? actor.bootId : actor.job,
    actorName: nameOf(actor),
    kind,
    subject: change.subject,
    detail: change.detail,
  };
}

function nameOf(actor: Actor): string {
  return actor.kind === "person" ? actor.name : actor.kind === "gateway" ? "Gateway" : "Domicile";
}
