"use client";

import type { ImportPreview } from "../../lib/contracts/imports.ts";
import { type CsvField, csvFieldNames, csvFields } from "../../lib/core/intake/csv-fields.ts";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";

type Mapping = NonNullable<ImportPreview["mapping"]>;

/** In sight from the beginning; the rest folds away. */
const first: readonly CsvField[] = [
  "startedAt",
  "host",
  "operation",
  "path",
  "modelRequested",
  "status",
  "inputTokens",
  "outputTokens",
  "clientId",
];
const rest = csvFieldNames.filter((name) => !first.includes(name));

export type MappingFieldsProps = {
  headers: readonly string[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
};

/** Which column is what. Begins with what the names of the columns suggest. */
export function MappingFields({ headers, mapping, onChange }: MappingFieldsProps) {
  const choose = (name: CsvField, header: string): void => {
    const { [name]: _before, ...others } = mapping.columns;
    onChange({ ...mapping, columns: header === "" ? others : { ...others, [name]: header } });
  };
  const fields = (names: readonly CsvField[]) => (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {names.map((name) => (
        <Field hint={csvFields[name].hint || undefined} key={name} label={csvFields[name].label}>
          <Select onChange={({ target }) => choose(name, target.value)} value={mapping.columns[name] ?? ""}>
            <option value="">Not in the file</option>
            {[...new Set(headers)].filter(Boolean).map((header) => (
              <option key={header} value={header}>
                {header}
              </option>
            ))}
          </Select>
        </Field>
      ))}
    </div>
  );
  const told = rest.filter((name) => mapping.columns[name] !== undefined).length;
  return (
    <div className="flex flex-col gap-4">
      <Field
        hint="A log counts as evidence of grade D; a label or a default only as E, which clears nothing and flags nothing."
        label="How the file knows its host"
      >
        <Select
          className="max-w-md"
          onChange={({ target }) =>
            onChange({ ...mapping, hostSource: target.value as Mapping["hostSource"] })
          }
          value={mapping.hostSource}
        >
          <option value="log">The program wrote down what it dialled</option>
          <option value="label">Somebody configured or named it</option>
          <option value="default">It is filled in also when nobody knows</option>
        </Select>
      </Field>
      {fields(first)}
      <details>
        <summary className="cursor-pointer text-accent-ink text-sm">
          More columns{told > 0 ? ` (${told} in use)` : ""}
        </summary>
        <div className="pt-4">{fields(rest)}</div>
      </details>
    </div>
  );
}
