"use client";

import { isNarrowed, openStates } from "../../lib/contracts/finding-parsers.ts";
import {
  type FindingChoices,
  type FindingPage,
  type FindingState,
  findingSelections,
  findingStates,
  severities,
} from "../../lib/contracts/findings.ts";
import { dataCategories, dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import { facetValueWords } from "../calls/facet-words.ts";
import { causeTitle } from "../calls/reason-words.ts";
import { type Environment, environmentWords } from "../tenants/environment-words.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { FilterRow } from "../ui/filter-row.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Select } from "../ui/select.tsx";
import { selectionWords } from "./selection-words.ts";
import { severityWords } from "./severity-badge.tsx";
import type { FindingSearchState } from "./use-finding-search.ts";

type View = { readonly title: string; readonly states: readonly FindingState[] };

const views: readonly View[] = [
  { title: "To do", states: [] },
  { title: "Open", states: ["open"] },
  { title: "Acknowledged", states: ["acknowledged", "investigating"] },
  { title: "Resolved", states: ["resolved"] },
  { title: "Accepted", states: ["accepted"] },
  { title: "All", states: findingStates },
];

const viewStyle =
  "inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-ink aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-ink";
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
  const causes = [...new Set([...state.cause, ...choices.causes])].sort();
  const applications = [...new Set([...state.application, ...choices.applications])].sort();
  const owners = [...new Set([...state.owner, ...choices.owners])].sort();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">State</legend>
        {views.map(({ title, states }) => (
          <button
            aria-pressed={state.only === null && sameStates(state.state, states)}
            className={viewStyle}
            key={title}
            onClick={() => set({ state: [...states], only: null })}
            type="button"
          >
            {title}
            <span className="text-faint text-xs tabular-nums">
              {counts === undefined ? "" : formatCount(sumOf(counts, states))}
            </span>
          </button>
        ))}
        {findingSelections.map((only) => (
          <button
            aria-pressed={state.only === only}
            className={viewStyle}
            key={only}
            onClick={() => set({ state: [...findingStates], only })}
            title={selectionWords[only].meaning}
            type="button"
          >
            {selectionWords[only].title}
          </button>
        ))}
      </fieldset>
      <FilterRow>
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
        <Select
          aria-label="Cause"
          className="w-52"
          onChange={(event) => set({ cause: event.target.value === "" ? [] : [event.target.value] })}
          value={state.cause[0] ?? ""}
        >
          <option value="">Every cause</option>
          {causes.map((cause) => (
            <option key={cause} value={cause}>
              {causeTitle(cause)}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Application"
          className="w-44"
          onChange={(event) => set({ application: event.target.value === "" ? [] : [event.target.value] })}
          value={state.application[0] ?? ""}
        >
          <option value="">Every application</option>
          {applications.map((application) => (
            <option key={application} value={application}>
              {application}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Declared data"
          className="w-44"
          onChange={(event) => {
            const chosen = dataCategories.find((category) => category === event.target.value);
            set({ data: chosen === undefined ? [] : [chosen] });
          }}
          value={state.data[0] ?? ""}
        >
          <option value="">Any data</option>
          {dataCategories.map((category) => (
            <option key={category} value={category}>
              {dataCategoryWords[category]}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Environment"
          className="w-44"
          onChange={(event) => {
            const chosen = environments.find((environment) => environment === event.target.value);
            set({ environment: chosen === undefined ? [] : [chosen] });
          }}
          value={state.environment[0] ?? ""}
        >
          <option value="">Any environment</option>
          {environments.map((environment) => (
            <option key={environment} value={environment}>
              {environmentWords[environment]}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Owner"
          className="w-40"
          onChange={(event) => set({ owner: event.target.value === "" ? [] : [event.target.value] })}
          value={state.owner[0] ?? ""}
        >
          <option value="">Any owner</option>
          {owners.map((owner) => (
            <option key={owner} value={owner}>
              {facetValueWords("owner", owner)}
            </option>
          ))}
        </Select>
        {isNarrowed(state) ? (
          <Button look="link" onClick={clear} size="sm">
            Clear filters
          </Button>
        ) : null}
      </FilterRow>
    </div>
  );
}

function sameStates(chosen: readonly FindingState[], view: readonly FindingState[]): boolean {
  return [...chosen].sort().join() === [...view].sort().join();
}

/** No state chosen means the inbox. */
function sumOf(counts: FindingPage["counts"], states: readonly FindingState[]): number {
  return (states.length === 0 ? openStates : states).reduce((sum, state) => sum + counts[state], 0);
}
