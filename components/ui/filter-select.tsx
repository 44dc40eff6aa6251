import { Select } from "./select.tsx";

export type FilterSelectProps<Value extends string> = {
  /** Of what, for those who cannot see it, e.g. `Cause`. */
  label: string;
  /** The choice of all, e.g. `Every cause`. */
  all: string;
  values: readonly Value[];
  /** null: all of them. */
  chosen: Value | null;
  onChoose: (value: Value | null) => void;
  wordsOf?: (value: Value) => string;
  className: string;
};

/** One of several values that a list is narrowed to, or all of them. */
export function FilterSelect<Value extends string>({
  label,
  all,
  values,
  chosen,
  onChoose,
  wordsOf = (value) => value,
  className,
}: FilterSelectProps<Value>) {
  return (
    <Select
      aria-label={label}
      className={className}
      onChange={({ target }) => onChoose(values.find((value) => value === target.value) ?? null)}
      value={chosen ?? ""}
    >
      <option value="">{all}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {wordsOf(value)}
        </option>
      ))}
    </Select>
  );
}
