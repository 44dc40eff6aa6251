import type { TenantDetail } from "../../contracts/tenants.ts";
import { explainPolicy } from "../../core/policies/explain-policy.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { listApplications } from "../../db/application.ts";
import { listKeys } from "../../db/gateway-key.ts";
import { presentMembers } from "../../db/membership.ts";
import { newestPins, newestPinsOfSource, pinRecorders } from "../../db/pin.ts";
import { policiesInForce } from "../../db/policy-version.ts";
import { listCredentials } from "../../db/provider-credential.ts";
import { findTenantById } from "../../db/tenant.ts";
import { withTenant, withTenantSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { applicationSummary } from "../applications/application-summary.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { credentialSummary } from "../credentials/credential-summary.ts";
import { keySummary } from "../keys/key-summary.ts";
import { Refusal } from "../refusal.ts";
import { tenantSummary } from "./tenant-summary.ts";

/** One tenant with its policy in words, keys, credentials and members; by slug or id. */
export async function getTenant(actor: Actor, tenant: string): Promise<TenantDetail> {
  const { tenantId, role } = await tenantFor(actor, "tenant:read", tenant);
  const scope = { read: [tenantId], write: null };
  const now = new Date();
  const [catalog, row, known, parts] = await Promise.all([
    currentCatalog(),
    findTenantById(tenantId),
    withTenantSql(scope, async (sql) => ({
      pins: await newestPins(sql, tenantId, now),
      recorders: await pinRecorders(sql, tenantId, now),
      provider: await newestPinsOfSource(sql, tenantId, "admin_api", now),
    })),
    withTenant(scope, async (tx) => ({
      policy: (await policiesInForce(tx, [tenantId], now)).get(tenantId),
      applications: await listApplications(tx, tenantId),
      keys: await listKeys(tx, tenantId),
      credentials: await listCredentials(tx, tenantId),
      members: await presentMembers(tx, tenantId),
    })),
  ]);
  const { policy, applications, keys, credentials, members } = parts;
  if (!row || !policy) throw new Refusal("not_found", "There is no such tenant.");
  return {
    ...tenantSummary(row, policy, role),
    policyVersion: policy.version,
    policySentences: explainPolicy(parsePolicy(policy.body), catalog),
    applications: applications.map(applicationSummary),
    keys: keys.map(keySummary),
    credentials: credentials.map((credential) =>
      credentialSummary(credential, {
        pin: known.pins.get(credential.id),
        recordedBy: known.recorders.get(credential.id),
        provider: known.provider.get(credential.id),
      }),
    ),
    members: members.map(({ role: memberRole, person: { name, email, disabledAt } }) => ({
      name,
      email,
      role: memberRole,
      isDisabled: disabledAt !== null,
    })),
  };
}
