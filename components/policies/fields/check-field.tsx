import { useId } from "react";

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
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="flex gap-2.5">
      <input
        aria-describedby={described || undefined}
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
        {hint ? (
          <p className="text-faint text-xs" id={`${id}-hint`}>
            {hint}
          </p>
        ) : null}
        {error ? (
          <p className="text-outside-ink text-xs" id={`${id}-error`} role="alert">
            {error}
          </p>
        ) : null}
      </div>
    </div>
  );
}
