import type { AccountSummary, AddAccountInput } from "../../contracts/accounts.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { keepAccount } from "./keep-account.ts";

const inUseMax = 10;

/** Keeps the admin key of an organization at the provider, encrypted. It is sent to one host, for a closed list of questions. */
export const addAccount = mutation<AddAccountInput, AccountSummary>({
  permission: "credential:write",
  event: "account.added",
  changesConfig: false,
  run: async (context, { label, secret }) => {
    const { tenantId } = context.tenant;
    const inUse = await context.tx.providerAccount.count({ where: { tenantId, revokedAt: null } });
    if (inUse >= inUseMax)
      throw new Refusal("conflict", `A tenant has at most ${inUseMax} organizations at OpenAI.`);
    const account = await keepAccount(context, { tenantId, label, secret, replaces: null });
    return { output: account, subject: account.id, detail: { name: label, hint: account.hint } };
  },
});
