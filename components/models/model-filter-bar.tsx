"use client";

import { cellStates, listedFilters, type ModelPageState } from "../../lib/contracts/catalog-parsers.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { cellWords } from "../regions/cell-words.ts";
import { ClaimSwitch } from "../regions/claim-switch.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { FilterRow } from "../ui/filter-row.tsx";
import { FilterSelect } from "../ui/filter-select.tsx";
import { Input } from "../ui/input.tsx";

export type ModelFilterBarProps = {
  catalog: Catalog;
  state: ModelPageState;
  set: (change: { [Key in keyof ModelPageState]?: ModelPageState[Key] | null }) => void;
};

const listedWords = {
  both: "Listed and in the catalog",
  provider_only: "Listed, not in the catalog",
  catalog_only: "In the catalog, not listed",
  used: "Used in 30 days",
} as const;

/** What the matrix shows: all of it in the URL. */
export function ModelFilterBar({ catalog, state, set }: ModelFilterBarProps) {
  const isFiltered =
    state.q !== "" ||
    state.endpoint !== null ||
    state.feature !== null ||
    state.listed !== null ||
    state.region.length > 0 ||
    state.state.length > 0;
  return (
    <div className="flex flex-col gap-2">
      <FilterRow>
        <ClaimSwitch onChange={(claim) => set({ claim })} value={state.claim} />
        <Input
          aria-label="Find a model"
          className="w-52"
          onChange={(event) => set({ q: event.target.value || null })}
          placeholder="Find a model"
          type="search"
          value={state.q}
        />
        <FilterSelect
          all="Any endpoint"
          chosen={state.endpoint}
          className="w-56"
          label="Endpoint"
          onChoose={(endpoint) => set({ endpoint })}
          values={catalog.endpoints.map(({ path }) => path)}
        />
        <FilterSelect
          all="No feature"
          chosen={state.feature}
          className="w-48"
          label="Feature"
          onChoose={(feature) => set({ feature })}
          values={catalog.features.map(({ id }) => id)}
          wordsOf={(feature) => `with ${catalog.features.find(({ id }) => id === feature)?.title}`}
        />
        <FilterSelect
          all="Every name"
          chosen={state.listed}
          className="w-52"
          label="Listed and used"
          onChoose={(listed) => set({ listed })}
          values={listedFilters}
          wordsOf={(listed) => listedWords[listed]}
        />
        {isFiltered ? (
          <Button
            look="link"
            onClick={() =>
              set({ q: null, endpoint: null, feature: null, listed: null, region: null, state: null })
            }
            size="sm"
          >
            Clear filters
          </Button>
        ) : null}
      </FilterRow>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Chips
          chosen={state.region}
          legend="Regions"
          onChange={(region) => set({ region: region.length === 0 ? null : region })}
          options={catalog.regions.map(({ code, name }) => ({
            id: code,
            word: code.length <= 3 ? code.toUpperCase() : code,
            title: name,
          }))}
        />
        <Chips
          chosen={state.state}
          legend="States"
          onChange={(states) =>
            set({ state: states.length === 0 ? null : (states as ModelPageState["state"]) })
          }
          options={cellStates.map((id) => ({ id, word: cellWords[id].word, title: cellWords[id].meaning }))}
        />
      </div>
    </div>
  );
}

type ChipsProps = {
  legend: string;
  options: readonly { readonly id: string; readonly word: string; readonly title: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

function Chips({ legend, options, chosen, onChange }: ChipsProps) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="float-left pr-1.5 text-faint text-xs">{legend}</legend>
      {options.map(({ id, word, title }) => {
        const pressed = chosen.includes(id);
        return (
          <button
            aria-pressed={pressed}
            className={cn(
              "h-6 rounded-sm border px-1.5 text-muted text-xs hover:bg-hover aria-pressed:border-accent-ink aria-pressed:bg-accent-tint aria-pressed:text-accent-ink",
            )}
            key={id}
            onClick={() => onChange(pressed ? chosen.filter((each) => each !== id) : [...chosen, id])}
            title={title}
            type="button"
          >
            {word}
          </button>
        );
      })}
    </fieldset>
  );
}
