import { visibleCredential } from "../../db/provider-credential.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

/** Ends the use of a provider's key. It stays sealed in the store, because calls name it. */
export const revokeCredential = mutation<
  { readonly tenant: string; readonly credentialId: string },
  { revokedAt: string }
>({
  permission: "credential:write",
  event: "credential.revoked",
  changesConfig: true,
  run: async ({ tx, tenant, at }, { credentialId }) => {
    const where = { tenantId: tenant.tenantId, id: credentialId };
    const credential = isUuid(credentialId)
      ? await tx.providerCredential.findFirst({ where, select: visibleCredential })
      : null;
    if (!credential) throw new Refusal("not_found", "There is no such credential.");
    const revokedAt = credential.revokedAt ?? at;
    await tx.providerCredential.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt } });
    return {
      output: { revokedAt: revokedAt.toISOString() },
      subject: credentialId,
      detail: { label: credential.label },
    };
  },
});
