import type { AnalysisInput } from "../../contracts/findings.ts";
import { analysisWords } from "../../core/findings/root-cause.ts";
import { insertAnalysis, newestAnalysis } from "../../db/finding-analysis.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { type FindingKey, noteFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

const analyse = mutation<AnalysisInput & { readonly id: string; readonly tenant: string }, void>({
  permission: "finding:work",
  event: "finding.analysed",
  changesConfig: false,
  run: async (context, { id, tenant: _tenant, ...analysis }) => {
    const where = { tenantId: context.tenant.tenantId, id };
    return { output: undefined, subject: id, detail: await stateAnalysis(context, where, analysis) };
  },
});

/**
 * States what caused a case and what keeps it from coming again, in any state of the case. What was stated before stays: this is the
 * next version.
 */
export async function analyseFinding(
  actor: Actor,
  input: AnalysisInput & { readonly id: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await analyse(actor, { ...input, tenant: tenant.tenantId }, options);
}

/** Writes the next version of the analysis, and the step into the history. Answers what the log's entry says of it. */
export async function stateAnalysis(context: MutationContext, where: FindingKey, analysis: AnalysisInput) {
  const { tx, actorName, at } = context;
  const { tenantId, id } = where;
  const { rootCause, explanation, action, actionOwner } = analysis;
  const actionDueAt = new Date(analysis.actionDueAt);
  const version = ((await newestAnalysis(tx, tenantId, id))?.version ?? 0) + 1;
  await insertAnalysis(tx, {
    tenantId,
    findingId: id,
    version,
    rootCause,
    explanation,
    action,
    actionOwner,
    actionDueAt,
    statedBy: actorName,
    statedAt: at,
  });
  await noteFinding(context, where, {
    kind: "analysed",
    note: analysisWords({ ...analysis, actionDueAt: actionDueAt.toISOString() }),
  });
  return {
    analysis: version,
    rootCause,
    explanation,
    action,
    actionOwner,
    actionDue: actionDueAt.toISOString(),
  };
}
