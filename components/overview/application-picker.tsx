import { NamePicker } from "../ui/name-picker.tsx";

export type ApplicationPickerProps = {
  applications: readonly string[];
  /** null: all of them. */
  chosen: string | null;
  onChoose: (name: string | null) => void;
};

/** The application the figures are confined to. Absent where there is nothing to choose. */
export function ApplicationPicker({ applications, chosen, onChoose }: ApplicationPickerProps) {
  return (
    <NamePicker
      all="All applications"
      chosen={chosen}
      label="Application"
      names={applications}
      onChoose={onChoose}
    />
  );
}
