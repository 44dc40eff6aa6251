import type { AssignInput } from "../../contracts/findings.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { noteFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";
import { workersOf } from "./workers-of.ts";

const assign = mutation<AssignInput & { readonly id: string; readonly tenant: string }, void>({
  permission: "finding:work",
  event: "finding.assigned",
  changesConfig: false,
  run: async (context, { id, assigneeId, dueAt }) => {
    const { tx, tenant } = context;
    const where = { tenantId: tenant.tenantId, id };
    const assignee = assigneeId === null ? null : await memberWhoWorks(tx, tenant.tenantId, assigneeId);
    await tx.finding.updateMany({
      where,
      data: { assigneeId, assignee, dueAt: dueAt === null ? null : new Date(dueAt) },
    });
    const due = dueAt === null ? "without a day" : `until ${new Date(dueAt).toISOString().slice(0, 10)}`;
    await noteFinding(context, where, { kind: "assigned", note: `To ${assignee ?? "nobody"}, ${due}.` });
    return { output: undefined, subject: id, detail: { assigneeId, dueAt } };
  },
});

/** Names who works on a case, and until when. */
export async function assignFinding(
  actor: Actor,
  input: AssignInput & { readonly id: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await assign(actor, { ...input, tenant: tenant.tenantId }, options);
}

async function memberWhoWorks(tx: PrismaTransaction, tenantId: string, personId: string): Promise<string> {
  const worker = (await workersOf(tx, tenantId)).find(({ id }) => id === personId);
  if (worker) return worker.name;
  throw new Refusal("invalid_input", "Findings are worked on by officers and admins of the tenant.", {
    fields: [{ field: "assigneeId", message: "Choose an officer or an admin of the tenant." }],
  });
}
