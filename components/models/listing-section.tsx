"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { toast } from "sonner";
import { fetchListing } from "../../lib/client/models.ts";
import type { ListingSource, ModelListing, ModelsPage } from "../../lib/contracts/models.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { useTenants } from "../layout/tenants.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { RegionMark } from "../ui/region-mark.tsx";
import { Section } from "../ui/section.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { Time } from "../ui/time.tsx";

type Line = ListingSource & { readonly listing: ModelListing | null; readonly canAsk: boolean };

/** Where the provider can be asked for its list, and what it answered last. */
export function ListingSection({ page }: { page: ModelsPage | undefined }) {
  const columns: readonly Column<Line>[] = [
    ...facts,
    {
      id: "ask",
      header: <span className="sr-only">Ask</span>,
      align: "right",
      cell: (line) => <AskButton line={line} />,
    },
  ];
  return (
    <Section
      note="GET /v1/models, asked through the gateway under the tenant's policy and recorded like every call."
      title="The provider's lists"
    >
      <DataTable
        caption="Hosts to ask"
        columns={columns}
        empty={
          <Empty kind="no-data" title="No provider key to ask with">
            Add a provider key to a tenant under Settings; or let an application ask for its models through
            the gateway.
          </Empty>
        }
        isLoading={page === undefined}
        rowKey={keyOf}
        rows={page === undefined ? [] : linesOf(page)}
        skeletonRows={3}
      />
    </Section>
  );
}

const facts: readonly Column<Line>[] = [
  { id: "region", header: "Region", cell: ({ region }) => <RegionMark code={region} /> },
  { id: "host", header: "Host", cell: ({ host }) => <span className="font-mono text-xs">{host}</span> },
  { id: "tenant", header: "Tenant", cell: ({ tenant }) => tenant },
  {
    id: "key",
    header: "Key",
    cell: ({ credential, canAsk }) =>
      canAsk ? credential : <span className="text-muted">{credential}</span>,
  },
  {
    id: "models",
    header: "Listed",
    align: "right",
    cell: ({ listing }) =>
      listing === null ? <span className="text-faint">not read</span> : listing.models.length,
  },
  {
    id: "at",
    header: "Last read",
    cell: ({ listing }) =>
      listing === null ? (
        <span className="text-faint">never</span>
      ) : (
        <span className="flex items-center gap-2">
          <Time at={listing.at} />
          {listing.simulated ? <SimulatedBadge /> : null}
        </span>
      ),
  },
];

function AskButton({ line }: { line: Line }) {
  const ask = useMutation(fetchListing(useQueryClient()));
  const tenant = useTenants().find(({ slug }) => slug === line.tenant);
  if (!line.canAsk || !tenant) return null;
  const forbidden = permissionReason(tenant.role, "playground:send");
  return (
    <Button
      aria-busy={ask.isPending}
      aria-label={`${ask.isPending ? "Asking" : "Fetch now"}: ${line.host} for ${line.tenant}`}
      disabled={ask.isPending || forbidden !== null}
      onClick={() =>
        ask.mutate(
          { tenant: line.tenant, host: line.host },
          {
            onSuccess: (answer) =>
              answer.outcome === "listed"
                ? toast(`${formatNoun(answer.models, "model")} listed through ${line.host}`)
                : toast.error(answer.message),
            onError: (error) => toast.error(error.message),
          },
        )
      }
      size="sm"
      title={forbidden ?? undefined}
    >
      <RefreshCw aria-hidden="true" />
      {ask.isPending ? "Asking" : "Fetch now"}
    </Button>
  );
}

/** Each key and host that can be asked, and each list that came with a key that is gone or a caller's own. */
function linesOf({ sources, listings }: ModelsPage): Line[] {
  const isOf = (source: ListingSource) => (listing: ModelListing) =>
    listing.tenant === source.tenant &&
    listing.host === source.host &&
    listing.credential === source.credential;
  const asked = sources.map((source) => ({
    ...source,
    listing: listings.find(isOf(source)) ?? null,
    canAsk: true,
  }));
  const others = listings
    .filter((listing) => !sources.some((source) => isOf(source)(listing)))
    .map((listing) => ({
      tenant: listing.tenant,
      host: listing.host,
      region: listing.region,
      credential: listing.credential ?? "A caller's own key",
      listing,
      canAsk: false,
    }));
  return [...asked, ...others];
}

function keyOf({ tenant, host, credential }: Line): string {
  return `${tenant} ${host} ${credential}`;
}
