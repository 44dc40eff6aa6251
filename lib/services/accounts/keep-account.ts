import { v7 } from "uuid";
import type { AccountSummary } from "../../contracts/accounts.ts";
import { visibleAccount } from "../../db/provider-account.ts";
import type { MutationContext } from "../mutation.ts";
import { sealSecret } from "../secrets/seal-secret.ts";
import { accountSummary } from "./account-summary.ts";
import { checkAdminKey } from "./check-admin-key.ts";

export type NewAccount = {
  readonly tenantId: string;
  readonly label: string;
  readonly secret: string;
  /** The account whose place it takes, and up to when that was read. */
  readonly replaces: { readonly id: string; readonly readUntil: Date } | null;
};

/** Writes an account with its sealed admin key. It is read as soon as a worker comes to it. */
export async function keepAccount(
  { tx, at, actorName }: Pick<MutationContext, "tx" | "at" | "actorName">,
  { tenantId, label, secret, replaces }: NewAccount,
): Promise<AccountSummary> {
  const { mode } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  checkAdminKey(secret, mode);
  const id = v7();
  const row = await tx.providerAccount.create({
    data: {
      tenantId,
      id,
      label,
      sealed: new Uint8Array(sealSecret(secret, { tenantId, accountId: id })),
      hint: secret.slice(-4),
      addedBy: actorName,
      createdAt: at,
      replaces: replaces?.id ?? null,
      // What the old key could not be read for any more is read with the new one.
      readUntil: replaces?.readUntil ?? null,
    },
    select: visibleAccount,
  });
  return accountSummary(row);
}
