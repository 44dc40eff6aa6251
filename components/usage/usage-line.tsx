import { ListFilter } from "lucide-react";
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
import { nameColumn, TableCell, TableRow } from "../ui/table.tsx";
import { CostCell, UpliftCell } from "./cost-cell.tsx";
import { costText, leftOutText, unknownCalls } from "./cost-words.ts";
import { usageKeyText } from "./usage-words.ts";

type UsageLineProps = {
  usage: Usage;
  row: UsageRow;
  state: UsageState;
  /** Calls of the longest bar. */
  largest: number;
  /** All columns, not the main ones alone. */
  all: boolean;
  onNarrow: (by: UsageDimension, key: string) => void;
};

/** A row of the table: what it counts leads to its calls. */
export function UsageLine({ usage, row, state, largest, all, onNarrow }: UsageLineProps) {
  const { by, total } = usage;
  return (
    <TableRow>
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
        <CallsBefore compared={row.comparedCalls} previous={usage.comparable ? row.previousCalls : null} />
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
  );
}

/** The last row: all of them. */
export function UsageTotal({ usage, all }: Pick<UsageLineProps, "usage" | "all">) {
  const { total } = usage;
  return (
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
