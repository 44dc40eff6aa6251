"use client";

import { Check, Copy } from "lucide-react";
import { cn } from "./cn.ts";
import { shortenMiddle } from "./shorten-middle.ts";
import { useCopy } from "./use-copy.ts";

export type CopyableProps = {
  /** The whole text; this is what the click copies. */
  text: string;
  /** What it is, for the button's name: "host", "call id". */
  what: string;
  /** Characters shown; the middle is left out beyond. */
  length?: number;
  className?: string;
};

/** A host, id or hash in mono, shortened in the middle, copied whole by a click. */
export function Copyable({ text, what, length = 28, className }: CopyableProps) {
  const { copied, copy } = useCopy(text);
  return (
    <button
      className={cn(
        "group inline-flex max-w-full items-center gap-1 rounded-sm text-left font-mono text-[0.92em] hover:text-accent-ink",
        className,
      )}
      onClick={copy}
      title={text}
      type="button"
    >
      {/* Beside the text and not in place of it: what is shown must be in the button's name (WCAG 2.5.3). */}
      <span className="sr-only print:hidden">
        {copied ? "Copied" : "Copy"} {what}
      </span>
      <span className="truncate print:hidden">{shortenMiddle(text, length)}</span>
      <span className="hidden break-all print:inline">{text}</span>
      {copied ? (
        <Check aria-hidden="true" className="size-3 shrink-0 text-in-region-ink print:hidden" />
      ) : (
        <Copy
          aria-hidden="true"
          className="size-3 shrink-0 opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 print:hidden"
        />
      )}
    </button>
  );
}
