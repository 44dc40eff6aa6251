"use client";

import { Check, Copy } from "lucide-react";
import { useCopy } from "../ui/use-copy.ts";

/** A hash to be read aloud: whole, in groups of eight, copied without the spaces by a click. */
export function Fingerprint({ hex }: { hex: string }) {
  const { copied, copy } = useCopy(hex);
  const groups = hex.match(/.{1,8}/g) ?? [];
  return (
    <button
      className="group flex w-fit items-start gap-2 rounded-sm text-left font-mono text-sm hover:text-accent-ink"
      onClick={copy}
      type="button"
    >
      <span className="sr-only print:hidden">{copied ? "Copied" : "Copy"} fingerprint</span>
      <span className="flex max-w-72 flex-wrap gap-x-[1ch]">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group's place in the hash is its identity.
          <span key={index}>{group}</span>
        ))}
      </span>
      {copied ? (
        <Check aria-hidden="true" className="mt-1 size-3 shrink-0 text-in-region-ink print:hidden" />
      ) : (
        <Copy
          aria-hidden="true"
          className="mt-1 size-3 shrink-0 opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 print:hidden"
        />
      )}
    </button>
  );
}
