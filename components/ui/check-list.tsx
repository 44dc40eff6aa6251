import { type ReactNode, useId } from "react";

export type CheckListProps<Id extends string> = {
  legend: string;
  options: readonly { readonly id: Id; readonly label: ReactNode }[];
  chosen: readonly Id[];
  onChange: (chosen: readonly Id[]) => void;
  error: string | null;
};

/** Any of a closed set, all of it in a list that scrolls. */
export function CheckList<Id extends string>({
  legend,
  options,
  chosen,
  onChange,
  error,
}: CheckListProps<Id>) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex min-w-0 flex-col">
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border">
        {options.map((option) => (
          <label
            className="flex min-h-8 cursor-pointer items-center gap-2.5 px-3 py-1 text-sm hover:bg-hover has-checked:bg-accent-tint"
            key={option.id}
          >
            <input
              checked={chosen.includes(option.id)}
              className="size-3.5 shrink-0 accent-accent"
              onChange={({ target: { checked } }) =>
                onChange(checked ? [...chosen, option.id] : chosen.filter((each) => each !== option.id))
              }
              type="checkbox"
            />
            {option.label}
          </label>
        ))}
      </div>
      {error ? (
        <p className="mt-1.5 text-outside-ink text-xs" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
