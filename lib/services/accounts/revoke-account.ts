import { mutation } from "../mutation.ts";
import { findAccount } from "./find-account.ts";

type Where = { readonly tenant: string; readonly accountId: string };

/** Ends the use of an admin key. What was read with it stays, as do the pins that follow from it. */
export const revokeAccount = mutation<Where, { revokedAt: string }>({
  permission: "credential:write",
  event: "account.revoked",
  changesConfig: false,
  run: async ({ tx, tenant: { tenantId }, at }, { accountId }) => {
    const account = await findAccount(tx, tenantId, accountId);
    const revokedAt = account.revokedAt ?? at;
    await tx.providerAccount.updateMany({
      where: { tenantId, id: accountId, revokedAt: null },
      data: { revokedAt },
    });
    return {
      output: { revokedAt: revokedAt.toISOString() },
      subject: accountId,
      detail: { name: account.label },
    };
  },
});
