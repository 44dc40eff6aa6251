"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, CirclePause, TriangleAlert } from "lucide-react";
import { removeDestination, setPaused } from "../../lib/client/alerts.ts";
import type { AlertBook, DestinationSummary } from "../../lib/contracts/alerts.ts";
import { alertKinds, chosenKinds } from "../../lib/core/alerts/alert-kinds.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { channelWords, outcomeWords, severityWords } from "./alert-words.ts";
import { ChangeDestinationDialog } from "./change-destination-dialog.tsx";

export type DestinationCardProps = {
  book: AlertBook;
  destination: DestinationSummary;
  /** Id of the text that says why nothing may be changed; null: it may. */
  disabledBy: string | null;
  onTest: () => void;
  onRotate: () => void;
};

export function DestinationCard({ book, destination, disabledBy, onTest, onRotate }: DestinationCardProps) {
  const { kind, name, address, country, madeBy, createdAt, secretSince, oldSecretUntil } = destination;
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium text-base">{name}</h3>
        <Badge tone="outline">{channelWords[kind]}</Badge>
        <StateBadge destination={destination} />
        <Actions
          book={book}
          destination={destination}
          disabledBy={disabledBy}
          onRotate={onRotate}
          onTest={onTest}
        />
      </div>
      <DefinitionList
        items={[
          { term: "Sends to", value: <Copyable length={64} text={address} what="address" /> },
          { term: "State", value: <State destination={destination} /> },
          { term: "Told", value: toldWords(destination) },
          {
            term: "Kept in",
            value: (
              <>
                {country}{" "}
                <span className="text-muted">
                  as {madeBy} declared on <Time at={createdAt} precision="day" />; nobody has verified it
                </span>
              </>
            ),
          },
          ...(secretSince === null
            ? []
            : [
                {
                  term: "Secret",
                  value: (
                    <>
                      Since <Time at={secretSince} />
                      {oldSecretUntil === null ? null : (
                        <>
                          . The one before signs as well until <Time at={oldSecretUntil} />
                        </>
                      )}
                    </>
                  ),
                },
              ]),
        ]}
      />
    </li>
  );
}

function StateBadge({ destination: { state } }: { destination: DestinationSummary }) {
  switch (state) {
    case "delivering":
      return (
        <Badge tone="in_region">
          <CircleCheck aria-hidden="true" />
          Delivering
        </Badge>
      );
    case "failing":
      return (
        <Badge tone="outside">
          <TriangleAlert aria-hidden="true" />
          Failing
        </Badge>
      );
    case "paused":
      return (
        <Badge tone="stopped">
          <CirclePause aria-hidden="true" />
          Paused
        </Badge>
      );
    default:
      return (
        <Badge>
          <CircleDashed aria-hidden="true" />
          Nothing sent yet
        </Badge>
      );
  }
}

function State({ destination }: { destination: DestinationSummary }) {
  const { state, since, lastDeliveredAt, lastOutcome, waiting } = destination;
  const last = lastDeliveredAt === null ? "Nothing has arrived yet" : null;
  const queue = waiting > 0 ? `, ${formatNoun(waiting, "message")} waiting` : "";
  return (
    <span className="flex flex-col gap-0.5">
      <span>
        {state === "paused" && since ? (
          <>
            Paused since <Time at={since} />. What happens meanwhile is not sent later.
          </>
        ) : state === "failing" && since ? (
          <>
            Nothing arrives since <Time at={since} />
            {queue}.
          </>
        ) : (
          <>
            {last ?? (
              <>
                Last arrived <Time at={lastDeliveredAt ?? ""} />
              </>
            )}
            {queue}.
          </>
        )}
      </span>
      {state === "failing" ? <span className="text-muted">{outcomeWords(lastOutcome)}</span> : null}
    </span>
  );
}

function toldWords({ kinds, minSeverity }: DestinationSummary): string {
  const left = chosenKinds.filter((kind) => !kinds.includes(kind));
  const what =
    left.length === 0
      ? "every kind"
      : left.length <= 3
        ? `every kind but ${left.map((kind) => alertKinds[kind].title.toLowerCase()).join(", ")}`
        : kinds.map((kind) => alertKinds[kind].title.toLowerCase()).join(", ");
  return `${severityWords[minSeverity]}, ${what}`;
}

function Actions({ book, destination, disabledBy, onTest, onRotate }: DestinationCardProps) {
  const client = useQueryClient();
  const { tenant } = book;
  const { id, kind, name, state } = destination;
  const pause = useMutation(setPaused(client, tenant.slug));
  const remove = useMutation(removeDestination(client, tenant.slug));
  const button = {
    disabled: disabledBy !== null,
    "aria-describedby": disabledBy ?? undefined,
    size: "sm",
    look: "quiet",
  } as const;
  return (
    <span className="ml-auto flex flex-wrap gap-1">
      <Button {...button} aria-label={`Send a test to ${name}`} onClick={onTest}>
        Send a test
      </Button>
      <ChangeDestinationDialog destination={destination} disabledBy={disabledBy} tenant={tenant.slug} />
      {kind === "webhook" ? (
        <Button {...button} aria-label={`Rotate secret of ${name}`} onClick={onRotate}>
          Rotate secret
        </Button>
      ) : null}
      {state === "paused" ? (
        <Button
          {...button}
          aria-busy={pause.isPending}
          aria-label={`Resume ${name}`}
          onClick={() => pause.mutate({ id, paused: false })}
        >
          Resume
        </Button>
      ) : (
        <ConfirmDialog
          onConfirm={() => pause.mutateAsync({ id, paused: true })}
          title={`Pause ${name}?`}
          trigger={
            <Button {...button} aria-label={`Pause ${name}`}>
              Pause
            </Button>
          }
          verb="Pause destination"
        >
          Messages that wait are given up, and what happens until it is resumed is not sent later. It stays on
          the pages.
        </ConfirmDialog>
      )}
      <ConfirmDialog
        onConfirm={() => remove.mutateAsync(id)}
        title={`Remove ${name}?`}
        trigger={
          <Button {...button} aria-label={`Remove ${name}`}>
            Remove
          </Button>
        }
        verb="Remove destination"
      >
        It is told nothing any more, messages that wait are given up, and its secret is deleted. What was sent
        stays in the list. This cannot be undone.
      </ConfirmDialog>
    </span>
  );
}
