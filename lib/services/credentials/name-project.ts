import type { CredentialSummary, NameProjectInput } from "../../contracts/tenants.ts";
import { visibleCredential } from "../../db/provider-credential.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { credentialSummary } from "./credential-summary.ts";

type Input = NameProjectInput & { readonly tenant: string; readonly credentialId: string };

/**
 * Says which project at OpenAI a key is of, where nobody said it when the key was added. It is said once: a key never changes its
 * project, and what was compared and pinned by it stays as it was.
 */
export const nameProject = mutation<Input, CredentialSummary>({
  permission: "credential:write",
  event: "credential.project_named",
  changesConfig: true,
  run: async ({ tx, tenant: { tenantId } }, { credentialId, projectId }) => {
    const where = { tenantId, id: credentialId };
    const credential = isUuid(credentialId)
      ? await tx.providerCredential.findFirst({ where, select: visibleCredential })
      : null;
    if (!credential) throw new Refusal("not_found", "There is no such credential.");
    if (credential.kind !== "openai")
      throw new Refusal("invalid_input", "A project is one at OpenAI, and this key is none of OpenAI's.");
    if (credential.revokedAt !== null)
      throw new Refusal("conflict", "This key was revoked. What it was of is no longer asked for.");
    // Of two who name it at once one finds it named.
    const { count } = await tx.providerCredential.updateMany({
      where: { ...where, projectId: null },
      data: { projectId },
    });
    if (count === 0)
      throw new Refusal(
        "conflict",
        "The project of this key is named already. A key never changes its project.",
      );
    return {
      output: credentialSummary({ ...credential, projectId }),
      subject: credentialId,
      detail: { name: credential.label, projectId },
    };
  },
});
