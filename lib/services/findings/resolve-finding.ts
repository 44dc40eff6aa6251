import type { ResolveInput } from "../../contracts/findings.ts";
import { dayMs } from "../../core/calendar.ts";
import { checkDays, checkDaysMax, needsAnalysis } from "../../core/findings/effectiveness.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { newestAnalysis } from "../../db/finding-analysis.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { stateAnalysis } from "./analyse-finding.ts";
import { changeFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

const resolve = mutation<ResolveInput & { readonly id: string; readonly tenant: string }, void>({
  permission: "finding:work",
  event: "finding.resolved",
  changesConfig: false,
  run: async (context, { id, resolution, note, analysis, checkDueAt: wanted }) => {
    const { tx, at, tenant } = context;
    const where = { tenantId: tenant.tenantId, id };
    const found = await tx.finding.findFirst({ where, select: { cause: true } });
    if (!found) throw new Refusal("not_found", "There is no such finding.");
    const isNeeded = needsAnalysis(found.cause as FindingCause, resolution);
    if (isNeeded && !analysis && !(await newestAnalysis(tx, tenant.tenantId, id)))
      throw new Refusal("invalid_input", "Say what caused it, and what keeps it from coming again.", {
        fields: [
          { field: "analysis", message: "Nobody has stated the cause and the corrective action yet." },
        ],
      });
    const stated = analysis ? await stateAnalysis(context, where, analysis) : {};
    const checkDueAt = isNeeded ? checkDayOf(wanted ?? null, at) : null;
    const { from, to } = await changeFinding(
      context,
      where,
      { kind: "resolve", resolution },
      { kind: "resolved", note, checkDueAt },
    );
    const detail = { from, to, resolution, checkDue: checkDueAt?.toISOString() ?? null, ...stated };
    return { output: undefined, subject: id, detail };
  },
});

/**
 * Somebody says it is over, how, what caused it, and when to look whether it came again. A call that begins after this opens it
 * again.
 */
export async function resolveFinding(
  actor: Actor,
  input: ResolveInput & { readonly id: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await resolve(actor, { ...input, tenant: tenant.tenantId }, options);
}

function checkDayOf(wanted: string | null, at: Date): Date {
  if (wanted === null) return new Date(at.getTime() + checkDays * dayMs);
  const day = new Date(wanted);
  if (day > at && day.getTime() <= at.getTime() + checkDaysMax * dayMs) return day;
  throw new Refusal("invalid_input", "A resolution is checked within a year.", {
    fields: [{ field: "checkDueAt", message: `A day to come, at most ${checkDaysMax} days ahead.` }],
  });
}
