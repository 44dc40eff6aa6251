import type { DecisionOutcome } from "../../core/decision-outcome.ts";
import { exceptionName } from "../../core/findings/exception.ts";
import { type ExceptionRow, findException, insertExceptionDecision } from "../../db/finding-exception.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { changeFinding, noteFinding } from "../findings/change-finding.ts";
import { requireFinding } from "../findings/get-finding.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { decisionOf, demandAsker, demandOther, demandTwo, demandWaiting, once } from "../two-people.ts";

const raced = "Somebody else has just decided this exception.";
const otherDecides = "You asked for this exception, so somebody else has to decide it.";

export type ExceptionDecision = {
  readonly findingId: string;
  readonly exceptionId: string;
  readonly note: string;
};
type InTenant = ExceptionDecision & { readonly tenant: string };
type Options = MutationOptions & { readonly tenant?: string };

/** A second person accepts the case until the exception's day. Refused to whoever asked for it. */
export async function approveException(
  actor: Actor,
  input: ExceptionDecision,
  options: Options = {},
): Promise<void> {
  const wish = await inTenant(actor, input, options);
  return once(raced, () => approve(actor, wish, options));
}

/** A second person refuses it. */
export async function rejectException(
  actor: Actor,
  input: ExceptionDecision,
  options: Options = {},
): Promise<void> {
  const wish = await inTenant(actor, input, options);
  return once(raced, () => reject(actor, wish, options));
}

/** Whoever asked takes it back. */
export async function withdrawException(
  actor: Actor,
  input: ExceptionDecision,
  options: Options = {},
): Promise<void> {
  const wish = await inTenant(actor, input, options);
  return once(raced, () => withdraw(actor, wish, options));
}

const approve = mutation<InTenant, void>({
  permission: "exception:approve",
  event: "exception.approved",
  changesConfig: false,
  run: async (context, input) => {
    const row = await waiting(context.tx, context.tenant.tenantId, input, context.at);
    const tie = await demandTwo(context, row.authorId, otherDecides);
    if (row.expiresAt <= context.at) throw new Refusal("conflict", "The day it was asked for has passed.");
    await decide(context, row, "approved", input.note);
    const name = exceptionName(row.no);
    const where = { tenantId: row.tenantId, id: row.findingId };
    const note = said(name, `until ${row.expiresAt.toISOString().slice(0, 10)}`, input.note);
    const { from, to } = await changeFinding(
      context,
      where,
      { kind: "accept" },
      { kind: "exception_approved", note },
    );
    return {
      output: undefined,
      subject: row.findingId,
      detail: {
        reference: name,
        requestedBy: row.author,
        expires: row.expiresAt.toISOString(),
        from,
        to,
        note: input.note,
        approverAccount: tie,
      },
    };
  },
});

const reject = mutation<InTenant, void>({
  permission: "exception:approve",
  event: "exception.rejected",
  changesConfig: false,
  run: async (context, input) => {
    const row = await waiting(context.tx, context.tenant.tenantId, input, context.at);
    demandOther(context, row.authorId, otherDecides);
    return close(context, row, "rejected", input.note);
  },
});

const withdraw = mutation<InTenant, void>({
  permission: "finding:work",
  event: "exception.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const row = await waiting(context.tx, context.tenant.tenantId, input, context.at);
    demandAsker(context, row.authorId);
    return close(context, row, "withdrawn", input.note);
  },
});

async function close(
  context: MutationContext,
  row: ExceptionRow,
  outcome: Exclude<DecisionOutcome, "approved">,
  note: string,
) {
  await decide(context, row, outcome, note);
  const name = exceptionName(row.no);
  const where = { tenantId: row.tenantId, id: row.findingId };
  await noteFinding(context, where, { kind: `exception_${outcome}`, note: said(name, "", note) });
  return { output: undefined, subject: row.findingId, detail: { reference: name, note } };
}

async function inTenant(actor: Actor, input: ExceptionDecision, options: Options): Promise<InTenant> {
  const tenants = await tenantsFor(actor, "finding:read", options.tenant);
  const { tenant } = await requireFinding(tenants, input.findingId);
  return { ...input, tenant: tenant.tenantId };
}

async function waiting(
  tx: PrismaTransaction,
  tenantId: string,
  { findingId, exceptionId }: ExceptionDecision,
  at: Date,
): Promise<ExceptionRow> {
  const row = isUuid(exceptionId) ? await findException(tx, tenantId, exceptionId) : null;
  const own = row?.findingId === findingId ? row : null;
  // What lapses is the request; `expiresAt` is the day of what was asked for.
  const { asked } = demandWaiting(
    "exception",
    own && { asked: own, expiresAt: own.lapsesAt, decision: own.decision },
    at,
  );
  return asked;
}

async function decide(
  context: MutationContext,
  row: ExceptionRow,
  outcome: DecisionOutcome,
  note: string,
): Promise<void> {
  const { tenantId, id: exceptionId, authorId } = row;
  await insertExceptionDecision(context.tx, {
    tenantId,
    exceptionId,
    authorId,
    ...decisionOf(context, outcome, note),
  });
}

/** "EX-12 until 2027-01-31. Agreed in the risk board." */
function said(name: string, more: string, note: string): string {
  return [`${name}${more === "" ? "" : ` ${more}`}.`, note].filter((part) => part !== "").join(" ");
}
