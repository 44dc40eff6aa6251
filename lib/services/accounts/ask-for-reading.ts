import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { findUsedAccount } from "./find-account.ts";

type Where = { readonly tenant: string; readonly accountId: string };

/** A person wants the provider read now. The worker does it within seconds. */
export const askForReading = mutation<Where, { askedAt: string }>({
  permission: "credential:write",
  event: "account.reading_wanted",
  changesConfig: false,
  run: async ({ tx, tenant: { tenantId }, at }, { accountId }) => {
    const account = await findUsedAccount(tx, tenantId, accountId);
    if (account.askedAt !== null) throw new Refusal("conflict", "It is being read already.");
    await tx.providerAccount.updateMany({ where: { tenantId, id: accountId }, data: { askedAt: at } });
    return {
      output: { askedAt: at.toISOString() },
      subject: accountId,
      detail: { name: account.label },
    };
  },
});
