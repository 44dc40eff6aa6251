import type { CommentInput } from "../../contracts/findings.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { noteFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

const comment = mutation<CommentInput & { readonly id: string; readonly tenant: string }, void>({
  permission: "finding:work",
  event: "finding.commented",
  changesConfig: false,
  run: async (context, { id, note }) => {
    await noteFinding(context, { tenantId: context.tenant.tenantId, id }, { kind: "commented", note });
    return { output: undefined, subject: id, detail: { characters: note.length } };
  },
});

/** Adds to the history what somebody has to say. Auditors read it; it is never changed. */
export async function commentOnFinding(
  actor: Actor,
  input: CommentInput & { readonly id: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await comment(actor, { ...input, tenant: tenant.tenantId }, options);
}
