"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { catalogQuery } from "../../lib/client/catalog.ts";
import type { PolicyBook } from "../../lib/contracts/policies.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { TenantSkeleton } from "../tenants/tenant-skeleton.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PolicyLoader } from "./policy-loader.tsx";

export type CatalogLoaderProps = {
  slug: string;
  children: (book: PolicyBook, catalog: Catalog) => ReactNode;
};

/** A tenant's policies together with the newest catalog, by which they are explained and checked. */
export function CatalogLoader({ slug, children }: CatalogLoaderProps) {
  const { data, error, refetch } = useQuery(catalogQuery());
  if (data) return <PolicyLoader slug={slug}>{(book) => children(book, data.catalog)}</PolicyLoader>;
  if (error)
    return (
      <ErrorPanel error={error} onRetry={() => void refetch()} title="The catalog could not be loaded" />
    );
  return <TenantSkeleton />;
}
