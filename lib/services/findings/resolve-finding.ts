import type { ResolveInput } from "../../contracts/findings.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { changeFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

const resolve = mutation<ResolveInput & { readonly id: string; readonly tenant: string }, void>({
  permission: "finding:work",
  event: "finding.resolved",
  changesConfig: false,
  run: async (context, { id, resolution, note }) => {
    const where = { tenantId: context.tenant.tenantId, id };
    const { from, to } = await changeFinding(
      context,
      where,
      { kind: "resolve", resolution },
      {
        kind: "resolved",
        note,
      },
    );
    return { output: undefined, subject: id, detail: { from, to, resolution } };
  },
});

/** Somebody says it is over, and how. A call that begins after this opens it again. */
export async function resolveFinding(
  actor: Actor,
  input: ResolveInput & { readonly id: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await resolve(actor, { ...input, tenant: tenant.tenantId }, options);
}
