import type { DecisionInput } from "../../contracts/policies.ts";
import type { DecisionOutcome } from "../../core/decision-outcome.ts";
import { findRetentionRequest, insertRetentionDecision } from "../../db/retention.ts";
import { type PrismaTransaction, withTenant } from "../../db/with-tenant.ts";
import { isUuid, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type Change, type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { decisionOf, demandAsker, demandOther, demandTwo, demandWaiting, once } from "../two-people.ts";

const otherApproves = "You asked for this, so somebody else has to approve it.";
const otherRejects = "You asked for this: take it back, or let somebody else decide.";
const raced = "Somebody else has just decided this request.";

type Decision = DecisionInput & { readonly id: string };
type Kind = "policy" | "lift_hold" | "erasure";

/** A second person approves. A period is in force at once; what is to be deleted, the worker deletes. */
export async function approveRequest(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<void> {
  const { tenantId } = await tenantFor(actor, "retention:approve", input.tenant);
  const request = await withTenant({ read: [tenantId], write: null }, (tx) => find(tx, tenantId, input.id));
  return once(raced, () => approvals[request.kind as Kind](actor, input, options));
}

/** A second person refuses. */
export function rejectRequest(actor: Actor, input: Decision, options: MutationOptions = {}): Promise<void> {
  return once(raced, () => reject(actor, input, options));
}

/** Whoever asked takes it back. */
export function withdrawRequest(actor: Actor, input: Decision, options: MutationOptions = {}): Promise<void> {
  return once(raced, () => withdraw(actor, input, options));
}

/** The event is named after what becomes true. */
const approvals = {
  policy: approval("retention.approved"),
  lift_hold: approval("hold.lifted"),
  erasure: approval("erasure.approved"),
} as const satisfies Record<Kind, unknown>;

function approval(event: string) {
  return mutation<Decision, void>({
    permission: "retention:approve",
    event,
    changesConfig: false,
    run: async (context, input) => {
      const request = await waiting(context, input.id);
      const tie = await demandTwo(context, request.requestedById, otherApproves);
      const change = await decide(context, request, "approved", input.note);
      return { ...change, detail: { ...change.detail, approverAccount: tie } };
    },
  });
}

const reject = mutation<Decision, void>({
  permission: "retention:approve",
  event: "retention.rejected",
  changesConfig: false,
  run: async (context, input) => {
    const request = await waiting(context, input.id);
    demandOther(context, request.requestedById, otherRejects);
    return decide(context, request, "rejected", input.note);
  },
});

const withdraw = mutation<Decision, void>({
  permission: "retention:propose",
  event: "retention.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const request = await waiting(context, input.id);
    demandAsker(context, request.requestedById);
    return decide(context, request, "withdrawn", input.note);
  },
});

type Context = MutationContext & { readonly tenant: { readonly tenantId: string } };
type RequestRow = Awaited<ReturnType<typeof find>>;

async function find(tx: PrismaTransaction, tenantId: string, id: string) {
  const request = isUuid(id) ? await findRetentionRequest(tx, tenantId, id) : null;
  if (!request) throw new Refusal("not_found", "There is no such request.");
  return request;
}

async function waiting({ tx, tenant, at }: Context, id: string): Promise<RequestRow> {
  return demandWaiting("request", await find(tx, tenant.tenantId, id), at);
}

/** The store holds as well, by a check, that two different people are named here. */
async function decide(
  context: Context,
  request: RequestRow,
  outcome: DecisionOutcome,
  note: string,
): Promise<Change<void>> {
  const { tenantId, id, kind, preset, holdId, reference, requestedBy, requestedById } = request;
  await insertRetentionDecision(context.tx, {
    tenantId,
    requestId: id,
    requestedById,
    ...decisionOf(context, outcome, note),
  });
  return {
    output: undefined,
    subject: id,
    detail: { request: kind, preset, hold: holdId, reference, requestedBy, requestedById, note },
  };
}
