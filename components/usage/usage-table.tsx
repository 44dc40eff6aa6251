import { Columns3 } from "lucide-react";
import type { Usage, UsageDimension } from "../../lib/contracts/usage.ts";
import type { UsageState } from "../../lib/contracts/usage-parsers.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { nameColumn, Table, TableBody, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { DimensionChoice, type DimensionChoiceProps } from "./dimension-choice.tsx";
import { UsageLine, UsageTotal } from "./usage-line.tsx";
import { dimensionWords } from "./usage-words.ts";

export type UsageTableProps = {
  usage: Usage;
  state: UsageState;
  onCountBy: DimensionChoiceProps["onChoose"];
  onColumns: (columns: UsageState["columns"]) => void;
  /** A row was chosen: the page is to show that alone. */
  onNarrow: (by: UsageDimension, key: string) => void;
};

/** Calls, tokens, cost and bytes by one dimension, with all of them in the last row. */
export function UsageTable({ usage, state, onCountBy, onColumns, onNarrow }: UsageTableProps) {
  const { rows, rowsLeftOff, by } = usage;
  const all = state.columns === "all";
  const largest = Math.max(1, ...rows.map(({ calls }) => calls));
  return (
    <Section
      action={
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <Button
            aria-pressed={all}
            className="aria-pressed:bg-accent-tint aria-pressed:text-accent-ink print:hidden"
            onClick={() => onColumns(all ? "main" : "all")}
          >
            <Columns3 aria-hidden="true" />
            All columns
          </Button>
          <DimensionChoice chosen={by} onChoose={onCountBy} />
        </div>
      }
      note={`Tokens as reported. Cost by the prices under Settings, uplift included. ${all ? "Before: as many whole hours or UTC days as the range has. " : ""}Lines are each to their own scale.`}
      title={`By ${dimensionWords[by].toLowerCase()}`}
    >
      <Table caption={`Calls, tokens, cost and bytes by ${dimensionWords[by].toLowerCase()}`}>
        <TableHead>
          <UsageHead all={all} by={by} />
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <UsageLine
              all={all}
              key={row.key}
              largest={largest}
              onNarrow={onNarrow}
              row={row}
              state={state}
              usage={usage}
            />
          ))}
        </TableBody>
        <TableBody className="border-t">
          <UsageTotal all={all} usage={usage} />
        </TableBody>
      </Table>
      {rowsLeftOff > 0 ? (
        <p className="border-t px-4 py-2 text-muted text-sm">
          {formatNoun(rowsLeftOff, "row")} with fewer calls left off; the last row holds them.
        </p>
      ) : null}
    </Section>
  );
}

function UsageHead({ all, by }: { all: boolean; by: UsageDimension }) {
  return (
    <TableRow>
      <TableHeader className={cn(nameColumn, "bg-surface")}>{dimensionWords[by]}</TableHeader>
      <TableHeader align="right">Calls</TableHeader>
      <TableHeader align="right">Share</TableHeader>
      {all ? <TableHeader align="right">Before</TableHeader> : null}
      <TableHeader>Over time</TableHeader>
      <TableHeader className="min-w-24">Bands</TableHeader>
      <TableHeader align="right">Tokens in</TableHeader>
      <TableHeader align="right">Tokens out</TableHeader>
      <TableHeader align="right">Cost</TableHeader>
      <TableHeader align="right">of it uplift</TableHeader>
      {all ? (
        <>
          <TableHeader align="right">Not priced</TableHeader>
          <TableHeader align="right">Cost before</TableHeader>
        </>
      ) : null}
      <TableHeader align="right">Errors</TableHeader>
      {all ? (
        <>
          <TableHeader align="right">Sent</TableHeader>
          <TableHeader align="right">Received</TableHeader>
        </>
      ) : null}
    </TableRow>
  );
}
