"use client";

import { X } from "lucide-react";
import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import { type CallFacet, callFacets } from "../../lib/contracts/calls.ts";
import { Button } from "../ui/button.tsx";
import { facetValueWords, facetWords } from "./facet-words.ts";

export type ActiveFiltersProps = {
  filters: CallFilters;
  onToggle: (facet: CallFacet, value: string) => void;
  onClear: () => void;
};

/** The filters in force, in words, each with the way to take it away. */
export function ActiveFilters({ filters, onToggle, onClear }: ActiveFiltersProps) {
  const active = callFacets.flatMap((facet) => filters[facet].map((value) => ({ facet, value })));
  if (active.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {active.map(({ facet, value }) => {
        const words = `${facetWords[facet]}: ${facetValueWords(facet, value)}`;
        return (
          <li className="min-w-0" key={words}>
            <button
              aria-label={`Remove filter ${words}`}
              className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm border border-line-strong bg-surface px-1.5 text-xs hover:bg-hover"
              onClick={() => onToggle(facet, value)}
              type="button"
            >
              <span className="text-faint">{facetWords[facet]}</span>
              <span className="truncate">{facetValueWords(facet, value)}</span>
              <X aria-hidden="true" className="size-3 shrink-0" />
            </button>
          </li>
        );
      })}
      <li>
        <Button className="text-xs" look="link" onClick={onClear} size="sm">
          Clear filters
        </Button>
      </li>
    </ul>
  );
}
