import type { ReactNode } from "react";

export type ChartTooltipRow = { readonly mark: ReactNode; readonly value: string };

/** The one tooltip of all charts: an instant in UTC, exact values, a sum. */
export function ChartTooltip({
  title,
  rows,
  footer,
}: {
  title: string;
  rows: readonly ChartTooltipRow[];
  footer?: string;
}) {
  return (
    <div className="min-w-56 rounded-md border border-line-strong bg-surface px-3 py-2 text-ink text-xs">
      <p className="pb-1 text-muted tabular-nums">{title}</p>
      <ul className="flex flex-col gap-0.5">
        {rows.map(({ mark, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a tooltip never move.
          <li className="flex items-center justify-between gap-4" key={index}>
            {mark}
            <span className="font-medium tabular-nums">{value}</span>
          </li>
        ))}
      </ul>
      {footer ? <p className="mt-1 border-t pt-1 text-muted tabular-nums">{footer}</p> : null}
    </div>
  );
}
