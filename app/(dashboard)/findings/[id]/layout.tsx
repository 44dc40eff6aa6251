import { headers } from "next/headers";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireActor } from "../../../../lib/auth/require-actor.ts";
import { hasFinding } from "../../../../lib/services/findings/has-finding.ts";

export type FindingLayoutProps = { params: Promise<{ id: string }>; children: ReactNode };

/**
 * 404 where there is no such case for the reader. A layout, since a page below a loading face is answered with 200 before it
 * knows. What the router of a page asks for (Fetch Metadata: `empty`) is not looked up a second time: nobody reads its status.
 */
export default async function FindingLayout({ params, children }: FindingLayoutProps) {
  const [actor, { id }, asked] = await Promise.all([requireActor(), params, headers()]);
  if (asked.get("sec-fetch-dest") !== "empty" && !(await hasFinding(actor, id))) notFound();
  return children;
}
