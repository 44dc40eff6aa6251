"use client";

import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";

export type ChartFrameProps = {
  /** Read to those who cannot see the chart: what it shows, and its extremes. */
  description: string;
  heightPx: number;
  state: "loading" | "failed" | "empty" | "ready";
  /** One of the three kinds of `Empty`. */
  empty?: ReactNode;
  onRetry?: () => void;
  /** The chart's figures as a table, always there beneath. */
  table: ReactNode;
  tableTitle?: string;
  children: ReactNode;
};

/** Height is kept in every state, so that nothing moves when data arrives. */
export function ChartFrame(props: ChartFrameProps) {
  const { description, heightPx, state, empty, onRetry, table, tableTitle = "Show as a table" } = props;
  return (
    <figure className="flex flex-col">
      <div className="px-2 pt-4" style={{ minHeight: heightPx + 16 }}>
        {state === "loading" ? <ChartSkeleton heightPx={heightPx} /> : null}
        {state === "failed" ? <ErrorPanel onRetry={onRetry} title="The chart could not be loaded" /> : null}
        {state === "empty" ? empty : null}
        {state === "ready" ? (
          <div aria-label={description} role="img" style={{ height: heightPx }}>
            {props.children}
          </div>
        ) : null}
      </div>
      {state === "ready" ? (
        <figcaption>
          <details className="group border-t" data-figures="">
            <summary className="flex h-9 list-none items-center gap-1 px-4 text-muted text-sm hover:text-ink print:hidden">
              <ChevronRight
                aria-hidden="true"
                className="size-3.5 transition-transform group-open:rotate-90"
              />
              {tableTitle}
            </summary>
            <div className="max-h-80 overflow-y-auto border-t print:max-h-none">{table}</div>
          </details>
        </figcaption>
      ) : null}
    </figure>
  );
}

function ChartSkeleton({ heightPx }: { heightPx: number }) {
  return (
    <div className="flex items-end gap-1 px-2" style={{ height: heightPx }}>
      <Loading what="the chart" />
      {skeletonHeights.map((percent, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: skeleton bars have no identity.
        <div className="h-full flex-1 content-end" key={index}>
          <div style={{ height: `${percent}%` }}>
            <Skeleton className="h-full rounded-xs" />
          </div>
        </div>
      ))}
    </div>
  );
}

const skeletonHeights = Array.from({ length: 42 }, (_, index) => 38 + 30 * Math.sin(index / 3) ** 2);
