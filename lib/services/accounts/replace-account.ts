import type { AccountSummary, ReplaceAccountInput } from "../../contracts/accounts.ts";
import { mutation } from "../mutation.ts";
import { findUsedAccount } from "./find-account.ts";
import { keepAccount } from "./keep-account.ts";

/**
 * Puts another admin key in the place of an account's: a new account, and the old one ends with it. What the provider said
 * before stays with the old one, so that each statement names the key it was read with.
 */
export const replaceAccount = mutation<ReplaceAccountInput & { readonly accountId: string }, AccountSummary>({
  permission: "credential:write",
  event: "account.replaced",
  changesConfig: false,
  run: async (context, { accountId, secret }) => {
    const { tx, tenant, at } = context;
    const { tenantId } = tenant;
    const { label } = await findUsedAccount(tx, tenantId, accountId);
    const { readUntil, createdAt } = await tx.providerAccount.findFirstOrThrow({
      where: { tenantId, id: accountId },
      select: { readUntil: true, createdAt: true },
    });
    const replaces = { id: accountId, readUntil: readUntil ?? createdAt };
    const account = await keepAccount(context, { tenantId, label, secret, replaces });
    await tx.providerAccount.updateMany({ where: { tenantId, id: accountId }, data: { revokedAt: at } });
    return {
      output: account,
      subject: account.id,
      detail: { name: label, hint: account.hint, replaces: accountId },
    };
  },
});
