import { findApplicationByName } from "../../db/application.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { verifyInternalToken } from "./internal-token.ts";

/** The application under which calls of the playground are recorded. Every tenant has one from its creation. */
export const playgroundApplication = { name: "Playground", environment: "test" } as const;

export type PlaygroundCaller = {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly applicationName: string;
  readonly target: string;
  /** Whose it is stands in the tenant's log. */
  readonly tokenId: string;
  /** The one stored key that may be sent; absent: whichever fits the host. */
  readonly credentialId?: string;
};

/** Whose call a token of the playground allows; null for everything that is no token in force. */
export async function findPlaygroundCaller(token: string): Promise<PlaygroundCaller | null> {
  const claims = verifyInternalToken(token);
  if (!claims) return null;
  const { id: tokenId, tenantId, target, credentialId } = claims;
  const application = await withTenantSql(tenantScope(tenantId), (sql) =>
    findApplicationByName(sql, tenantId, playgroundApplication),
  );
  if (!application) return null;
  const caller = {
    tenantId,
    applicationId: application.id,
    applicationName: application.name,
    target,
    tokenId,
  };
  return credentialId === undefined ? caller : { ...caller, credentialId };
}
