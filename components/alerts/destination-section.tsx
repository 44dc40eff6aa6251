"use client";

import { useId, useState } from "react";
import type { AlertBook, DestinationSummary } from "../../lib/contracts/alerts.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Empty } from "../ui/empty.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { AddDestinationDialog } from "./add-destination-dialog.tsx";
import { DestinationCard } from "./destination-card.tsx";
import { RotateSecretDialog } from "./rotate-secret-dialog.tsx";
import { TestDialog } from "./test-dialog.tsx";

/** Where a tenant's alerts go. */
export function DestinationSection({ book }: { book: AlertBook }) {
  const reasonId = useId();
  const { tenant, destinations, mail } = book;
  const forbidden = permissionReason(tenant.role, "alert:write");
  const disabledBy = forbidden === null ? null : reasonId;
  // Held here and not by a card: what is shown once must outlive the list that is read anew.
  const [rotating, setRotating] = useState<DestinationSummary | null>(null);
  const [testing, setTesting] = useState<DestinationSummary | null>(null);
  return (
    <Section
      action={<AddDestinationDialog book={book} disabledBy={disabledBy} />}
      note="Messages carry hosts, models, counts and addresses of pages. No content, no end users, no names, no secrets."
      title="Destinations"
    >
      {forbidden === null ? null : (
        <p className="border-b px-4 py-2 text-muted text-sm" id={reasonId}>
          {forbidden}
        </p>
      )}
      {mail ? null : (
        <div className="border-b px-4 py-2">
          <Notice>
            E-mail is not available: the operator of this deployment has set up no mail server. Webhooks need
            none.
          </Notice>
        </div>
      )}
      {destinations.length === 0 ? (
        <Empty kind="no-data" title="No destination yet">
          Add one, and it is told what happens from then on, and of decisions that wait and things about to
          end at that moment.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {destinations.map((destination) => (
            <DestinationCard
              book={book}
              destination={destination}
              disabledBy={disabledBy}
              key={destination.id}
              onRotate={() => setRotating(destination)}
              onTest={() => setTesting(destination)}
            />
          ))}
        </ul>
      )}
      {rotating ? (
        <RotateSecretDialog destination={rotating} onClose={() => setRotating(null)} tenant={tenant.slug} />
      ) : null}
      {testing ? (
        <TestDialog destination={testing} onClose={() => setTesting(null)} tenant={tenant.slug} />
      ) : null}
    </Section>
  );
}
