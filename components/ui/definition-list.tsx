import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export type Definition = { readonly term: string; readonly value: ReactNode };

/** Terms at the left, values at the right, a hairline between rows. */
export function DefinitionList({ items, className }: { items: readonly Definition[]; className?: string }) {
  return (
    <dl className={cn("divide-y divide-line text-sm", className)}>
      {items.map(({ term, value }) => (
        <div
          className="grid min-h-8 break-inside-avoid grid-cols-[minmax(112px,2fr)_5fr] items-baseline gap-3 py-1.5"
          key={term}
        >
          <dt className="text-faint">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
