import type { DecisionInput } from "../../contracts/policies.ts";
import type { RestatementEffect, VerdictMove } from "../../contracts/restatements.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import {
  findRestatement,
  insertRestatedCalls,
  insertRestatementDecision,
  newestApproval,
} from "../../db/restatement.ts";
import { type PrismaTransaction, withTenant } from "../../db/with-tenant.ts";
import { isUuid, personOf, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { type Restated, restateScope } from "./restate-scope.ts";
import { storedScope } from "./stored-scope.ts";

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
    row: await demandWaiting(tx, tenantId, input.id, at),
    newest: await newestApproval(tx, tenantId),
  }));
  // Judged before the transaction that holds the tenant's lock: what is in scope lies in the past. What it counts as
  // does not: an approval that comes between is found under the lock.
  const { effect, changed } = await restateScope(storedScope(row));
  return once(() => approve(actor, { ...input, effect, changed, newest }, options));
}

/** A second person refuses a correction. */
export function rejectRestatement(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<void> {
  return once(() => reject(actor, input, options));
}

/** Its author takes a correction back. */
export function withdrawRestatement(
  actor: Actor,
  input: Decision,
  options: MutationOptions = {},
): Promise<void> {
  return once(() => withdraw(actor, input, options));
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
    const row = await demandWaiting(tx, tenant.tenantId, input.id, at);
    demandOther(context, row.authorId);
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
    const row = await demandWaiting(context.tx, context.tenant.tenantId, input.id, context.at);
    demandOther(context, row.authorId);
    await decide(context, row, "rejected", input.note, null);
    return { output: undefined, subject: row.id, detail: { note: input.note } };
  },
});

const withdraw = mutation<Decision, void>({
  permission: "restatement:write",
  event: "restatement.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const row = await demandWaiting(context.tx, context.tenant.tenantId, input.id, context.at);
    if (personOf(context.actor).personId !== row.authorId)
      throw new Refusal("forbidden", "Only whoever asked for it takes it back; others reject it.");
    await decide(context, row, "withdrawn", input.note, null);
    return { output: undefined, subject: row.id, detail: { note: input.note } };
  },
});

async function demandWaiting(tx: PrismaTransaction, tenantId: string, id: string, at: Date) {
  const row = isUuid(id) ? await findRestatement(tx, tenantId, id) : null;
  if (!row) throw new Refusal("not_found", "There is no such restatement.");
  if (row.decision) throw new Refusal("conflict", `This restatement was ${row.decision.outcome} already.`);
  if (row.expiresAt <= at)
    throw new Refusal("conflict", "This restatement has lapsed: nobody decided it in time.");
  return row;
}

/** The store holds this as well, by a check; here it is said in words. */
function demandOther({ actor }: MutationContext, authorId: string): void {
  if (personOf(actor).personId !== authorId) return;
  throw new Refusal("forbidden", "You asked for this restatement, so somebody else has to decide it.");
}

async function decide(
  { tx, actor, actorName, at }: MutationContext,
  row: { readonly tenantId: string; readonly id: string; readonly authorId: string },
  outcome: "approved" | "rejected" | "withdrawn",
  note: string,
  calls: number | null,
): Promise<void> {
  await insertRestatementDecision(tx, {
    tenantId: row.tenantId,
    restatementId: row.id,
    authorId: row.authorId,
    outcome,
    decidedBy: actorName,
    decidedById: personOf(actor).personId,
    decidedAt: at,
    note: note === "" ? null : note,
    calls,
  });
}

/** Two people who decide at the same moment: the key lets one of them in. */
async function once<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Somebody else has just decided this restatement.", { cause: error });
  }
}
