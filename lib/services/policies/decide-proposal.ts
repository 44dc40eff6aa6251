import type { DecisionInput, SavedPolicy } from "../../contracts/policies.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { findProposal, insertPolicyDecision } from "../../db/policy-proposal.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid, personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { addVersion, demandNewest } from "./add-version.ts";
import { demandMeetable } from "./checked-policy.ts";
import { recordedSentences } from "./recorded-sentences.ts";

type Decision = DecisionInput & { readonly id: string };

/** A second person approves a proposal: it becomes the next version. Refused to whoever asked for it. */
export function approveProposal(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<SavedPolicy> {
  return once(() => approve(actor, input, options));
}

/** A second person refuses a proposal. */
export function rejectProposal(actor: Actor, input: Decision, options: MutationOptions = {}): Promise<void> {
  return once(() => reject(actor, input, options));
}

/** Whoever asked takes the proposal back. */
export function withdrawProposal(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<void> {
  return once(() => withdraw(actor, input, options));
}

const approve = mutation<Decision, SavedPolicy>({
  permission: "policy:approve",
  event: "policy.approved",
  changesConfig: true,
  run: async (context, input) => {
    const { tx, tenant, actorName, at } = context;
    const proposal = await demandWaiting(tx, tenant.tenantId, input.id, at);
    demandOther(context, proposal.requestedById, "approve");
    await demandNewest(tx, tenant.tenantId, proposal.baseVersion);
    const policy = parsePolicy(proposal.body);
    await demandMeetable(policy, at);
    await decide(context, proposal, "approved", input.note);
    const { version, effectiveAt } = await addVersion(tx, tenant.tenantId, {
      baseVersion: proposal.baseVersion,
      policy,
      body: proposal.body as object,
      sha256: proposal.sha256,
      reason: proposal.reason,
      at,
      createdBy: proposal.requestedBy,
      createdById: proposal.requestedById,
      proposalId: proposal.id,
      approvedBy: actorName,
    });
    return {
      output: { kind: "saved", version, effectiveAt: effectiveAt.toISOString() },
      subject: `policy ${version}`,
      detail: {
        version,
        proposal: proposal.id,
        policySha256: proposal.sha256,
        requestedBy: proposal.requestedBy,
        reason: proposal.reason,
        effectiveAt: effectiveAt.toISOString(),
        widening: recordedSentences(proposal.widening),
        note: input.note,
      },
    };
  },
});

const reject = mutation<Decision, void>({
  permission: "policy:approve",
  event: "policy.rejected",
  changesConfig: false,
  run: async (context, input) => {
    const proposal = await demandWaiting(context.tx, context.tenant.tenantId, input.id, context.at);
    demandOther(context, proposal.requestedById, "reject");
    await decide(context, proposal, "rejected", input.note);
    return { output: undefined, subject: proposal.id, detail: { note: input.note } };
  },
});

const withdraw = mutation<Decision, void>({
  permission: "policy:write",
  event: "policy.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const proposal = await demandWaiting(context.tx, context.tenant.tenantId, input.id, context.at);
    if (personOf(context.actor).personId !== proposal.requestedById)
      throw new Refusal("forbidden", "Only whoever asked for it takes it back; others reject it.");
    await decide(context, proposal, "withdrawn", input.note);
    return { output: undefined, subject: proposal.id, detail: { note: input.note } };
  },
});

async function demandWaiting(tx: PrismaTransaction, tenantId: string, id: string, at: Date) {
  const proposal = isUuid(id) ? await findProposal(tx, tenantId, id) : null;
  if (!proposal) throw new Refusal("not_found", "There is no such proposal.");
  if (proposal.decision) throw decidedAlready(proposal.decision.outcome);
  if (proposal.expiresAt <= at)
    throw new Refusal("conflict", "This proposal has lapsed: nobody decided it in time.");
  return proposal;
}

/** The store holds this as well, by a check; here it is said in words. */
function demandOther({ actor }: MutationContext, requestedById: string, verb: string): void {
  if (personOf(actor).personId !== requestedById) return;
  throw new Refusal("forbidden", `You asked for this change, so somebody else has to ${verb} it.`);
}

async function decide(
  { tx, actor, actorName, at }: MutationContext,
  proposal: { readonly tenantId: string; readonly id: string; readonly requestedById: string },
  outcome: "approved" | "rejected" | "withdrawn",
  note: string,
): Promise<void> {
  await insertPolicyDecision(tx, {
    tenantId: proposal.tenantId,
    proposalId: proposal.id,
    requestedById: proposal.requestedById,
    outcome,
    decidedBy: actorName,
    decidedById: personOf(actor).personId,
    decidedAt: at,
    note: note === "" ? null : note,
  });
}

/** Two people who decide at the same moment: the key lets one of them in. */
async function once<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Somebody else has just decided this proposal.", { cause: error });
  }
}

function decidedAlready(outcome: string): Refusal {
  return new Refusal("conflict", `This proposal was ${outcome} already.`);
}
