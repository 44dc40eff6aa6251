"use client";

import { useQuery } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import Link from "next/link";
import { waitingQuery } from "../../lib/client/decisions.ts";
import type { WaitingItem } from "../../lib/contracts/decisions.ts";
import { findingHref } from "../../lib/contracts/finding-parsers.ts";
import { waitingPage, waitingWords } from "../../lib/core/alerts/describe-alert.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";

/** What lapses unless a second person decides it. Nothing where nothing waits. */
export function WaitingList({ tenant }: { tenant: string | null }) {
  const waiting = useQuery(waitingQuery(tenant));
  if (waiting.isError && !waiting.data)
    return (
      <ErrorPanel
        error={waiting.error}
        onRetry={() => void waiting.refetch()}
        title="What waits for a second person could not be read"
      />
    );
  if (!waiting.data || waiting.data.length === 0) return null;
  return (
    <Section
      note="It lapses unless somebody other than whoever asked decides."
      title="Waits for a second person"
    >
      <ul className="divide-y divide-line">
        {waiting.data.map((item) => (
          <li key={item.id}>
            <WaitingRow item={item} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function WaitingRow({ item }: { item: WaitingItem }) {
  const { request, tenant, requestedBy, requestedAt, expiresAt, isMine } = item;
  const words = request === "catalog" ? "a catalog that widens what is let through" : waitingWords[request];
  return (
    <Link
      className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 px-4 py-2 text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      href={pageOf(item)}
    >
      <span className="flex min-w-0 items-baseline gap-2">
        <Hourglass aria-hidden="true" className="size-3.5 shrink-0 self-center text-muted" />
        <span className="min-w-0">
          <span className="font-medium">{`${words.charAt(0).toUpperCase()}${words.slice(1)}`}</span>
          <span className="text-muted">
            {" "}
            · {tenant ?? "the deployment"} · {isMine ? "you asked" : `${requestedBy} asked`} on{" "}
            <Time at={requestedAt} short />
          </span>
        </span>
      </span>
      <span className="text-muted text-xs">
        lapses on <Time at={expiresAt} short />
      </span>
    </Link>
  );
}

/** Where it is decided. */
function pageOf({ request, tenant, findingId }: WaitingItem): string {
  if (findingId !== null) return findingHref(findingId);
  if (request === "catalog" || tenant === null) return "/settings/regions";
  return waitingPage(request, encodeURIComponent(tenant));
}
