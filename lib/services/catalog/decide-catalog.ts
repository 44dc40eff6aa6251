import type { CatalogDecisionInput, CatalogVersionSummary } from "../../contracts/catalog.ts";
import type { DecisionOutcome } from "../../core/decision-outcome.ts";
import { completeCatalog, type KeptCatalog } from "../../core/regions/complete-catalog.ts";
import { keepConfirmations } from "../../core/regions/confirmations.ts";
import { findCatalogProposal, insertCatalogDecision } from "../../db/catalog-proposal.ts";
import type { CatalogOrigin } from "../../db/catalog-version.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import type { Actor } from "../actor.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { deploymentMutation, type MutationContext, type MutationOptions } from "../mutation.ts";
import { recordedSentences } from "../policies/recorded-sentences.ts";
import { decisionOf, demandAsker, demandOther, demandTwo, demandWaiting, once } from "../two-people.ts";
import { addCatalogVersion, demandNewestCatalog, demandSound } from "./add-catalog-version.ts";
import { catalogEffect } from "./catalog-effect.ts";
import { confirmedCatalog } from "./confirmed-catalog.ts";
import { tellTenants } from "./record-adoptions.ts";

const raced = "Somebody else has just decided this proposal.";

type Decision = CatalogDecisionInput & { readonly id: string };

/** A second administrator of the deployment approves a catalog: it becomes the next version. Refused to whoever asked for it. */
export async function approveCatalog(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<CatalogVersionSummary> {
  const published = await once(raced, () => approve(actor, input, options));
  await tellTenants(published.version);
  return published;
}

/** A second administrator refuses it. */
export function rejectCatalog(actor: Actor, input: Decision, options: MutationOptions = {}): Promise<void> {
  return once(raced, () => reject(actor, input, options));
}

/** Whoever asked takes it back. */
export function withdrawCatalog(actor: Actor, input: Decision, options: MutationOptions = {}): Promise<void> {
  return once(raced, () => withdraw(actor, input, options));
}

const approve = deploymentMutation<Decision, CatalogVersionSummary>({
  who: "admin",
  event: "catalog.approved",
  changesConfig: true,
  run: async (context, input) => {
    const { tx, actorName, at } = context;
    const proposal = await waiting(tx, input.id, at);
    const { basedOn, requestedBy, requestedById } = proposal;
    const tie = await demandTwo(context, requestedById, otherHasTo("approve"));
    await demandNewestCatalog(basedOn);
    const current = await confirmedCatalog(await catalogOf(basedOn));
    const kept = completeCatalog(proposal.body as unknown as KeptCatalog);
    const proposed = keepConfirmations(kept, current);
    await demandSound(current, proposed, at);
    const { changes, widening } = await catalogEffect(current, proposed, at);
    await decide(context, proposal, "approved", input.note);
    const { output, subject, detail } = await addCatalogVersion(tx, {
      proposed,
      basedOn,
      origin: proposal.origin as CatalogOrigin,
      reason: proposal.reason,
      publishedBy: requestedBy,
      publishedById: requestedById,
      at,
      proposalId: proposal.id,
      approvedBy: actorName,
    });
    return {
      output,
      subject,
      detail: {
        ...detail,
        proposal: proposal.id,
        proposalSha256: proposal.sha256,
        requestedBy,
        changes: changes.length,
        widening: recordedSentences(widening),
        note: input.note,
        approverAccount: tie,
      },
    };
  },
});

const reject = deploymentMutation<Decision, void>({
  who: "admin",
  event: "catalog.rejected",
  changesConfig: false,
  run: async (context, input) => {
    const proposal = await waiting(context.tx, input.id, context.at);
    demandOther(context, proposal.requestedById, otherHasTo("reject"));
    await decide(context, proposal, "rejected", input.note);
    return { output: undefined, subject: proposal.id, detail: { note: input.note } };
  },
});

const withdraw = deploymentMutation<Decision, void>({
  who: "admin",
  event: "catalog.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const proposal = await waiting(context.tx, input.id, context.at);
    demandAsker(context, proposal.requestedById);
    await decide(context, proposal, "withdrawn", input.note);
    return { output: undefined, subject: proposal.id, detail: { note: input.note } };
  },
});

const otherHasTo = (verb: string): string =>
  `You asked for this change, so another administrator of the deployment has to ${verb} it.`;

async function waiting(tx: PrismaTransaction, id: string, at: Date) {
  return demandWaiting("proposal", isUuid(id) ? await findCatalogProposal(tx, id) : null, at);
}

async function decide(
  context: MutationContext,
  { id, requestedById }: { readonly id: string; readonly requestedById: string },
  outcome: DecisionOutcome,
  note: string,
): Promise<void> {
  await insertCatalogDecision(context.tx, {
    proposalId: id,
    requestedById,
    ...decisionOf(context, outcome, note),
  });
}
