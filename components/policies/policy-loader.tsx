"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { policiesQuery } from "../../lib/client/policies.ts";
import type { PolicyBook } from "../../lib/contracts/policies.ts";
import { TenantSkeleton } from "../tenants/tenant-skeleton.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";

/** A tenant's policies, or the face of their absence. */
export function PolicyLoader({
  slug,
  children,
}: {
  slug: string;
  children: (book: PolicyBook) => ReactNode;
}) {
  const { data, error, refetch } = useQuery(policiesQuery(slug));
  if (data) return <>{children(data)}</>;
  if (error)
    return (
      <ErrorPanel error={error} onRetry={() => void refetch()} title="The policies could not be loaded" />
    );
  return <TenantSkeleton />;
}
