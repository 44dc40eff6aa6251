import type { CheckInput } from "../../contracts/findings.ts";
import { instantWords } from "../../contracts/instant-words.ts";
import { daysClean } from "../../core/findings/effectiveness.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { changeFinding, type FindingKey, noteFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

type Check = { readonly id: string; readonly note: string; readonly tenant: string };

const confirm = mutation<Check, void>({
  permission: "finding:work",
  event: "finding.checked",
  changesConfig: false,
  run: async (context, { id, note }) => {
    const { tx, at, actorName, tenant } = context;
    const where = { tenantId: tenant.tenantId, id };
    const { resolvedAt, checkDueAt, checkedAt } = await resolved(tx, where);
    if (checkDueAt === null || resolvedAt === null)
      throw new Refusal("conflict", "Nothing of it is checked.");
    if (checkedAt !== null) throw new Refusal("conflict", "It has been checked already.");
    if (checkDueAt > at)
      throw new Refusal("conflict", `It is checked from ${instantWords(checkDueAt, "day")} on.`);
    await tx.finding.updateMany({ where, data: { checkedAt: at, checkedBy: actorName } });
    await noteFinding(context, where, { kind: "checked", note });
    const days = daysClean(resolvedAt.getTime(), at.getTime());
    return { output: undefined, subject: id, detail: { note, daysClean: days } };
  },
});

const recur = mutation<Check, void>({
  permission: "finding:work",
  event: "finding.recurred",
  changesConfig: false,
  run: async (context, { id, note }) => {
    const { tx, at, tenant } = context;
    const where = { tenantId: tenant.tenantId, id };
    const { resolvedAt } = await resolved(tx, where);
    const days = resolvedAt === null ? 0 : daysClean(resolvedAt.getTime(), at.getTime());
    const step = { kind: "reopened", note, daysClean: days } as const;
    const { from, to } = await changeFinding(context, where, { kind: "recur" }, step);
    return { output: undefined, subject: id, detail: { from, to, note, daysClean: days } };
  },
});

/**
 * Somebody says whether a resolved case came again: that it did not, from the day of the check on; that it did, at any time, which
 * opens it again. A recorded call of its kind opens it by itself, and nobody is asked.
 */
export async function checkFinding(
  actor: Actor,
  { outcome, ...input }: CheckInput & { readonly id: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  const check = outcome === "effective" ? confirm : recur;
  await check(actor, { ...input, tenant: tenant.tenantId }, options);
}

type Resolved = {
  readonly resolvedAt: Date | null;
  readonly checkDueAt: Date | null;
  readonly checkedAt: Date | null;
};

async function resolved(tx: PrismaTransaction, where: FindingKey): Promise<Resolved> {
  const found = await tx.finding.findFirst({
    where,
    select: { state: true, resolvedAt: true, checkDueAt: true, checkedAt: true },
  });
  if (!found) throw new Refusal("not_found", "There is no such finding.");
  if (found.state !== "resolved") throw new Refusal("conflict", "Only what is resolved is checked.");
  return found;
}
