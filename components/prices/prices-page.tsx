"use client";

import { useQuery } from "@tanstack/react-query";
import { pricesQuery } from "../../lib/client/prices.ts";
import { useTenants } from "../layout/tenants.tsx";
import { CardSkeleton } from "../ui/card-skeleton.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { PriceSection } from "./price-section.tsx";
import { UnpricedSection } from "./unpriced-section.tsx";
import { UpliftSection } from "./uplift-section.tsx";

/** What the models cost, since when and by whose word. `mayEdit`: the reader is an administrator of the deployment. */
export function PricesPage({ mayEdit }: { mayEdit: boolean }) {
  const { data, error, refetch } = useQuery(pricesQuery());
  const tenants = useTenants();
  const modes = [...new Set(tenants.map(({ mode }) => mode))];
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        range={false}
        sentence={
          data
            ? `What does a call cost? ${formatNoun(data.prices.length, "price")} stated. A model without one has an unknown cost, never none.`
            : null
        }
        tenant={false}
        title="Prices"
      />
      {error ? (
        <ErrorPanel
          error={error}
          onRetry={() => void refetch()}
          title={data ? "The prices could not be brought up to date" : "The prices could not be loaded"}
        />
      ) : null}
      {data ? (
        <>
          <PriceSection book={data} mayEdit={mayEdit} modes={modes} />
          <UnpricedSection book={data} mayEdit={mayEdit} modes={modes} />
          <UpliftSection book={data} />
        </>
      ) : error ? null : (
        <CardSkeleton what="the prices" />
      )}
    </div>
  );
}
