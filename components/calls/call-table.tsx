"use client";

import type { CallFacet, CallListItem } from "../../lib/contracts/calls.ts";
import type { CallEnd } from "../../lib/core/calls/call-facts.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
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
};

/** Calls newest first. The whole row opens the evidence; a value in it filters. */
export function CallTable({ items, openId, arrived, hrefOf, onOpen, onFilter }: CallTableProps) {
  return (
    <Table caption="Calls, newest first" className="md:min-w-[44rem]">
      <CallTableHead />
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
            <TableCell className="max-w-0 md:max-w-none md:pr-2">
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
              <span className="block truncate text-faint text-xs md:hidden">
                {call.application} · <span className="font-mono">{call.host ?? "nothing sent"}</span>
              </span>
            </TableCell>
            <CallCells call={call} onFilter={onFilter} />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function CallTableHead() {
  return (
    <TableHead className="sticky top-0 z-20 bg-surface max-md:sr-only">
      <tr>
        <TableHeader>Time (UTC+00:00)</TableHeader>
        <TableHeader className="hidden lg:table-cell">Application</TableHeader>
        <TableHeader className="hidden md:table-cell">Operation</TableHeader>
        <TableHeader className="hidden lg:table-cell">Model</TableHeader>
        <TableHeader className="hidden md:table-cell">Host</TableHeader>
        <TableHeader className="hidden md:table-cell">Status</TableHeader>
        <TableHeader>Verdict</TableHeader>
        <TableHeader className="hidden xl:table-cell">Reason</TableHeader>
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

function CallCells({ call, onFilter }: { call: CallListItem; onFilter: CallTableProps["onFilter"] }) {
  const only = (facet: CallFacet, value: string) => () => onFilter(facet, value);
  return (
    <>
      <TableCell className="hidden max-w-36 lg:table-cell">
        <FilterValue
          onFilter={only("application", call.application)}
          what="application"
          words={call.application}
        >
          <span className="truncate">{call.application}</span>
        </FilterValue>
      </TableCell>
      <TableCell className="hidden max-w-44 md:table-cell">
        <FilterValue onFilter={only("operation", call.operation)} what="operation" words={call.operation}>
          <span className="truncate font-mono text-xs" title={call.operation}>
            {call.operation}
          </span>
        </FilterValue>
      </TableCell>
      <TableCell className="hidden max-w-56 lg:table-cell">
        <ModelPair answered={call.modelAnswered} asked={call.modelRequested} onFilter={onFilter} />
      </TableCell>
      <TableCell className="hidden md:table-cell">
        {call.host === null ? (
          <span className="text-faint">nothing sent</span>
        ) : (
          <span className="inline-flex items-center gap-1.5">
            <FilterValue
              onFilter={only("region", call.servedRegion ?? "unknown")}
              what="region"
              words={regionName(call.servedRegion)}
            >
              <RegionMark code={call.servedRegion} />
            </FilterValue>
            <FilterValue onFilter={only("host", call.host)} what="host" words={call.host}>
              <span className="font-mono text-xs" title={call.host}>
                {shortenMiddle(call.host, 26)}
              </span>
            </FilterValue>
          </span>
        )}
      </TableCell>
      <TableCell className="hidden md:table-cell" title={endWords[call.end]}>
        <span className={cn("tabular-nums", call.status === null && "text-faint")}>
          {call.status ?? endShort[call.end]}
        </span>
      </TableCell>
      <TableCell className="w-px">
        <FilterValue
          className="no-underline hover:no-underline"
          onFilter={only("verdict", call.verdict)}
          what="verdict"
          words={verdictWords[call.verdict]}
        >
          <VerdictBadge band={call.band} verdict={call.verdict} />
        </FilterValue>
      </TableCell>
      <TableCell className="hidden max-w-64 truncate xl:table-cell">
        <ReasonWords onFilter={onFilter} reasons={call.reasons} />
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
