import { Columns3, ListFilter } from "lucide-react";
import Link from "next/link";
import { type CallPageState, countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import { stepNoun } from "../../lib/contracts/time-step.ts";
import type {
  CostFigures,
  Usage,
  UsageDimension,
  UsageFigures,
  UsageRow,
} from "../../lib/contracts/usage.ts";
import type { UsageState } from "../../lib/contracts/usage-parsers.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { BandBar } from "../ui/band-bar.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { formatBytes, formatCount, formatNoun, formatShare } from "../ui/format-number.ts";
import { RegionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { nameColumn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { CostCell, UpliftCell } from "./cost-cell.tsx";
import { costText, leftOutText, unknownCalls } from "./cost-words.ts";
import { DimensionChoice, type DimensionChoiceProps } from "./dimension-choice.tsx";
import { dimensionWords, usageKeyText } from "./usage-words.ts";

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
  const { rows, rowsLeftOff, total, by } = usage;
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
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.key}>
              <TableCell className={cn(nameColumn, "bg-surface")}>
                <span className="group inline-flex items-center gap-1">
                  <Link
                    className="underline-offset-4 hover:text-accent-ink hover:underline"
                    href={countedCallsHref(usage.window, { ...narrowed(state), ...only(by, row.key) })}
                    title="See these calls"
                  >
                    <UsageKey by={by} text={row.key} />
                  </Link>
                  <Button
                    aria-label={`Narrow the page to ${usageKeyText(by, row.key)}`}
                    className="size-6 text-faint"
                    look="quiet"
                    onClick={() => onNarrow(by, row.key)}
                    size="icon"
                    title="Narrow the page to it"
                  >
                    <ListFilter aria-hidden="true" className="size-3.5" />
                  </Button>
                </span>
              </TableCell>
              <TableCell align="right">{formatCount(row.calls)}</TableCell>
              <TableCell align="right" className="text-muted">
                {formatShare(row.calls, total.calls)}
              </TableCell>
              {all ? (
                <CallsBefore
                  compared={row.comparedCalls}
                  previous={usage.comparable ? row.previousCalls : null}
                />
              ) : null}
              <TableCell>
                <Sparkline description={describe(row, usage)} values={row.points} widthPx={72} />
              </TableCell>
              <TableCell>
                <BandBar bands={row.bands} outOf={largest} />
              </TableCell>
              <Sums
                all={all}
                before={usage.comparable ? row.previousCost : null}
                compared={row.comparedCost}
                cost={row.cost}
                figures={row}
              />
            </TableRow>
          ))}
        </TableBody>
        <TableBody className="border-t">
          <TableRow className="bg-sunken font-medium">
            <TableCell className={cn(nameColumn, "bg-sunken")}>All</TableCell>
            <TableCell align="right">{formatCount(total.calls)}</TableCell>
            <TableCell align="right" className="text-muted">
              {formatShare(total.calls, total.calls)}
            </TableCell>
            {all ? (
              <CallsBefore
                compared={usage.compared.calls}
                previous={usage.comparable ? usage.previous.calls : null}
              />
            ) : null}
            <TableCell />
            <TableCell />
            <Sums
              all={all}
              before={usage.comparable ? usage.previous.cost : null}
              compared={usage.compared.cost}
              cost={total.cost}
              figures={total}
            />
          </TableRow>
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

function UsageKey({ by, text }: { by: UsageDimension; text: string }) {
  if (by === "region") return <RegionName className="max-sm:whitespace-normal" code={text} />;
  const isPlain = by === "application" || by === "tenant" || text === "none" || text === "other";
  return <span className={isPlain ? undefined : "font-mono text-sm"}>{usageKeyText(by, text)}</span>;
}

/** What there was before, and in its title what that is held against: the whole hours or days of the range. */
function CallsBefore({ compared, previous }: { compared: number; previous: number | null }) {
  if (previous === null) return <NothingBefore />;
  return (
    <TableCell
      align="right"
      className="text-muted"
      title={`Against ${formatCount(compared)} in as many whole hours or UTC days of the range`}
    >
      {formatCount(previous)}
    </TableCell>
  );
}

function NothingBefore() {
  return (
    <TableCell align="right" className="text-faint" title="Nothing to compare with">
      –
    </TableCell>
  );
}

type SumsProps = {
  figures: UsageFigures;
  cost: CostFigures;
  compared: CostFigures;
  /** Null where there is nothing to compare with. */
  before: CostFigures | null;
  /** All columns, not the main ones alone. */
  all: boolean;
};

function Sums({ figures, cost, compared, before, all }: SumsProps) {
  return (
    <>
      <TableCell align="right" title={partText(figures.inputTokens, figures.cachedTokens, "cached")}>
        <Count value={figures.inputTokens} />
      </TableCell>
      <TableCell align="right" title={partText(figures.outputTokens, figures.reasoningTokens, "reasoning")}>
        <Count value={figures.outputTokens} />
      </TableCell>
      <TableCell align="right">
        <CostCell cost={cost} />
      </TableCell>
      <TableCell align="right">
        <UpliftCell cost={cost} />
      </TableCell>
      {all ? (
        <>
          <TableCell align="right" title={leftOutText(cost) ?? undefined}>
            <Count value={unknownCalls(cost)} />
          </TableCell>
          {before === null ? (
            <NothingBefore />
          ) : (
            <TableCell
              align="right"
              className="text-muted"
              title={`Against ${costText(compared)} in as many whole hours or UTC days of the range`}
            >
              <CostCell cost={before} />
            </TableCell>
          )}
        </>
      ) : null}
      <TableCell align="right">
        <Count value={figures.errors} />
      </TableCell>
      {all ? (
        <>
          <TableCell align="right">{formatBytes(figures.requestBytes)}</TableCell>
          <TableCell align="right">{formatBytes(figures.responseBytes)}</TableCell>
        </>
      ) : null}
    </>
  );
}

function Count({ value }: { value: number }) {
  return value === 0 ? <span className="text-faint">0</span> : formatCount(value);
}

/** `1 234 of them cached (12.3 %)`, for the figure's title. */
function partText(of: number, part: number, word: string): string | undefined {
  return part === 0 ? undefined : `${formatCount(part)} of them ${word} (${formatShare(part, of)})`;
}

function narrowed(state: UsageState): Partial<CallPageState> {
  const { tenant, application, region, model, operation } = state;
  return { tenant, application, region, model, operation };
}

function only(by: UsageDimension, key: string): Partial<CallPageState> {
  return by === "tenant" ? { tenant: key } : { [by]: [key] };
}

function describe(row: UsageRow, { by, step }: Usage): string {
  const most = Math.max(0, ...row.points);
  return `${usageKeyText(by, row.key)}: at most ${formatNoun(most, "call")} per ${stepNoun[step]}`;
}
