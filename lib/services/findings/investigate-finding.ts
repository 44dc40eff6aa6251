import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import type { AcknowledgeFinding } from "./acknowledge-finding.ts";
import { changeFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

const investigate = mutation<AcknowledgeFinding & { readonly tenant: string }, void>({
  permission: "finding:work",
  event: "finding.investigated",
  changesConfig: false,
  run: async (context, { id, note }) => {
    const where = { tenantId: context.tenant.tenantId, id };
    const step = { kind: "investigating", note: note ?? null } as const;
    const { from, to } = await changeFinding(context, where, { kind: "investigate" }, step);
    return { output: undefined, subject: id, detail: { from, to } };
  },
});

/** Somebody looks for its cause. New calls are counted on; they do not open it again. */
export async function investigateFinding(
  actor: Actor,
  input: AcknowledgeFinding,
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await investigate(actor, { ...input, tenant: tenant.tenantId }, options);
}
