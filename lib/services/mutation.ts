import { v7 } from "uuid";
import type { Permission } from "../core/access/role.ts";
import { eventDraft } from "../core/ledger/entries/event-body.ts";
import { systemLogId } from "../core/ledger/system-log.ts";
import { insertAuditEvent, insertSystemEvent, type RecordedEvent } from "../db/audit-event.ts";
import { raiseRevision } from "../db/deployment.ts";
import { lockRecording } from "../db/recording-head.ts";
import { type PrismaTransaction, sqlOf, tenantScope, withTenant } from "../db/with-tenant.ts";
import { type TenantRef, tenantFor } from "./access.ts";
import type { Actor } from "./actor.ts";
import { demandConfirmed } from "./confirmation/demand-confirmed.ts";
import { appendEntries } from "./ledger/append-entries.ts";
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
  /** Of the event that the change leaves behind. */
  readonly eventId: string;
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
 * The only way to change something in a tenant. It demands the permission, for what is dangerous a confirmed session, opens the transaction under row security, and
 * records the event in it, in the audit trail and in the tenant's ledger; so none can be forgotten.
 *
 * crash: the log's lock is the first statement, as in every recording: two that took rows first and the lock then would
 * wait for each other.
 */
export function mutation<Input extends { readonly tenant: string }, Output>(
  spec: TenantMutation<Input, Output>,
): (actor: Actor, input: Input, options?: MutationOptions) => Promise<Output> {
  return async (actor, input, options = {}) => {
    const tenant = await tenantFor(actor, spec.permission, input.tenant);
    demandConfirmed(actor, spec.event);
    const at = options.at ?? new Date();
    return withTenant(tenantScope(tenant.tenantId), async (tx) => {
      await lockRecording(sqlOf(tx), tenant.tenantId);
      const eventId = v7();
      const change = await spec.run({ tx, actor, actorName: nameOf(actor), eventId, at, tenant }, input);
      const event = eventOf(actor, eventId, spec.event, change, at);
      await insertAuditEvent(tx, tenant.tenantId, event, await appendEvent(tx, tenant.tenantId, event));
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

/**
 * The same for what belongs to the deployment: tenants, people, sessions. Its events are in a log of its own; a new
 * tenant's first event opens that tenant's.
 */
export function deploymentMutation<Input, Output>(
  spec: DeploymentMutation<Input, Output>,
): (actor: Actor, input: Input, options?: MutationOptions) => Promise<Output> {
  return async (actor, input, options = {}) => {
    if (spec.who === "admin") demandDeploymentAdmin(actor);
    demandConfirmed(actor, spec.event);
    const tenantId = spec.newTenant?.(input) ?? null;
    const at = options.at ?? new Date();
    const logId = tenantId ?? systemLogId;
    return withTenant(tenantScope(logId), async (tx) => {
      // A new tenant has no lock yet, and nobody else to wait for.
      if (tenantId === null) await lockRecording(sqlOf(tx), systemLogId);
      const eventId = v7();
      const change = await spec.run({ tx, actor, actorName: nameOf(actor), eventId, at }, input);
      const event = eventOf(actor, eventId, spec.event, change, at);
      const place = await appendEvent(tx, logId, event);
      if (tenantId !== null) await insertAuditEvent(tx, tenantId, event, place);
      else await insertSystemEvent(tx, event, place);
      if (spec.changesConfig) await raiseRevision(tx);
      return change.output;
    });
  };
}

/** Refuses whoever is neither an administrator of the deployment nor a job of ours. */
export function demandDeploymentAdmin(actor: Actor): void {
  if (actor.kind === "system" || (actor.kind === "person" && actor.deploymentAdmin)) return;
  throw new Refusal("forbidden", "Only an administrator of the deployment may do this.");
}

async function appendEvent(tx: PrismaTransaction, logId: string, event: RecordedEvent) {
  const draft = eventDraft({ ...event, at: event.at.toISOString() });
  const { epoch, firstIndex } = await appendEntries(sqlOf(tx), logId, [draft], event.at);
  return { ledgerEpoch: epoch, ledgerIndex: firstIndex };
}

function eventOf(actor: Actor, id: string, kind: string, change: Change<unknown>, at: Date): RecordedEvent {
  return {
    id,
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
