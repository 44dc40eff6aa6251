import { useId } from "react";
import { FieldRemarks, remarkIds } from "../../ui/field-remarks.tsx";

export type CheckFieldProps = {
  label: string;
  hint?: string;
  error?: string | null;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

/** One yes or no, with what it means beneath. */
export function CheckField({ label, hint, error, checked, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <input
        aria-describedby={remarkIds(id, { hint, error })}
        aria-invalid={error ? true : undefined}
        checked={checked}
        className="mt-1 size-3.5 shrink-0 accent-accent"
        id={id}
        onChange={({ target }) => onChange(target.checked)}
        type="checkbox"
      />
      <div className="min-w-0">
        <label className="cursor-pointer font-medium text-sm" htmlFor={id}>
          {label}
        </label>
        <FieldRemarks error={error} hint={hint} id={id} />
      </div>
    </div>
  );
}
