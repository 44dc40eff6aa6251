import Link from "next/link";
import type { ReactNode } from "react";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { Latency, LatencyFigures } from "../../lib/contracts/latency.ts";
import type { LatencyState } from "../../lib/contracts/latency-parsers.ts";
import { cn } from "../ui/cn.ts";
import { nameColumn, TableCell, TableRow } from "../ui/table.tsx";
import { Figures } from "./figures.tsx";

export type CallsRowProps = {
  latency: Latency;
  state: LatencyState;
  region: string;
  model: string;
  figures: LatencyFigures;
  scaleMaxMs: number;
  /** True beneath a region, which stands on the ground of the page. */
  isSunken?: boolean;
  /** What of the two the row is named after. */
  name: ReactNode;
  /** The cells after the figures. */
  children: ReactNode;
};

/** The figures of one model at one region; its name leads to the calls. */
export function CallsRow(props: CallsRowProps) {
  const { latency, state, region, model, figures, scaleMaxMs, isSunken = false, name, children } = props;
  const ground = isSunken ? "bg-sunken" : "bg-surface";
  const { tenant, application, operation } = state;
  return (
    <TableRow className={ground}>
      <TableCell className={cn(nameColumn, ground)}>
        <Link
          className="ml-4 inline-block underline-offset-4 hover:text-accent-ink hover:underline"
          href={countedCallsHref(latency.window, {
            ...{ tenant, application, operation },
            region: [region],
            model: [model],
          })}
        >
          {name}
        </Link>
      </TableCell>
      <Figures figures={figures} scaleMaxMs={scaleMaxMs} />
      {children}
    </TableRow>
  );
}
