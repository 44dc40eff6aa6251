"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { tenantQuery } from "../../lib/client/tenants.ts";
import { connectParsers } from "../../lib/contracts/connect-parsers.ts";
import type { CreatedKey, TenantDetail } from "../../lib/contracts/tenants.ts";
import { useTenants } from "../layout/tenants.tsx";
import { chosenTenant } from "../playground/chosen-tenant.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { AddressSection } from "./address-section.tsx";
import { CallerSection } from "./caller-section.tsx";
import { ConnectSkeleton } from "./connect-skeleton.tsx";
import { ConnectivitySection } from "./connectivity-section.tsx";
import { FirstCallSection } from "./first-call-section.tsx";
import { WaySection } from "./way-section.tsx";

export type ConnectPageProps = { gatewayUrl: string; webUrl: string };

/** From a key to the first recorded call, and whether the way to the provider is sound. */
export function ConnectPage({ gatewayUrl, webUrl }: ConnectPageProps) {
  const tenants = useTenants();
  const [search] = useQueryStates(connectParsers);
  const chosen = chosenTenant(tenants, search.tenant);
  const { data, error, refetch } = useQuery({ ...tenantQuery(chosen?.slug ?? ""), enabled: Boolean(chosen) });
  if (!chosen)
    return (
      <Empty kind="no-data" title="No tenant yet">
        An application calls as part of a tenant. You are a member of none; an administrator can create one
        under Settings.
      </Empty>
    );
  if (data) return <TenantConnect gatewayUrl={gatewayUrl} key={data.slug} tenant={data} webUrl={webUrl} />;
  if (error)
    return <ErrorPanel error={error} onRetry={() => void refetch()} title="The tenant could not be loaded" />;
  return <ConnectSkeleton />;
}

function TenantConnect({ gatewayUrl, webUrl, tenant }: ConnectPageProps & { tenant: TenantDetail }) {
  const [{ application: named, way }, setSearch] = useQueryStates(connectParsers, { history: "replace" });
  // Held here alone, and gone with the page: nobody can show it again.
  const [fresh, setFresh] = useState<CreatedKey | null>(null);
  const application = named ?? tenant.applications[0]?.name ?? "";
  const keyed = (created: CreatedKey): void => {
    setFresh(created);
    void setSearch({ application: created.key.application });
  };
  return (
    <div className="flex flex-col gap-5">
      {/* In the order of the steps where they stand in one column; the client beside the others where there is room. */}
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] xl:grid-rows-[auto_auto_1fr]">
        <div className="min-w-0">
          <CallerSection
            application={application}
            fresh={fresh}
            onApplication={(name) => void setSearch({ application: name })}
            onCreated={keyed}
            onStored={() => setFresh(null)}
            onTenant={(slug) => void setSearch({ tenant: slug, application: null })}
            tenant={tenant}
            way={way}
          />
        </div>
        <div className="min-w-0 xl:row-span-3">
          <WaySection
            fresh={fresh}
            gatewayUrl={gatewayUrl}
            onWay={(next) => void setSearch({ way: next })}
            way={way}
            webUrl={webUrl}
          />
        </div>
        <div className="min-w-0">
          <FirstCallSection application={application} key={application} tenant={tenant.slug} />
        </div>
        <div className="min-w-0">
          <AddressSection gatewayUrl={gatewayUrl} />
        </div>
      </div>
      <ConnectivitySection tenant={tenant} />
    </div>
  );
}
