"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { trailQuery } from "../../lib/client/trail.ts";
import { trailGroups } from "../../lib/contracts/trail.ts";
import { trailFilters, trailPageParsers } from "../../lib/contracts/trail-parsers.ts";
import { FrameBody, TenantFrame } from "../settings/tenant-frame.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Empty } from "../ui/empty.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { ListFoot } from "../ui/list-foot.tsx";
import { Select } from "../ui/select.tsx";
import { ExportTrail } from "./export-trail.tsx";
import { groupWords } from "./group-words.ts";
import { TrailRow } from "./trail-row.tsx";

/** The product's own audit trail of a tenant: who, what, when, and where the ledger holds it. */
export function TrailBrowser({ slug }: { slug: string }) {
  const [state, setState] = useQueryStates(trailPageParsers, { history: "push" });
  const filters = trailFilters(slug, state);
  const list = useInfiniteQuery({
    ...trailQuery(filters),
    placeholderData: (before) => (before?.pages[0]?.tenant.slug === slug ? before : undefined),
  });
  const { data, error, refetch } = list;
  const first = data?.pages[0];
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  const people = first?.people ?? [];
  return (
    <TenantFrame
      actions={first ? <ExportTrail filters={filters} page={first} /> : null}
      sentence="Every change and export in this tenant, and every look at a single call, finding or proof, each an entry of its log. Looks of one minute stand together; lists and charts are not counted. Sign-ins and changed accounts of those who were members then are entries of the deployment's own log."
      slug={slug}
      title="Audit trail"
    >
      <div className="grid grid-cols-2 items-end gap-3 md:flex print:hidden">
        <Field label="What">
          <Select
            className="md:w-64"
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
        </Field>
        <Field label="Who">
          <Select
            className="md:w-52"
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
        </Field>
        {(["first", "last"] as const).map((end) => (
          <Field key={end} label={end === "first" ? "From day (UTC)" : "Up to day (UTC)"}>
            <Input
              className="md:w-40"
              onChange={({ target }) =>
                setState({ [end]: target.value === "" ? null : new Date(target.value) })
              }
              type="date"
              value={state[end]?.toISOString().slice(0, 10) ?? ""}
            />
          </Field>
        ))}
      </div>
      {data ? (
        <div
          aria-busy={list.isFetching}
          className={cn(
            "overflow-hidden rounded-md border bg-surface transition-opacity",
            list.isPlaceholderData && "opacity-60",
          )}
        >
          {events.length === 0 ? (
            <Empty
              action={<Button onClick={() => setState(null)}>Show everything</Button>}
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
