import Link from "next/link";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import type { ReplayDifference } from "../../lib/contracts/replays.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { replayWords } from "./verdict-table.tsx";

export type DifferenceListProps = {
  slug: string;
  /** The newest of them. */
  differing: readonly ReplayDifference[];
  /** All of them, counted. */
  differ: number;
};

/** Calls that would have ended otherwise, each with the way to its evidence. */
export function DifferenceList({ slug, differing, differ }: DifferenceListProps) {
  const note =
    differ > differing.length
      ? `A part of ${formatCount(differ)}: at most 50 of every 2 000 calls are listed, the newest first.`
      : "The newest first.";
  return (
    <Section note={note} title="Calls that would have ended otherwise">
      <DataTable
        caption="Calls that would have ended otherwise"
        columns={columnsFor(slug)}
        empty={
          <Empty kind="nothing-found" title="No call would have ended otherwise">
            Under this version every call of the period has the verdict it was recorded with.
          </Empty>
        }
        rowKey={({ id }) => id}
        rows={differing}
      />
    </Section>
  );
}

function columnsFor(slug: string): readonly Column<ReplayDifference>[] {
  return [
    {
      id: "started",
      header: "Started (UTC)",
      cell: ({ id, startedAt }) => (
        <Link
          className="hover:text-accent-ink"
          href={callsHref({ tenant: slug, ...around(startedAt), call: id })}
        >
          <Time at={startedAt} precision="second" short />
        </Link>
      ),
    },
    { id: "application", header: "Application", cell: ({ application }) => application },
    {
      id: "model",
      header: "Model",
      cell: ({ model }) => <code className="font-mono text-xs">{model ?? "·"}</code>,
    },
    {
      id: "host",
      header: "Host",
      cell: ({ host }) => <code className="font-mono text-xs">{host ?? "·"}</code>,
    },
    { id: "before", header: "Recorded", cell: ({ before }) => replayWords[before] },
    { id: "after", header: "Under this version", cell: ({ after }) => replayWords[after] },
    { id: "why", header: "Why", className: "whitespace-normal min-w-64", cell: ({ why }) => why },
  ];
}

/** The list of calls takes a window; a day around the call holds it. */
export function around(at: string): { from: string; to: string } {
  const ms = Date.parse(at);
  return { from: new Date(ms - dayMs).toISOString(), to: new Date(ms + dayMs).toISOString() };
}
