"use client";

import { useQuery } from "@tanstack/react-query";
import { alertsQuery } from "../../lib/client/alerts.ts";
import type { AlertBook } from "../../lib/contracts/alerts.ts";
import { FrameBody, TenantFrame } from "../settings/tenant-frame.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";
import { DeliverySection } from "./delivery-section.tsx";
import { DestinationSection } from "./destination-section.tsx";

/** Who is told what outside these pages, and whether it arrives. */
export function AlertPage({ slug }: { slug: string }) {
  const { data, error, refetch } = useQuery(alertsQuery(slug));
  return (
    <TenantFrame sentence={data ? sentenceOf(data) : null} slug={slug} title="Alerts">
      {data ? (
        <>
          {data.isLate ? (
            <Notice tone="outside">
              Nobody has looked for what is to be told{" "}
              {data.lookedTo === null ? (
                "yet"
              ) : (
                <>
                  since <Time at={data.lookedTo} />
                </>
              )}
              : the worker does not run, or cannot. What happens meanwhile is told when it runs again. The
              operator finds the cause in its log.
            </Notice>
          ) : null}
          <DestinationSection book={data} />
          <DeliverySection book={data} />
        </>
      ) : (
        <FrameBody error={error} onRetry={() => void refetch()} what="the alerts" />
      )}
    </TenantFrame>
  );
}

function sentenceOf({ destinations, tenant, isLate }: AlertBook): string {
  const simulated = tenant.mode === "simulated" ? " Every message says that this tenant is simulated." : "";
  if (destinations.length === 0)
    return "Nobody is told of anything yet: what happens is seen by whoever looks at the pages.";
  const failing = destinations.filter(({ state }) => state === "failing").length;
  const paused = destinations.filter(({ state }) => state === "paused").length;
  const parts = [
    formatNoun(destinations.length, "destination"),
    failing > 0 ? `${failing} failing` : "none failing",
    ...(paused > 0 ? [`${paused} paused`] : []),
  ];
  return `${parts.join(" · ")}.${isLate ? "" : " What happens is told within a minute."}${simulated}`;
}
