"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTenants } from "../layout/tenants.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Select } from "../ui/select.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";

export type TenantFrameProps = {
  slug: string;
  title: string;
  sentence: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** Head of a page of the settings about one tenant, with the way to another's. */
export function TenantFrame({ slug, title, sentence, actions, children }: TenantFrameProps) {
  const tenants = useTenants();
  const router = useRouter();
  const base = usePathname().split("/").slice(0, 3).join("/");
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        actions={
          <>
            {actions}
            <span className="hidden print:inline">
              {tenants.find((tenant) => tenant.slug === slug)?.name ?? slug}
            </span>
            {tenants.length < 2 ? null : (
              <Select
                aria-label="Tenant"
                className="w-56 print:hidden"
                onChange={({ target }) => router.push(`${base}/${encodeURIComponent(target.value)}`)}
                value={slug}
              >
                {tenants.map((tenant) => (
                  <option key={tenant.slug} value={tenant.slug}>
                    {tenant.name}
                  </option>
                ))}
              </Select>
            )}
          </>
        }
        range={false}
        sentence={sentence}
        tenant={false}
        title={title}
      />
      {children}
    </div>
  );
}

/** In place of what has not come, or did not. */
export function FrameBody({
  what,
  error,
  onRetry,
}: {
  what: string;
  error: Error | null;
  onRetry: () => void;
}) {
  if (error)
    return (
      <ErrorPanel
        error={error}
        onRetry={onRetry}
        title={`${what.charAt(0).toUpperCase()}${what.slice(1)} could not be loaded`}
      />
    );
  return (
    <div className="flex flex-col gap-3 rounded-md border bg-surface p-4">
      <Loading what={what} />
      <Skeleton />
      <Skeleton className="w-4/5" />
      <Skeleton className="w-3/5" />
    </div>
  );
}
