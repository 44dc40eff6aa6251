"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { trailQuery } from "../../lib/client/trail.ts";
import { type TrailGroup, trailGroups } from "../../lib/contracts/trail.ts";
import { trailFilters, trailPageParsers } from "../../lib/contracts/trail-parsers.ts";
import { FrameBody, TenantFrame } from "../settings/tenant-frame.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { FilterRow } from "../ui/filter-row.tsx";
import { ListFoot } from "../ui/list-foot.tsx";
import { Select } from "../ui/select.tsx";
import { TrailRow } from "./trail-row.tsx";

const groupWords: Readonly<Record<TrailGroup, string>> = {
  all: "Everything",
  changes: "Changes",
  views: "Views of evidence",
  exports: "Exports and downloads",
  sign_ins: "Sign-ins of members",
};

/** The product's own audit trail of a tenant: who, what, when, and where the ledger holds it. */
export function TrailBrowser({ slug }: { slug: string }) {
  const [state, setState] = useQueryStates(trailPageParsers, { history: "push" });
  const list = useInfiniteQuery(trailQuery(trailFilters(slug, state)));
  const { data, error, refetch } = list;
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  const people = data?.pages[0]?.people ?? [];
  return (
    <TenantFrame
      sentence="Every change and export in this tenant, and every look at a single call, finding or proof, each an entry of its log. Looks of one minute stand together; lists and charts are not counted. Sign-ins and changed accounts of those who were members then are entries of the deployment's own log."
      slug={slug}
      title="Audit trail"
    >
      <div className="print:hidden">
        <FilterRow>
          <Select
            aria-label="What"
            className="w-56"
            onChange={({ target }) =>
              setState({ group: trailGroups.find((group) => group === target.value) ?? "all" })
            }
            value={state.group}
          >
            {trailGroups.map((group) => (
              <option key={group} value={group}>
                {groupWords[group]}
              </option>
            ))}
          </Select>
          <Select
            aria-label="Who"
            className="w-56"
            onChange={({ target }) => setState({ who: target.value || null })}
            value={state.who ?? ""}
          >
            <option value="">Anybody</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            {state.who !== null && !people.some(({ id }) => id === state.who) ? (
              <option value={state.who}>{state.who}</option>
            ) : null}
          </Select>
        </FilterRow>
      </div>
      {data ? (
        <div className="overflow-hidden rounded-md border bg-surface">
          {events.length === 0 ? (
            <Empty
              action={<Button onClick={() => setState({ group: "all", who: null })}>Show everything</Button>}
              kind="no-match"
              title="No event matches these filters"
            />
          ) : (
            <ol aria-label="Events, newest first" className="divide-y divide-line">
              {events.map((event) => (
                <TrailRow event={event} key={event.id} onWho={(who) => setState({ who })} slug={slug} />
              ))}
            </ol>
          )}
          <ListFoot isFramed list={list} listed={events.length} noun="event" />
        </div>
      ) : (
        <FrameBody error={error} onRetry={() => void refetch()} what="the audit trail" />
      )}
    </TenantFrame>
  );
}
