"use client";

import type { ReactNode } from "react";
import { cn } from "../ui/cn.ts";

export type FilterValueProps = {
  /** What the value is: "host", "model". */
  what: string;
  /** The value in words, whole where the cell is too narrow for it. */
  words: string;
  onFilter: () => void;
  className?: string;
  children: ReactNode;
};

/**
 * A value of the record; a click lists only calls that have it. Not a tab stop of its own: fifty rows
 * of them would bury the keyboard, and the facets beside the list offer the same.
 */
export function FilterValue({ what, words, onFilter, className, children }: FilterValueProps) {
  return (
    <button
      className={cn(
        "relative z-10 inline-flex max-w-full items-center gap-1.5 rounded-xs text-left decoration-line-strong underline-offset-4 hover:underline",
        className,
      )}
      onClick={onFilter}
      tabIndex={-1}
      title={`Only ${what} ${words}`}
      type="button"
    >
      {children}
    </button>
  );
}
