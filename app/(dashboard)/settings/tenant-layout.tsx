import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireActor } from "../../../lib/auth/require-actor.ts";

export type TenantLayoutProps = { params: Promise<{ tenant: string }>; children: ReactNode };

/**
 * Around pages about one tenant: 404 where the reader is no member. A layout, since a page below a loading face is
 * answered with 200 before it knows; so none of the folders above has such a face.
 */
export async function TenantLayout({ params, children }: TenantLayoutProps) {
  const [{ memberships }, { tenant }] = await Promise.all([requireActor(), params]);
  if (!memberships.some(({ slug, tenantId }) => slug === tenant || tenantId === tenant)) notFound();
  return children;
}
