"use client";

import { useQuery } from "@tanstack/react-query";
import { retentionQuery } from "../../lib/client/retention.ts";
import type { RetentionBook } from "../../lib/contracts/retention.ts";
import { retentionPresets } from "../../lib/core/retention/presets.ts";
import { FrameBody, TenantFrame } from "../settings/tenant-frame.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { ErasureSection } from "./erasure-section.tsx";
import { HoldSection } from "./hold-section.tsx";
import { PeriodSection } from "./period-section.tsx";
import { PruneTable } from "./prune-table.tsx";
import { RequestCard } from "./request-card.tsx";

/** How long a tenant's record is kept and why, what holds it, whom it forgot, and who decided. */
export function RetentionPage({ slug }: { slug: string }) {
  const { data, error, refetch } = useQuery(retentionQuery(slug));
  return (
    <TenantFrame sentence={data ? <Sentence book={data} /> : null} slug={slug} title="Retention">
      {data ? (
        <Book book={data} />
      ) : (
        <FrameBody error={error} onRetry={() => void refetch()} what="the retention" />
      )}
    </TenantFrame>
  );
}

function Sentence({ book: { inForce, onHold } }: { book: RetentionBook }) {
  if (onHold) return "A legal hold is in place: nothing of this tenant is deleted, whatever was approved.";
  if (inForce.before === null)
    return inForce.decided
      ? "Everything is kept, as two people decided."
      : "Everything is kept. Nobody has chosen a period yet.";
  return (
    <>
      Kept for {retentionPresets[inForce.preset].title}: what was recorded before <Time at={inForce.before} />{" "}
      is deleted.
    </>
  );
}

function Book({ book }: { book: RetentionBook }) {
  const waiting = book.requests.filter(({ state }) => state === "waiting");
  const decided = book.requests.filter(({ state }) => state !== "waiting");
  return (
    <>
      {waiting.length === 0 ? null : (
        <Section note="Somebody else than who asked decides." title="Waiting for a second person">
          <ul className="divide-y divide-line">
            {waiting.map((request) => (
              <li className="p-4" key={request.id}>
                <RequestCard book={book} request={request} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <PeriodSection book={book} />
      <HoldSection book={book} />
      <ErasureSection book={book} />
      <PruneTable prunes={book.prunes} />
      {decided.length === 0 ? null : (
        <Section note="The newest first. Each is an entry of the tenant's log." title="Decided requests">
          <ul className="divide-y divide-line">
            {decided.map((request) => (
              <li className="p-4" key={request.id}>
                <RequestCard book={book} request={request} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
