"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useId } from "react";
import { placeHold, requestLift } from "../../lib/client/retention.ts";
import type { LegalHoldSummary, RetentionBook } from "../../lib/contracts/retention.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

/** Named reasons why nothing may be deleted. One person places a hold, two lift it. */
export function HoldSection({ book: { tenant, holds } }: { book: RetentionBook }) {
  const reasonId = useId();
  const place = useMutation(placeHold(useQueryClient()));
  const forbidden = permissionReason(tenant.role, "retention:propose");
  const disabledBy = forbidden === null ? null : reasonId;
  return (
    <Section
      action={
        <ReasonDialog
          description="From the moment it is placed nothing of this tenant is deleted: no expired month, no person. Two people are needed to lift it."
          disabledBy={disabledBy}
          doing="Placing…"
          names={{ label: "Name of the hold", hint: "The case, the inquiry or the request it is for." }}
          onSubmit={async ({ name, reason }) => {
            await place.mutateAsync({ tenant: tenant.slug, name, reason });
          }}
          title="Place a legal hold"
          verb="Place a hold"
        />
      }
      note="It beats the period and every erasure."
      title="Legal holds"
    >
      {forbidden === null ? null : (
        <p className="px-4 pt-3 text-muted text-sm" id={reasonId}>
          {forbidden}
        </p>
      )}
      {holds.length === 0 ? (
        <p className="px-4 py-3 text-muted text-sm">No hold was ever placed on this tenant.</p>
      ) : (
        <ul className="divide-y divide-line">
          {holds.map((hold) => (
            <Hold disabledBy={disabledBy} hold={hold} key={hold.id} slug={tenant.slug} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Hold({
  hold,
  slug,
  disabledBy,
}: {
  hold: LegalHoldSummary;
  slug: string;
  disabledBy: string | null;
}) {
  const lift = useMutation(requestLift(useQueryClient(), hold.id));
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 p-4">
      <div className="flex min-w-0 flex-col gap-1">
        <h3 className="flex flex-wrap items-center gap-2 font-medium text-base">
          {hold.name}
          {hold.liftedAt === null ? (
            <Badge tone="stopped">
              <Lock aria-hidden="true" />
              In place
            </Badge>
          ) : (
            <Badge tone="outline">Lifted</Badge>
          )}
        </h3>
        <p className="whitespace-pre-line break-words text-sm">{hold.reason}</p>
        <p className="text-faint text-xs">
          Placed by {hold.placedBy}, <Time at={hold.placedAt} />
          {hold.liftedAt === null ? null : (
            <>
              {" "}
              · lifted <Time at={hold.liftedAt} />
            </>
          )}
        </p>
      </div>
      {hold.liftedAt !== null ? null : hold.liftWaits ? (
        <p className="text-muted text-sm">A request to lift it waits.</p>
      ) : (
        <ReasonDialog
          description="It holds until a second person has approved."
          disabledBy={disabledBy}
          doing="Asking…"
          onSubmit={async ({ reason }) => {
            await lift.mutateAsync({ tenant: slug, reason });
          }}
          title={`Ask to lift “${hold.name}”`}
          verb="Ask to lift it"
        />
      )}
    </li>
  );
}
