"use client";

import { Check } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { useId, useState } from "react";
import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import type { CallFacet, CallPage, FacetCount } from "../../lib/contracts/calls.ts";
import { cn } from "../ui/cn.ts";
import { formatCount } from "../ui/format-number.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { facetOrder, facetValueWords, facetWords, monoFacets } from "./facet-words.ts";

export type CallFacetsProps = {
  /** undefined while the first page is on its way. */
  facets: CallPage["facets"] | undefined;
  filters: CallFilters;
  onToggle: (facet: CallFacet, value: string) => void;
};

/** What can be narrowed by, with the calls each value would leave. */
export function CallFacets({ facets, filters, onToggle }: CallFacetsProps) {
  if (facets === undefined) return <CallFacetsSkeleton />;
  return (
    <div className="flex flex-col gap-5">
      {facetOrder.map((facet) => (
        <Facet
          chosen={filters[facet]}
          counts={facets[facet]}
          facet={facet}
          key={facet}
          onToggle={(value) => onToggle(facet, value)}
        />
      ))}
    </div>
  );
}

type FacetProps = {
  facet: CallFacet;
  counts: readonly FacetCount[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
};

const shortList = 6;

function Facet({ facet, counts, chosen, onToggle }: FacetProps) {
  const [all, setAll] = useState(false);
  const id = useId();
  const values = withChosen(counts, chosen);
  // One value that every call has narrows nothing.
  if (values.length === 0 || (values.length === 1 && chosen.length === 0)) return null;
  const shown = all ? values : values.filter(({ value }, at) => at < shortList || chosen.includes(value));
  return (
    <div className="min-w-0">
      <p className="px-2 pb-1 font-medium text-faint text-xs" id={id}>
        {facetWords[facet]}
      </p>
      {/* One stop of the Tab key each, and the arrow keys within: there are dozens of values before the list. */}
      <ToggleGroup.Root
        aria-labelledby={id}
        onValueChange={(pressed) => {
          for (const { value } of shown)
            if (pressed.includes(value) !== chosen.includes(value)) onToggle(value);
        }}
        orientation="vertical"
        role="group"
        type="multiple"
        value={[...chosen]}
      >
        {shown.map(({ value, calls }) => (
          <FacetValue
            calls={calls}
            chosen={chosen.includes(value)}
            key={value}
            mono={monoFacets.has(facet)}
            value={value}
            words={facetValueWords(facet, value)}
          />
        ))}
      </ToggleGroup.Root>
      {values.length > shortList ? (
        <button
          className="rounded-sm px-2 py-0.5 text-accent-ink text-xs hover:underline"
          onClick={() => setAll(!all)}
          type="button"
        >
          {all ? "Show fewer" : `Show all ${formatCount(values.length)}`}
          <span className="sr-only"> of {facetWords[facet]}</span>
        </button>
      ) : null}
    </div>
  );
}

type FacetValueProps = { value: string; words: string; calls: number; chosen: boolean; mono: boolean };

function FacetValue({ value, words, calls, chosen, mono }: FacetValueProps) {
  return (
    <ToggleGroup.Item
      className={cn(
        "flex min-h-7 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-hover",
        chosen && "bg-accent-tint font-medium text-accent-ink hover:bg-accent-tint",
        !chosen && calls === 0 && "text-faint",
      )}
      title={words}
      value={value}
    >
      <span className={cn("min-w-0 flex-1 truncate", mono && "font-mono text-xs")}>{words}</span>
      {chosen ? <Check aria-hidden="true" className="size-3.5 shrink-0" /> : null}
      <span className={cn("shrink-0 text-xs tabular-nums", chosen ? "text-accent-ink" : "text-faint")}>
        {formatCount(calls)}
        <span className="sr-only"> calls</span>
      </span>
    </ToggleGroup.Item>
  );
}

/** A chosen value stays on the list with 0 calls: it must be possible to take it away again. */
function withChosen(counts: readonly FacetCount[], chosen: readonly string[]): readonly FacetCount[] {
  const missing = chosen.filter((value) => !counts.some((count) => count.value === value));
  return [...counts, ...missing.map((value) => ({ value, calls: 0 }))];
}

function CallFacetsSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-5">
      {[4, 3, 5].map((rows) => (
        <div className="flex flex-col gap-2 px-2" key={rows}>
          <Skeleton className="h-3 w-16" />
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
            <Skeleton className="h-5" key={row} />
          ))}
        </div>
      ))}
    </div>
  );
}
