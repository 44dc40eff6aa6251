"use client";

import { useQueryState } from "nuqs";
import { rangeParsers } from "../../lib/contracts/range-parsers.ts";
import { useTenants } from "../layout/tenants.tsx";
import { Select } from "./select.tsx";

/** The tenant the page is about, in its URL; printed as its name. Nothing to choose where the reader is a member of one only. */
export function TenantPicker() {
  const tenants = useTenants();
  const [tenant, setTenant] = useQueryState("tenant", rangeParsers.tenant.withOptions({ history: "push" }));
  const [only, ...others] = tenants;
  if (others.length === 0) return only ? <span className="hidden print:inline">{only.name}</span> : null;
  return (
    <>
      <span className="hidden print:inline">
        {tenants.find(({ slug }) => slug === tenant)?.name ?? "All tenants"}
      </span>
      <Select
        aria-label="Tenant"
        className="w-48 print:hidden"
        onChange={(event) => setTenant(event.target.value || null)}
        value={tenant ?? ""}
      >
        <option value="">All tenants</option>
        {tenants.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </Select>
    </>
  );
}
