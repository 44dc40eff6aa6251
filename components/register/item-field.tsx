import type { RegisterField } from "../../lib/core/register/register-field.ts";
import { Field } from "../ui/field.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";

export type ItemFieldProps = { field: RegisterField; value: string; error: string | null };

const hints: Partial<Record<RegisterField["type"], string>> = {
  country: "Two letters, such as IE.",
  countries: "Two letters each, with a comma between: IE,DE.",
  lei: "20 characters.",
};

/** The control of one field of an item. */
export function ItemField({ field, value, error }: ItemFieldProps) {
  const { key, label, hint, type, choices, needed, dora } = field;
  return (
    <Field
      className={type === "prose" ? "sm:col-span-2" : undefined}
      error={error}
      hint={hint ?? hints[type]}
      label={dora === undefined ? label : `${label} (B_02.02.${dora})`}
      optional={needed === undefined}
    >
      {type === "choice" ? (
        <Select className="w-full" defaultValue={value} name={key}>
          <option value="">Not stated</option>
          {choices?.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      ) : type === "prose" ? (
        <Textarea defaultValue={value} maxLength={4_000} name={key} rows={3} />
      ) : (
        <Input
          autoComplete="off"
          defaultValue={value}
          inputMode={type === "days" ? "numeric" : undefined}
          maxLength={300}
          name={key}
          type={type === "day" ? "date" : "text"}
        />
      )}
    </Field>
  );
}
