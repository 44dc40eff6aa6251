import type { TenantSummary } from "../../lib/contracts/tenants.ts";

/** What a select of tenants offers: each by its name, and whether its calls are simulated. */
export function TenantOptions({ tenants }: { tenants: readonly TenantSummary[] }) {
  return tenants.map(({ slug, name, mode }) => (
    <option key={slug} value={slug}>
      {mode === "simulated" ? `${name} (simulated)` : name}
    </option>
  ));
}
