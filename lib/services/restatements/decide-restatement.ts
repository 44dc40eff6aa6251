import type { DecisionInput } from "../../contracts/policies.ts";
import type { RestatementEffect, VerdictMove } from "../../contracts/restatements.ts";
import type { DecisionOutcome } from "../../core/decision-outcome.ts";
import {
  findRestatement,
  insertRestatedCalls,
  insertRestatementDecision,
  newestApproval,
} from "../../db/restatement.ts";
import { type PrismaTransaction, withTenant } from "../../db/with-tenant.ts";
import { isUuid, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { decisionOf, demandAsker, demandOther, demandTwo, demandWaiting, once } from "../two-people.ts";
import { type Restated, restateScope } from "./restate-scope.ts";
import { storedScope } from "./stored-scope.ts";

const raced = "Somebody else has just decided this restatement.";
const otherDecides = "You asked for this restatement, so somebody else has to decide it.";

type Decision = DecisionInput & { readonly id: string };

/**
 * A second person approves a correction: every call in scope that it changes is written down beside its first verdict,
 * which stays. Refused to its author, and where another correction was approved while this one was judged.
 */
export async function approveRestatement(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<RestatementEffect> {
  const { tenantId } = await tenantFor(actor, "restatement:approve", input.tenant);
  const at = options.at ?? new Date();
  const { row, newest } = await withTenant({ read: [tenantId], write: null }, async (tx) => ({
    row: await waiting(tx, tenantId, input.id, at),
    newest: await newestApproval(tx, tenantId),
  }));
  // Judged before the transaction that holds the tenant's lock: what is in scope lies in the past. What it counts as
  // does not: an approval that comes between is found under the lock.
  const { effect, changed } = await restateScope(storedScope(row));
  return once(raced, () => approve(actor, { ...input, effect, changed, newest }, options));
}

/** A second person refuses a correction. */
export function rejectRestatement(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<void> {
  return once(raced, () => reject(actor, input, options));
}

/** Its author takes a correction back. */
export function withdrawRestatement(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<void> {
  return once(raced, () => withdraw(actor, input, options));
}

type Approval = Decision & {
  readonly effect: RestatementEffect;
  readonly changed: readonly Restated[];
  /** The newest approval when it was judged. */
  readonly newest: string | null;
};

const approve = mutation<Approval, RestatementEffect>({
  permission: "restatement:approve",
  event: "restatement.approved",
  changesConfig: false,
  run: async (context, input) => {
    const { tx, tenant, at } = context;
    const row = await waiting(tx, tenant.tenantId, input.id, at);
    const tie = await demandTwo(context, row.authorId, otherDecides);
    if ((await newestApproval(tx, tenant.tenantId)) !== input.newest)
      throw new Refusal(
        "conflict",
        "Another restatement was just approved. Look again at what this one does.",
      );
    await decide(context, row, "approved", input.note, input.effect.calls);
    await insertRestatedCalls(
      tx,
      input.changed.map((each) => ({ ...each, restatementId: row.id })),
    );
    const { moves, calls } = input.effect;
    return {
      output: input.effect,
      subject: row.id,
      detail: {
        author: row.author,
        callsInScope: calls,
        callsChanged: moves.reduce((sum, move) => sum + move.calls, 0),
        moves: moves.map(moveText),
        note: input.note,
        approverAccount: tie,
      },
    };
  },
});

function moveText({ before, after, bandBefore, bandAfter, calls }: VerdictMove): string {
  const named = (verdict: string, band: string | null) => (band === null ? verdict : `${verdict} ${band}`);
  return `${named(before, bandBefore)} to ${named(after, bandAfter)}: ${calls}`;
}

const reject = mutation<Decision, void>({
  permission: "restatement:approve",
  event: "restatement.rejected",
  changesConfig: false,
  run: async (context, input) => {
    const row = await waiting(context.tx, context.tenant.tenantId, input.id, context.at);
    demandOther(context, row.authorId, otherDecides);
    await decide(context, row, "rejected", input.note, null);
    return { output: undefined, subject: row.id, detail: { note: input.note } };
  },
});

const withdraw = mutation<Decision, void>({
  permission: "restatement:write",
  event: "restatement.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const row = await waiting(context.tx, context.tenant.tenantId, input.id, context.at);
    demandAsker(context, row.authorId);
    await decide(context, row, "withdrawn", input.note, null);
    return { output: undefined, subject: row.id, detail: { note: input.note } };
  },
});

async function waiting(tx: PrismaTransaction, tenantId: string, id: string, at: Date) {
  return demandWaiting("restatement", isUuid(id) ? await findRestatement(tx, tenantId, id) : null, at);
}

async function decide(
  context: MutationContext,
  row: { readonly tenantId: string; readonly id: string; readonly authorId: string },
  outcome: DecisionOutcome,
  note: string,
  calls: number | null,
): Promise<void> {
  await insertRestatementDecision(context.tx, {
    tenantId: row.tenantId,
    restatementId: row.id,
    authorId: row.authorId,
    ...decisionOf(context, outcome, note),
    calls,
  });
}
