import type { AccountList, AccountProject } from "../../contracts/accounts.ts";
import { newestStatements, type StatedProject, visibleAccount } from "../../db/provider-account.ts";
import { listCredentials } from "../../db/provider-credential.ts";
import { sqlOf, withTenant } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { accountSummary } from "./account-summary.ts";

/** The organizations at the provider that a tenant can read, what they say of its projects, and what cannot be read. */
export async function getAccounts(actor: Actor, tenant: string): Promise<AccountList> {
  const { tenantId } = await tenantFor(actor, "tenant:read", tenant);
  const { accounts, statements, credentials } = await withTenant(
    { read: [tenantId], write: null },
    async (tx) => ({
      accounts: await tx.providerAccount.findMany({
        where: { tenantId },
        select: visibleAccount,
        orderBy: { createdAt: "desc" },
        take: 100,
      }),
      statements: await newestStatements(sqlOf(tx), tenantId),
      credentials: await listCredentials(tx, tenantId),
    }),
  );
  const keys = credentials.filter(({ kind, revokedAt }) => kind === "openai" && revokedAt === null);
  const labelsOf = (projectId: string | null) =>
    keys.filter((key) => key.projectId === projectId).map(({ label }) => label);
  const used = new Set(accounts.filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id));
  const known = new Set(
    statements.filter(({ accountId }) => used.has(accountId)).map(({ projectId }) => projectId),
  );
  const named = new Set(keys.flatMap(({ projectId }) => (projectId === null ? [] : [projectId])));
  return {
    accounts: accounts.map((account) =>
      accountSummary(
        account,
        statements
          .filter(({ accountId }) => accountId === account.id)
          .map((statement) => accountProject(statement, labelsOf(statement.projectId))),
      ),
    ),
    keysWithoutProject: labelsOf(null),
    unknownProjects: [...named]
      .filter((projectId) => !known.has(projectId))
      .map((projectId) => ({ projectId, keys: labelsOf(projectId) })),
  };
}

function accountProject(
  { accountId: _, firstSeenAt, lastSeenAt, ...said }: StatedProject,
  keys: readonly string[],
): AccountProject {
  return { ...said, firstSeenAt: firstSeenAt.toISOString(), lastSeenAt: lastSeenAt.toISOString(), keys };
}
