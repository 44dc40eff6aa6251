import { findApplication } from "../../db/application.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { verifyUpkeepToken } from "./upkeep-token.ts";

export type UpkeepCaller = {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly applicationName: string;
  /** The host that is asked. */
  readonly target: string;
  /** The one thing that may be asked. */
  readonly only: { readonly operation: string; readonly path: string };
};

/** What a token of the worker allows; null for everything that is no token in force. */
export async function findUpkeepCaller(token: string): Promise<UpkeepCaller | null> {
  const claims = verifyUpkeepToken(token);
  if (!claims) return null;
  const { tenantId, applicationId, host, operation, path } = claims;
  const application = await withTenantSql(tenantScope(tenantId), (sql) =>
    findApplication(sql, tenantId, applicationId),
  );
  return (
    application && {
      tenantId,
      applicationId: application.id,
      applicationName: application.name,
      target: host,
      only: { operation, path },
    }
  );
}
