import type { ResourcePageState } from "../../lib/contracts/resource-parsers.ts";
import type { ResourcePage } from "../../lib/contracts/resources.ts";
import { formatCount } from "../ui/format-number.ts";
import { regionName } from "../ui/region-name.tsx";
import { Select } from "../ui/select.tsx";
import { kindWord } from "./kind-words.ts";

export type ResourceFilterBarProps = {
  counts: ResourcePage["counts"];
  state: ResourcePageState;
  onChange: (change: Partial<ResourcePageState>) => void;
};

/** Which objects are listed: by kind, by where they were born, kept or deleted. */
export function ResourceFilterBar({ counts, state, onChange }: ResourceFilterBarProps) {
  const kinds = totals(counts, ({ kind }) => kind, state.kind);
  const births = totals(counts, ({ born }) => born, state.born);
  const only = (value: string) => (value === "" ? [] : [value]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Kind"
        className="w-56"
        onChange={(event) => onChange({ kind: only(event.target.value) })}
        value={state.kind[0] ?? ""}
      >
        <option value="">Every kind</option>
        {kinds.map(([kind, total]) => (
          <option key={kind} value={kind}>
            {kindWord(kind)} ({formatCount(total)})
          </option>
        ))}
      </Select>
      <Select
        aria-label="Born in"
        className="w-56"
        onChange={(event) => onChange({ born: only(event.target.value) })}
        value={state.born[0] ?? ""}
      >
        <option value="">Born anywhere</option>
        {births.map(([born, total]) => (
          <option key={born} value={born}>
            {born === "unknown" ? "Birth not recorded" : regionName(born)} ({formatCount(total)})
          </option>
        ))}
      </Select>
      <Select
        aria-label="State"
        className="w-40"
        onChange={({ target }) =>
          onChange({ state: target.value === "deleted" || target.value === "all" ? target.value : "kept" })
        }
        value={state.state}
      >
        <option value="kept">Not deleted</option>
        <option value="deleted">Deleted</option>
        <option value="all">All</option>
      </Select>
    </div>
  );
}

type Count = ResourcePage["counts"][number];

/** A chosen value stays on the list: it must be possible to see what is chosen. */
function totals(counts: readonly Count[], of: (count: Count) => string, chosen: readonly string[]) {
  const sums = new Map<string, number>(chosen.map((value) => [value, 0]));
  for (const count of counts) sums.set(of(count), (sums.get(of(count)) ?? 0) + count.resources);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}
