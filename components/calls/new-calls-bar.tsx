"use client";

import { ArrowUp } from "lucide-react";
import { formatNoun } from "../ui/format-number.ts";
import type { CallTailState } from "./use-call-tail.ts";

/** Tells that new calls wait; nothing moves until the reader lets them in. */
export function NewCallsBar({ tail }: { tail: CallTailState }) {
  const words = `${formatNoun(tail.waiting, "new call")}${tail.full ? " or more" : ""}`;
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {tail.waiting > 0 ? words : ""}
      </p>
      {tail.waiting > 0 ? (
        <button
          className="enter-fade flex h-8 w-full items-center justify-center gap-1.5 border-b bg-accent-tint font-medium text-accent-ink text-sm hover:underline"
          onClick={tail.show}
          type="button"
        >
          <ArrowUp aria-hidden="true" className="size-3.5" />
          {words}
        </button>
      ) : null}
    </>
  );
}
