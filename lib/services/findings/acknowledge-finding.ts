import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { changeFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

export type AcknowledgeFinding = { readonly id: string; readonly note?: string | undefined };

const acknowledge = mutation<AcknowledgeFinding & { readonly tenant: string }, void>({
  permission: "finding:work",
  event: "finding.acknowledged",
  changesConfig: false,
  run: async (context, { id, note }) => {
    const where = { tenantId: context.tenant.tenantId, id };
    const { from, to } = await changeFinding(
      context,
      where,
      { kind: "acknowledge" },
      {
        kind: "acknowledged",
        note: note ?? null,
      },
    );
    return { output: undefined, subject: id, detail: { from, to } };
  },
});

/** Somebody has seen it. New calls are counted on; they do not open it again. */
export async function acknowledgeFinding(
  actor: Actor,
  input: AcknowledgeFinding,
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await acknowledge(actor, { ...input, tenant: tenant.tenantId }, options);
}
