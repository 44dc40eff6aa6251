import { FilterSelect } from "./filter-select.tsx";

export type NamePickerProps = {
  /** Of what, for those who cannot see it, e.g. `Model`. */
  label: string;
  /** The choice of all, e.g. `All models`. */
  all: string;
  names: readonly string[];
  /** null: all of them. */
  chosen: string | null;
  onChoose: (name: string | null) => void;
  nameOf?: (name: string) => string;
};

/** One of several names that figures are confined to. Absent where there is nothing to choose. */
export function NamePicker({
  label,
  all,
  names,
  chosen,
  onChoose,
  nameOf = (name) => name,
}: NamePickerProps) {
  const offered = chosen === null || names.includes(chosen) ? names : [...names, chosen];
  if (offered.length < 2 && chosen === null) return null;
  return (
    <FilterSelect
      all={all}
      chosen={chosen}
      className="w-44"
      label={label}
      onChoose={onChoose}
      values={offered}
      wordsOf={nameOf}
    />
  );
}
