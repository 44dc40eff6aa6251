import { visibleAccount } from "../../db/provider-account.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { VisibleAccount } from "./account-summary.ts";

/** An account of the tenant, in use or revoked. */
export async function findAccount(
  tx: PrismaTransaction,
  tenantId: string,
  accountId: string,
): Promise<VisibleAccount> {
  const account = isUuid(accountId)
    ? await tx.providerAccount.findFirst({ where: { tenantId, id: accountId }, select: visibleAccount })
    : null;
  if (!account) throw new Refusal("not_found", "There is no such organization here.");
  return account;
}

/** One that is in use. */
export async function findUsedAccount(
  tx: PrismaTransaction,
  tenantId: string,
  accountId: string,
): Promise<VisibleAccount> {
  const account = await findAccount(tx, tenantId, accountId);
  if (account.revokedAt !== null)
    throw new Refusal("conflict", "The admin key of this organization was removed. Add another one.");
  return account;
}
