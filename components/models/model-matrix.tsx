"use client";

import type { RegionRow } from "../../lib/core/regions/catalog.ts";
import type { MatrixAnswer } from "../../lib/core/regions/matrix-cell.ts";
import { CellMatrix } from "../regions/cell-matrix.tsx";
import { cn } from "../ui/cn.ts";
import { Empty } from "../ui/empty.tsx";
import { formatDay } from "../ui/format-day.ts";
import { formatCount } from "../ui/format-number.ts";
import type { ShownLine } from "./model-rows.ts";

export type ModelMatrixProps = {
  lines: readonly ShownLine[];
  regions: readonly RegionRow[];
  open: { readonly id: string; readonly region: string | null } | null;
  onOpen: (model: string, region: string) => void;
  /** The lists that count come from a simulated provider. */
  simulated: boolean;
};

/** Every name by region, with what the provider lists and what was used beside it. */
export function ModelMatrix({ lines, regions, open, onOpen, simulated }: ModelMatrixProps) {
  const listed = simulated ? "Provider lists it (simulated)" : "Provider lists it";
  return (
    <div className="overflow-hidden rounded-md border bg-surface">
      {lines.length === 0 ? (
        <Empty kind="no-match" title="No model matches these filters">
          Clear a filter, or ask the provider for its list below.
        </Empty>
      ) : (
        <CellMatrix
          caption="Models by region"
          columns={["Ends", "Uplift", listed, usedTitle]}
          figures={[usedTitle]}
          firstColumn="Model"
          onOpen={onOpen}
          open={open}
          regions={regions}
          rows={lines.map((line) => ({
            id: line.id,
            name: line.id,
            title: <ModelName line={line} />,
            cell: (code: string) => line.answers.get(code) ?? null,
            caveat: (code: string) => narrowing(line.answers.get(code)),
            extra: [
              <Ends key="ends" line={line} />,
              upliftWords[line.row?.uplift.state ?? "unknown"],
              <Listed key="listed" listedIn={line.listedIn} />,
              line.usedCalls === 0 ? <Nothing key="used">none</Nothing> : formatCount(line.usedCalls),
            ],
          }))}
        />
      )}
    </div>
  );
}

const usedTitle = "Calls, 30 d";

/** A caveat is marked where it narrows a yes; elsewhere the state says enough, and the sheet the rest. */
function narrowing(answer: MatrixAnswer | undefined): string | null {
  return answer?.state === "yes" ? (answer.caveats[0] ?? null) : null;
}

const upliftWords = { yes: "yes", no: "no", unlisted: "not stated", unknown: "not known" } as const;

function ModelName({ line }: { line: ShownLine }) {
  return (
    <span className="block truncate" title={line.id}>
      <span className="font-mono text-xs">{line.id}</span>
      {line.row === null ? <span className="ml-2 text-faint text-xs">not in the catalog</span> : null}
    </span>
  );
}

function Ends({ line: { row, listedEnd } }: { line: ShownLine }) {
  const end = row?.shutdown?.on ?? listedEnd;
  if (end === null) return <Nothing>none read</Nothing>;
  const isOver = end <= new Date().toISOString().slice(0, 10);
  return (
    <span className={cn("tabular-nums", isOver && "text-outside-ink")}>
      {isOver ? "ended " : ""}
      {formatDay(end)}
    </span>
  );
}

function Listed({ listedIn }: { listedIn: readonly string[] | null }) {
  if (listedIn === null) return <Nothing>never asked</Nothing>;
  if (listedIn.length === 0) return <Nothing>no</Nothing>;
  return <span className="font-mono text-xs">{listedIn.join(", ")}</span>;
}

function Nothing({ children }: { children: string }) {
  return <span className="text-faint">{children}</span>;
}
