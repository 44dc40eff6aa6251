import { v7 } from "uuid";
import type { FindingEvent, Resolution } from "../../contracts/findings.ts";
import type { CommentAudience } from "../../core/access/comment-audience.ts";
import { type FindingAct, type FindingState, transition } from "../../core/findings/transition.ts";
import type { MutationContext } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

export type FindingKey = { readonly tenantId: string; readonly id: string };
type FindingStep = { readonly kind: FindingEvent["kind"]; readonly note: string | null };

/**
 * Moves a case to its next state and writes the step into its history. Refuses a step the state does not allow. `checkDueAt`: of a
 * resolution, when somebody has to look whether it came again.
 */
export async function changeFinding(
  context: MutationContext,
  where: FindingKey,
  act: FindingAct,
  step: FindingStep & { readonly daysClean?: number; readonly checkDueAt?: Date | null },
): Promise<{ from: FindingState; to: FindingState }> {
  const { tx, at } = context;
  const finding = await tx.finding.findFirst({ where, select: { state: true } });
  if (!finding) throw new Refusal("not_found", "There is no such finding.");
  const from = finding.state as FindingState;
  const next = transition(from, act);
  if (!next.ok) throw new Refusal("conflict", next.message);
  const resolution: Resolution | null = act.kind === "resolve" ? act.resolution : null;
  const { checkDueAt = null, ...told } = step;
  const { count } = await tx.finding.updateMany({
    where: { ...where, state: from },
    data: {
      state: next.state,
      resolution,
      resolvedAt: resolution === null ? null : at,
      checkDueAt,
      checkedAt: null,
      checkedBy: null,
    },
  });
  if (count === 0) throw new Refusal("conflict", "Somebody else has just changed this finding.");
  await noteFinding(context, where, { ...told, resolution });
  return { from, to: next.state };
}

type ToldStep = FindingStep & {
  readonly resolution?: Resolution | null;
  readonly daysClean?: number;
  readonly audience?: CommentAudience;
};

/** Writes a step into the history of a case, beside its state. */
export async function noteFinding(
  { tx, at, actorName }: MutationContext,
  where: FindingKey,
  { kind, note, resolution = null, daysClean, audience = "everybody" }: ToldStep,
): Promise<void> {
  await tx.findingEvent.createMany({
    data: [
      {
        tenantId: where.tenantId,
        findingId: where.id,
        id: v7(),
        at,
        actor: actorName,
        kind,
        note,
        resolution,
        daysClean: daysClean ?? null,
        audience,
      },
    ],
  });
}
