import type { ResourcePageState } from "../../lib/contracts/resource-parsers.ts";
import { type ResourcePage, type ResourceState, resourceStates } from "../../lib/contracts/resources.ts";
import { FilterRow } from "../ui/filter-row.tsx";
import { FilterSelect } from "../ui/filter-select.tsx";
import { formatCount } from "../ui/format-number.ts";
import { regionName } from "../ui/region-name.tsx";
import { Select } from "../ui/select.tsx";
import { kindWord } from "./kind-words.ts";

export type ResourceFilterBarProps = {
  page: Pick<ResourcePage, "counts" | "applications" | "elsewhere"> | undefined;
  state: ResourcePageState;
  onChange: (change: Partial<ResourcePageState>) => void;
};

/** Which objects are listed, by state. */
export const listedStateWords: Readonly<Record<ResourceState, string>> = {
  kept: "Not deleted",
  unsettled: "Still moving",
  unasked: "Could not be asked",
  deleted: "Deleted",
  all: "All",
};

/** Which objects are listed: by kind, birth, state and application. */
export function ResourceFilterBar({ page, state, onChange }: ResourceFilterBarProps) {
  const counts = page?.counts ?? [];
  const kinds = totals(counts, ({ kind }) => kind, state.kind);
  const births = totals(counts, ({ born }) => born, state.born);
  const applications = [...new Set([...(page?.applications ?? []), ...state.application])].sort();
  const only = (value: string | null) => (value === null ? [] : [value]);
  return (
    <FilterRow>
      <FilterSelect
        all="Every kind"
        chosen={state.kind[0] ?? null}
        className="w-56"
        label="Kind"
        onChoose={(kind) => onChange({ kind: only(kind) })}
        values={[...kinds.keys()]}
        wordsOf={(kind) => `${kindWord(kind)} (${formatCount(kinds.get(kind) ?? 0)})`}
      />
      <Select
        aria-label="State"
        className="w-44"
        onChange={({ target }) =>
          onChange({ state: resourceStates.find((each) => each === target.value) ?? "kept" })
        }
        value={state.state}
      >
        {resourceStates.map((each) => (
          <option key={each} value={each}>
            {listedStateWords[each]}
          </option>
        ))}
      </Select>
      <FilterSelect
        all="Born anywhere"
        chosen={state.born[0] ?? null}
        className="w-56"
        label="Born in"
        onChoose={(born) => onChange({ born: only(born) })}
        values={[...births.keys()]}
        wordsOf={(born) => `${birthWord(born)} (${formatCount(births.get(born) ?? 0)})`}
      />
      <Select
        aria-label="Policy"
        className="w-56"
        onChange={({ target }) => onChange({ elsewhere: target.value === "only" ? "only" : "any" })}
        value={state.elsewhere}
      >
        <option value="any">Inside policy or not</option>
        <option value="only">Born elsewhere ({formatCount(page?.elsewhere ?? 0)})</option>
      </Select>
      <FilterSelect
        all="Every application"
        chosen={state.application[0] ?? null}
        className="w-56"
        label="Application"
        onChoose={(application) => onChange({ application: only(application) })}
        values={applications}
      />
    </FilterRow>
  );
}

function birthWord(born: string): string {
  return born === "unknown" ? "Birth not recorded" : regionName(born);
}

type Count = ResourcePage["counts"][number];

/** A chosen value stays on the list: it must be possible to see what is chosen. */
function totals(counts: readonly Count[], of: (count: Count) => string, chosen: readonly string[]) {
  const sums = new Map<string, number>(chosen.map((value) => [value, 0]));
  for (const count of counts) sums.set(of(count), (sums.get(of(count)) ?? 0) + count.resources);
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
