"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleX, Clock } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { deliveriesQuery, retryDelivery } from "../../lib/client/alerts.ts";
import { alertPageParsers } from "../../lib/contracts/alert-parsers.ts";
import type { AlertBook, DeliverySearch, DeliverySummary } from "../../lib/contracts/alerts.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { SeverityBadge } from "../findings/severity-badge.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { ListFoot } from "../ui/list-foot.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Segments } from "../ui/segments.tsx";
import { Time } from "../ui/time.tsx";
import { outcomeWords } from "./alert-words.ts";

type State = DeliverySearch["state"];

const states: readonly { readonly id: State; readonly word: string }[] = [
  { id: "all", word: "All" },
  { id: "waiting", word: "Waiting" },
  { id: "delivered", word: "Delivered" },
  { id: "given_up", word: "Given up" },
];

/** What was sent where, and what came of it. */
export function DeliverySection({ book }: { book: AlertBook }) {
  const { tenant } = book;
  const [{ state }, setState] = useQueryStates(alertPageParsers, { history: "push" });
  const list = useInfiniteQuery(deliveriesQuery(tenant.slug, state));
  const { data, error, isPending, refetch } = list;
  const retry = useMutation(retryDelivery(useQueryClient(), tenant.slug));
  const mayRetry = permissionReason(tenant.role, "alert:write") === null;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      action={
        <Segments
          chosen={state}
          label="State"
          onChoose={(next) => setState({ state: next })}
          options={states}
        />
      }
      note="The newest first, kept for 90 days. What fails is tried again for about a day, then given up."
      title="Messages"
    >
      {retry.error ? (
        <div className="px-4 pt-3">
          <Notice live tone="outside">
            {retry.error.message}
          </Notice>
        </div>
      ) : null}
      {error && !data ? (
        <ErrorPanel
          detail={error.message}
          onRetry={() => void refetch()}
          title="The messages could not be loaded"
        />
      ) : (
        <DataTable
          caption="Messages to destinations, the newest first"
          columns={columnsFor(mayRetry ? (id) => retry.mutate(id) : null, retry.isPending)}
          empty={<NoMessages book={book} onAll={() => setState({ state: "all" })} state={state} />}
          isLoading={isPending}
          rowKey={({ id }) => id}
          rows={items}
        />
      )}
      <ListFoot isFramed list={list} listed={items.length} noun="message" />
    </Section>
  );
}

function NoMessages({ book, state, onAll }: { book: AlertBook; state: State; onAll: () => void }) {
  if (state !== "all")
    return (
      <Empty
        action={<Button onClick={onAll}>Show all</Button>}
        kind="no-match"
        title="No message is in this state"
      />
    );
  const [first] = book.destinations.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  if (!first || book.lookedTo === null)
    return (
      <Empty kind="no-data" title="Nothing was sent yet">
        {first
          ? "The first look for what is to be told is still to come."
          : "There is no destination to send to."}
      </Empty>
    );
  return (
    <Empty kind="nothing-found" title="Nothing happened that a destination asked for">
      Looked through from <Time at={first.createdAt} /> to <Time at={book.lookedTo} precision="second" />.
      Send a test to see that messages arrive.
    </Empty>
  );
}

const topCell = "align-top";
/** Lines wrap, so that the table fits where there is room for it. */
const wideCell = "min-w-40 max-w-96 whitespace-normal break-words align-top";

function columnsFor(
  onRetry: ((id: string) => void) | null,
  isRetrying: boolean,
): readonly Column<DeliverySummary>[] {
  return [
    {
      id: "happened",
      header: "Happened, UTC",
      className: topCell,
      cell: ({ happenedAt }) => <Time at={happenedAt} short />,
    },
    {
      id: "what",
      header: "What",
      className: wideCell,
      cell: ({ title, page, kind }) =>
        kind === "test" ? (
          title
        ) : (
          <Link className="text-accent-ink hover:underline" href={page}>
            {title}
          </Link>
        ),
    },
    {
      id: "severity",
      header: "Severity",
      className: topCell,
      cell: ({ severity }) => <SeverityBadge severity={severity} />,
    },
    { id: "to", header: "To", className: wideCell, cell: ({ destination }) => destination.name },
    {
      id: "state",
      header: "State",
      className: wideCell,
      cell: (item) => (
        <span className="flex flex-col items-start gap-1">
          <DeliveryState item={item} />
          <LastAttempt item={item} />
        </span>
      ),
    },
    ...(onRetry === null
      ? []
      : [
          {
            id: "retry",
            header: <span className="sr-only">Retry</span>,
            align: "right" as const,
            className: topCell,
            cell: ({ id, state, title, destination, kind }: DeliverySummary) =>
              state === "delivered" || kind === "test" ? null : (
                <Button
                  aria-label={`Try again: ${title} to ${destination.name}`}
                  disabled={isRetrying}
                  look="quiet"
                  onClick={() => onRetry(id)}
                  size="sm"
                >
                  Try again
                </Button>
              ),
          },
        ]),
  ];
}

function DeliveryState({ item: { state, attempts } }: { item: DeliverySummary }) {
  if (state === "delivered")
    return (
      <Badge tone="in_region">
        <CircleCheck aria-hidden="true" />
        Delivered
      </Badge>
    );
  if (state === "given_up")
    return (
      <Badge tone="outside">
        <CircleX aria-hidden="true" />
        Given up
      </Badge>
    );
  return (
    <Badge tone={attempts > 0 ? "unverifiable" : "plain"}>
      <Clock aria-hidden="true" />
      {attempts > 0 ? "Retrying" : "Waiting"}
    </Badge>
  );
}

function LastAttempt({ item }: { item: DeliverySummary }) {
  const { attempts, lastAttemptAt, nextAttemptAt, outcome, answerStatus } = item;
  const words = outcomeWords(outcome, answerStatus);
  if (words === null) return null;
  return (
    <span className="flex flex-col text-sm">
      <span className="text-muted">{words}</span>
      {lastAttemptAt === null ? null : (
        <span className="text-faint text-xs">
          <Time at={lastAttemptAt} precision="second" />
          {attempts > 1 ? `, ${formatNoun(attempts, "attempt")}` : ""}
          {nextAttemptAt === null ? null : (
            <>
              , next <Time at={nextAttemptAt} precision="second" />
            </>
          )}
        </span>
      )}
    </span>
  );
}
