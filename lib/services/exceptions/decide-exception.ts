import { exceptionName } from "../../core/findings/exception.ts";
import { type ExceptionRow, findException, insertExceptionDecision } from "../../db/finding-exception.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid, personOf, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { changeFinding, noteFinding } from "../findings/change-finding.ts";
import { requireFinding } from "../findings/get-finding.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { stateOfRow } from "./exception-item.ts";

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
  return once(() => approve(actor, wish, options));
}

/** A second person refuses it. */
export async function rejectException(
  actor: Actor,
  input: ExceptionDecision,
  options: Options = {},
): Promise<void> {
  const wish = await inTenant(actor, input, options);
  return once(() => reject(actor, wish, options));
}

/** Whoever asked takes it back. */
export async function withdrawException(
  actor: Actor,
  input: ExceptionDecision,
  options: Options = {},
): Promise<void> {
  const wish = await inTenant(actor, input, options);
  return once(() => withdraw(actor, wish, options));
}

const approve = mutation<InTenant, void>({
  permission: "exception:approve",
  event: "exception.approved",
  changesConfig: false,
  run: async (context, input) => {
    const row = await demandWaiting(context.tx, context.tenant.tenantId, input, context.at);
    demandOther(context, row);
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
      },
    };
  },
});

const reject = mutation<InTenant, void>({
  permission: "exception:approve",
  event: "exception.rejected",
  changesConfig: false,
  run: async (context, input) => {
    const row = await demandWaiting(context.tx, context.tenant.tenantId, input, context.at);
    demandOther(context, row);
    return close(context, row, "rejected", input.note);
  },
});

const withdraw = mutation<InTenant, void>({
  permission: "finding:work",
  event: "exception.withdrawn",
  changesConfig: false,
  run: async (context, input) => {
    const row = await demandWaiting(context.tx, context.tenant.tenantId, input, context.at);
    if (personOf(context.actor).personId !== row.authorId)
      throw new Refusal("forbidden", "Only whoever asked for it takes it back; others reject it.");
    return close(context, row, "withdrawn", input.note);
  },
});

async function close(
  context: MutationContext,
  row: ExceptionRow,
  outcome: "rejected" | "withdrawn",
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

async function demandWaiting(
  tx: PrismaTransaction,
  tenantId: string,
  { findingId, exceptionId }: ExceptionDecision,
  at: Date,
): Promise<ExceptionRow> {
  const row = isUuid(exceptionId) ? await findException(tx, tenantId, exceptionId) : null;
  if (row?.findingId !== findingId) throw new Refusal("not_found", "There is no such exception.");
  const state = stateOfRow(row, at);
  if (state === "lapsed")
    throw new Refusal("conflict", `${exceptionName(row.no)} has lapsed: nobody decided it in time.`);
  if (row.decision)
    throw new Refusal("conflict", `${exceptionName(row.no)} was ${row.decision.outcome} already.`);
  return row;
}

/** The store holds this as well, by a check; here it is said in words. */
function demandOther({ actor }: MutationContext, { authorId }: ExceptionRow): void {
  if (personOf(actor).personId !== authorId) return;
  throw new Refusal("forbidden", "You asked for this exception, so somebody else has to decide it.");
}

async function decide(
  { tx, actor, actorName, at }: MutationContext,
  row: ExceptionRow,
  outcome: "approved" | "rejected" | "withdrawn",
  note: string,
): Promise<void> {
  await insertExceptionDecision(tx, {
    tenantId: row.tenantId,
    exceptionId: row.id,
    authorId: row.authorId,
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
    throw new Refusal("conflict", "Somebody else has just decided this exception.", { cause: error });
  }
}

/** "EX-12 until 2027-01-31. Agreed in the risk board." */
function said(name: string, more: string, note: string): string {
  return [`${name}${more === "" ? "" : ` ${more}`}.`, note].filter((part) => part !== "").join(" ");
}
