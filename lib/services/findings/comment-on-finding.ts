import type { CommentInput } from "../../contracts/findings.ts";
import { audiencesOf } from "../../core/access/comment-audience.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { noteFinding } from "./change-finding.ts";
import { requireFinding } from "./get-finding.ts";

const comment = mutation<CommentInput & { readonly id: string; readonly tenant: string }, void>({
  permission: "finding:comment",
  event: "finding.commented",
  changesConfig: false,
  run: async (context, { id, note, audience = "everybody" }) => {
    const { tenantId, role } = context.tenant;
    if (!audiencesOf(role).includes(audience))
      throw new Refusal("forbidden", `The role ${role} reads no such comment, and writes none.`);
    await noteFinding(context, { tenantId, id }, { kind: "commented", note, audience });
    return { output: undefined, subject: id, detail: { characters: note.length, audience } };
  },
});

/**
 * Adds to the history what somebody has to say or to ask. It is never changed. Auditors read it, unless it is not for them; that there
 * is one stands in the audit trail all the same.
 */
export async function commentOnFinding(
  actor: Actor,
  input: CommentInput & { readonly id: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(await tenantsFor(actor, "finding:read", options.tenant), input.id);
  await comment(actor, { ...input, tenant: tenant.tenantId }, options);
}
