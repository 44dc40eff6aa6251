"use client";

import { isNarrowed } from "../../lib/contracts/finding-parsers.ts";
import { type FindingChoices, type FindingPage, severities } from "../../lib/contracts/findings.ts";
import { dataCategories, dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import { facetValueWords } from "../calls/facet-words.ts";
import { causeTitle } from "../calls/reason-words.ts";
import { type Environment, environmentWords } from "../tenants/environment-words.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { FilterRow } from "../ui/filter-row.tsx";
import { FilterSelect } from "../ui/filter-select.tsx";
import { FindingViews } from "./finding-views.tsx";
import { severityWords } from "./severity-badge.tsx";
import type { FindingSearchState } from "./use-finding-search.ts";

const environments: readonly Environment[] = ["production", "test"];

export type FindingFilterBarProps = {
  counts: FindingPage["counts"] | undefined;
  /** The causes, applications and owners that can be chosen. */
  choices: FindingChoices;
  search: FindingSearchState;
};

/** Which findings are listed: by state with counts, by severity, by cause, and by what is declared of the application. */
export function FindingFilterBar({ counts, choices, search }: FindingFilterBarProps) {
  const { state, set, clear } = search;
  const sorted = (...values: readonly string[]) => [...new Set(values)].sort();
  const only = <Value,>(value: Value | null) => (value === null ? [] : [value]);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <FindingViews counts={counts} search={search} />
      <FilterRow>
        <SeverityFilter search={search} />
        <FilterSelect
          all="Every cause"
          chosen={state.cause[0] ?? null}
          className="w-52"
          label="Cause"
          onChoose={(cause) => set({ cause: only(cause) })}
          values={sorted(...state.cause, ...choices.causes)}
          wordsOf={causeTitle}
        />
        <FilterSelect
          all="Every application"
          chosen={state.application[0] ?? null}
          className="w-44"
          label="Application"
          onChoose={(application) => set({ application: only(application) })}
          values={sorted(...state.application, ...choices.applications)}
        />
        <FilterSelect
          all="Any data"
          chosen={state.data[0] ?? null}
          className="w-44"
          label="Declared data"
          onChoose={(data) => set({ data: only(data) })}
          values={dataCategories}
          wordsOf={(category) => dataCategoryWords[category]}
        />
        <FilterSelect
          all="Any environment"
          chosen={state.environment[0] ?? null}
          className="w-44"
          label="Environment"
          onChoose={(environment) => set({ environment: only(environment) })}
          values={environments}
          wordsOf={(environment) => environmentWords[environment]}
        />
        <FilterSelect
          all="Any owner"
          chosen={state.owner[0] ?? null}
          className="w-40"
          label="Owner"
          onChoose={(owner) => set({ owner: only(owner) })}
          values={sorted(...state.owner, ...choices.owners)}
          wordsOf={(owner) => facetValueWords("owner", owner)}
        />
        {isNarrowed(state) ? (
          <Button look="link" onClick={clear} size="sm">
            Clear filters
          </Button>
        ) : null}
      </FilterRow>
    </div>
  );
}

function SeverityFilter({ search: { state, set } }: Pick<FindingFilterBarProps, "search">) {
  return (
    <fieldset className="flex h-8 items-center rounded-md border border-line-strong bg-surface max-sm:col-span-2 max-sm:*:flex-1">
      <legend className="sr-only">Severity</legend>
      {severities.map((severity, at) => (
        <button
          aria-pressed={state.severity.includes(severity)}
          className={cn(
            "h-full px-2.5 text-muted text-sm hover:bg-hover hover:text-ink aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-accent-ink",
            at > 0 && "border-line border-l",
          )}
          key={severity}
          onClick={() =>
            set({
              severity: state.severity.includes(severity)
                ? state.severity.filter((one) => one !== severity)
                : [...state.severity, severity],
            })
          }
          type="button"
        >
          {severityWords[severity]}
        </button>
      ))}
    </fieldset>
  );
}
