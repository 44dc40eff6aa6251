"use client";

import { History } from "lucide-react";
import type { CallFacet, CallListItem } from "../../lib/contracts/calls.ts";
import type { CallEnd } from "../../lib/core/calls/call-facts.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { RestatedMark } from "../restatements/restated-mark.tsx";
import { cn } from "../ui/cn.ts";
import { RegionMark } from "../ui/region-mark.tsx";
import { regionName } from "../ui/region-name.tsx";
import { shortenMiddle } from "../ui/shorten-middle.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";
import { callLinkId } from "./call-link-id.ts";
import { endWords } from "./evidence-words.ts";
import { FilterValue } from "./filter-value.tsx";
import { ModelPair } from "./model-pair.tsx";
import { causeTitle } from "./reason-words.ts";

export type CallTableProps = {
  items: readonly CallListItem[];
  openId: string | null;
  /** Ids that have just come in. */
  arrived: ReadonlySet<string>;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
  onFilter: (facet: CallFacet, value: string) => void;
  /** Confines the list to a tenant; absent where it shows one only, and then needs no column for it. */
  onTenant?: (slug: string) => void;
};

/** Calls newest first. The whole row opens the evidence; a value in it filters. */
export function CallTable({ items, openId, arrived, hrefOf, onOpen, onFilter, onTenant }: CallTableProps) {
  return (
    <Table caption="Calls, newest first" className="@min-[36rem]:table-fixed">
      <CallTableHead hasTenants={onTenant !== undefined} />
      <TableBody>
        {items.map((call) => (
          <TableRow
            className={cn(
              "relative hover:bg-hover",
              openId === call.id && "bg-accent-tint hover:bg-accent-tint",
              arrived.has(call.id) && "enter-fade",
            )}
            key={call.id}
          >
            <TableCell className="w-full max-w-0 @min-[36rem]:w-auto @min-[36rem]:max-w-none">
              <a
                aria-current={openId === call.id ? "true" : undefined}
                className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-ink focus-visible:after:-outline-offset-2"
                href={hrefOf(call.id)}
                id={callLinkId(call.id)}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  onOpen(call.id);
                }}
              >
                <Time at={call.startedAt} precision="second" short />
                <span className="sr-only">: open the evidence</span>
              </a>
              <span className="block truncate text-faint text-xs @min-[36rem]:hidden">
                {call.application} · <span className="font-mono">{call.host ?? "nothing sent"}</span>
              </span>
            </TableCell>
            <CallCells call={call} onFilter={onFilter} onTenant={onTenant} />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const cell = "px-2";

/**
 * The columns that fit the list's own width, not the window's: facets and navigation can be folded away. None comes before
 * the reason has room for its words.
 */
const from = {
  narrow: "hidden @min-[36rem]:table-cell",
  middle: "hidden @min-[48rem]:table-cell",
  wide: "hidden @min-[56rem]:table-cell",
  tenant: "hidden @min-[61rem]:table-cell",
} as const;

/** The column of tenants takes the room of one of these. */
const model = {
  alone: "hidden @min-[61rem]:table-cell",
  besideTenants: "hidden @min-[70rem]:table-cell",
} as const;
const operation = {
  alone: "hidden @min-[74rem]:table-cell",
  besideTenants: "hidden @min-[84rem]:table-cell",
} as const;

function CallTableHead({ hasTenants }: { hasTenants: boolean }) {
  const by = hasTenants ? "besideTenants" : "alone";
  return (
    <TableHead className="@max-[36rem]:sr-only">
      <tr>
        <TableHeader className="@min-[36rem]:w-32">Time (UTC+00:00)</TableHeader>
        <TableHeader className={cn(cell, "@min-[36rem]:w-42")}>Verdict</TableHeader>
        <TableHeader className={cn(cell, from.middle, "w-52")}>Reason</TableHeader>
        <TableHeader className={cn(cell, from.narrow, "w-48")}>Host</TableHeader>
        <TableHeader className={cn(cell, model[by])}>Model</TableHeader>
        <TableHeader className={cn(cell, operation[by], "w-40")}>Operation</TableHeader>
        {hasTenants ? <TableHeader className={cn(cell, from.tenant, "w-25")}>Tenant</TableHeader> : null}
        <TableHeader className={cn(cell, from.wide, "w-26")}>Application</TableHeader>
        <TableHeader className={cn(from.middle, "w-14 pl-2")}>Status</TableHeader>
      </tr>
    </TableHead>
  );
}

const endShort: Readonly<Record<CallEnd, string>> = {
  complete: "none",
  client_abort: "left",
  upstream_failed: "failed",
  refused: "refused",
  unknown: "no end",
};

type CallCellsProps = Pick<CallTableProps, "onFilter" | "onTenant"> & { call: CallListItem };

function CallCells({ call, onFilter, onTenant }: CallCellsProps) {
  const only = (facet: CallFacet, value: string) => () => onFilter(facet, value);
  const by = onTenant ? "besideTenants" : "alone";
  return (
    <>
      <TableCell className={cn(cell, "w-px @min-[36rem]:w-auto")}>
        <FilterValue
          className="no-underline hover:no-underline"
          onFilter={only("verdict", call.verdict)}
          what="verdict"
          words={verdictWords[call.verdict]}
        >
          <VerdictBadge band={call.band} brief verdict={call.verdict} />
        </FilterValue>
      </TableCell>
      <TableCell className={cn(cell, from.middle, "truncate")}>
        <RestatedMark callId={call.id} />
        {call.retrospective ? (
          <span className="mr-1.5 inline-flex align-[-2px] text-muted" title="Assessed retrospectively">
            <History aria-hidden="true" className="size-3.5" />
            <span className="sr-only">Assessed retrospectively. </span>
          </span>
        ) : null}
        <ReasonWords onFilter={onFilter} reasons={call.reasons} />
      </TableCell>
      <TableCell className={cn(cell, from.narrow, "truncate")}>
        {call.host === null ? (
          <span className="text-faint">nothing sent</span>
        ) : (
          <span className="inline-flex items-center gap-1.5 align-middle">
            <FilterValue
              onFilter={only("region", call.servedRegion ?? "unknown")}
              what="region"
              words={regionName(call.servedRegion)}
            >
              <RegionMark code={call.servedRegion} />
            </FilterValue>
            <FilterValue onFilter={only("host", call.host)} what="host" words={call.host}>
              <span className="font-mono text-xs">{shortenMiddle(call.host, 24)}</span>
            </FilterValue>
          </span>
        )}
      </TableCell>
      <TableCell className={cn(cell, model[by])}>
        <ModelPair answered={call.modelAnswered} asked={call.modelRequested} onFilter={onFilter} />
      </TableCell>
      <TableCell className={cn(cell, operation[by])}>
        <FilterValue onFilter={only("operation", call.operation)} what="operation" words={call.operation}>
          <span className="truncate font-mono text-xs">{call.operation}</span>
        </FilterValue>
      </TableCell>
      {onTenant ? (
        <TableCell className={cn(cell, from.tenant)}>
          <FilterValue onFilter={() => onTenant(call.tenant)} what="tenant" words={call.tenant}>
            <span className="truncate text-muted text-xs">{call.tenant}</span>
          </FilterValue>
        </TableCell>
      ) : null}
      <TableCell className={cn(cell, from.wide)}>
        <FilterValue
          onFilter={only("application", call.application)}
          what="application"
          words={call.application}
        >
          <span className="truncate">{call.application}</span>
        </FilterValue>
      </TableCell>
      <TableCell className={cn(from.middle, "pl-2")} title={endWords[call.end]}>
        <span className={cn("tabular-nums", call.status === null && "text-faint")}>
          {call.status ?? endShort[call.end]}
        </span>
      </TableCell>
    </>
  );
}

function ReasonWords({
  reasons,
  onFilter,
}: Pick<CallListItem, "reasons"> & Pick<CallTableProps, "onFilter">) {
  const [first, ...more] = reasons;
  if (first === undefined) return null;
  return (
    <>
      <FilterValue onFilter={() => onFilter("reason", first)} what="reason" words={causeTitle(first)}>
        <span className="truncate text-muted">{causeTitle(first)}</span>
      </FilterValue>
      {more.length === 0 ? null : (
        <span className="ml-1.5 text-faint text-xs" title={more.map(causeTitle).join(", ")}>
          +{more.length}
        </span>
      )}
    </>
  );
}
