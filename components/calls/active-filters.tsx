"use client";

import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import { type CallFacet, callFacets } from "../../lib/contracts/calls.ts";
import { FilterChips } from "../ui/filter-chips.tsx";
import { facetValueWords, facetWords } from "./facet-words.ts";

export type ActiveFiltersProps = {
  filters: CallFilters;
  onToggle: (facet: CallFacet, value: string) => void;
  onClear: () => void;
};

/** The facets that narrow the list. */
export function ActiveFilters({ filters, onToggle, onClear }: ActiveFiltersProps) {
  const chips = callFacets.flatMap((facet) =>
    filters[facet].map((value) => ({
      name: facetWords[facet],
      value: facetValueWords(facet, value),
      onRemove: () => onToggle(facet, value),
    })),
  );
  return <FilterChips chips={chips} onClear={onClear} />;
}
