import { Select } from "../ui/select.tsx";

export type ApplicationPickerProps = {
  applications: readonly string[];
  /** null: all of them. */
  chosen: string | null;
  onChoose: (name: string | null) => void;
};

/** The application the figures are confined to. Absent where there is nothing to choose. */
export function ApplicationPicker({ applications, chosen, onChoose }: ApplicationPickerProps) {
  const names = chosen === null || applications.includes(chosen) ? applications : [...applications, chosen];
  if (names.length < 2 && chosen === null) return null;
  return (
    <Select
      aria-label="Application"
      className="w-44"
      onChange={(event) => onChoose(event.target.value || null)}
      value={chosen ?? ""}
    >
      <option value="">All applications</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Select>
  );
}
