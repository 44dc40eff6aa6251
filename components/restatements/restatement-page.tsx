"use client";

import { useQuery } from "@tanstack/react-query";
import { restatementsQuery } from "../../lib/client/restatements.ts";
import type { PolicyBook } from "../../lib/contracts/policies.ts";
import { PolicyFrame } from "../policies/policy-frame.tsx";
import { PolicyLoader } from "../policies/policy-loader.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { RestatementCard } from "./restatement-card.tsx";
import { RestatementForm } from "./restatement-form.tsx";

export type RestatementPageProps = { slug: string; now: string };

/** Later corrections of verdicts: what waits, what was approved, and the way to ask for one. */
export function RestatementPage({ slug, now }: RestatementPageProps) {
  return <PolicyLoader slug={slug}>{(book) => <LoadedPage now={now} tenant={book.tenant} />}</PolicyLoader>;
}

function LoadedPage({ tenant, now }: { tenant: PolicyBook["tenant"]; now: string }) {
  const { data, error, refetch } = useQuery(restatementsQuery(tenant.slug));
  const forbidden = permissionReason(tenant.role, "restatement:write");
  return (
    <PolicyFrame
      sentence="The first verdict of a call stays for good. A correction stands beside it, with its cause, its evidence and two names."
      slug={tenant.slug}
      title={`Restatements: ${tenant.name}`}
    >
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          {data ? (
            data.length === 0 ? (
              <Section title="Restatements">
                <Empty kind="nothing-found" title="No verdict of this tenant was restated">
                  Every report shows the verdicts as they were first given.
                </Empty>
              </Section>
            ) : (
              <Section note="The newest first." title={formatNoun(data.length, "restatement")}>
                <ul className="divide-y divide-line">
                  {data.map((restatement) => (
                    <li className="p-4" key={restatement.id}>
                      <RestatementCard restatement={restatement} tenant={tenant} />
                    </li>
                  ))}
                </ul>
              </Section>
            )
          ) : error ? (
            <ErrorPanel
              error={error}
              onRetry={() => void refetch()}
              title="The restatements could not be loaded"
            />
          ) : (
            <div className="flex flex-col gap-3 rounded-md border bg-surface p-4">
              <Loading what="the restatements" />
              <Skeleton />
              <Skeleton className="w-4/5" />
            </div>
          )}
        </div>
        <RestatementForm forbidden={forbidden} now={now} slug={tenant.slug} />
      </div>
    </PolicyFrame>
  );
}
