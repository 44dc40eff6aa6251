import type { TenantSummary } from "../../contracts/tenants.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";

type TenantFields = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly mode: string;
  readonly createdAt: Date;
};

/** A tenant as lists show it, with the policy in force. */
export function tenantSummary(tenant: TenantFields, policy: { body: unknown }, role: string): TenantSummary {
  const { preset, homeRegion, enforcement } = parsePolicy(policy.body);
  return {
    id: tenant.id,
    slug: tenant.slug,
    name: tenant.name,
    mode: tenant.mode === "simulated" ? "simulated" : "live",
    homeRegion,
    preset,
    enforcement: enforcement.mode,
    role,
    createdAt: tenant.createdAt.toISOString(),
  };
}
