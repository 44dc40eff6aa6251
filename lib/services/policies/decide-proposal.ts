import type { DecisionInput, SavedPolicy } from "../../contracts/policies.ts";
import type { DecisionOutcome } from "../../core/decision-outcome.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { findProposal, insertPolicyDecision } from "../../db/policy-proposal.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { decisionOf, demandAsker, demandOther, demandTwo, demandWaiting, once } from "../two-people.ts";
import { addVersion, demandNewest } from "./add-version.ts";
import { demandMeetable } from "./checked-policy.ts";
import { recordedSentences } from "./recorded-sentences.ts";

const raced = "Somebody else has just decided this proposal.";

type Decision = DecisionInput & { readonly id: string };

/** A second person approves a proposal: it becomes the next version. Refused to whoever asked for it. */
export function approveProposal(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<SavedPolicy> {
  return once(raced, () => approve(actor, input, options));
}

/** A second person refuses a proposal. */
export function rejectProposal(actor: Actor, input: Decision, options: MutationOptions = {}): Promise<void> {
  return once(raced, () => reject(actor, input, options));
}

/** Whoever asked takes the proposal back. */
export function withdrawProposal(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<void> {
  return once(raced, () => withdraw(actor, input, options));
}

const approve = mutation<Decision, SavedPolicy>({
  permission: "policy:approve",
  event: "policy.approved",
  changesConfig: true,
  run: async (context, input) => {
    const { tx, tenant, actorName, at } = context;
    const proposal = await waiting(tx, tenant.tenantId, input.id, at);
    const tie = await demandTwo(context, proposal.requestedById, otherHasTo("approve"));
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
        approverAccount: tie,
      },
    };
  },
});

const reject = mutation<Decision, void>({
  permission: "policy:approve",
  event: "policy.rejected",
  changesConfig: false,
  run: async (context, input) => {
    const proposal = await waiting(context.tx, context.tenant.tenantId, input.id, context.at);
    demandOther(context, proposal.requestedById, otherHasTo("reject"));
    await decide(context, proposal, "rejected", input.note);
    return { output: undefined, subject: proposal.id, detail: { note: input.note } };
  },
});

const withdraw = mutation<Decision, void>({
  permission: "policy:write",
  event: "policy.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const proposal = await waiting(context.tx, context.tenant.tenantId, input.id, context.at);
    demandAsker(context, proposal.requestedById);
    await decide(context, proposal, "withdrawn", input.note);
    return { output: undefined, subject: proposal.id, detail: { note: input.note } };
  },
});

const otherHasTo = (verb: string): string => `You asked for this change, so somebody else has to ${verb} it.`;

async function waiting(tx: PrismaTransaction, tenantId: string, id: string, at: Date) {
  return demandWaiting("proposal", isUuid(id) ? await findProposal(tx, tenantId, id) : null, at);
}

async function decide(
  context: MutationContext,
  proposal: { readonly tenantId: string; readonly id: string; readonly requestedById: string },
  outcome: DecisionOutcome,
  note: string,
): Promise<void> {
  await insertPolicyDecision(context.tx, {
    tenantId: proposal.tenantId,
    proposalId: proposal.id,
    requestedById: proposal.requestedById,
    ...decisionOf(context, outcome, note),
  });
}
