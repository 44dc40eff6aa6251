import { useId } from "react";
import { cn } from "./cn.ts";
import { FieldRemarks, remarkIds } from "./field-remarks.tsx";

export type ChoiceListProps<Id extends string> = {
  legend: string;
  name: string;
  /** Null: none is chosen yet. */
  value: Id | null;
  onChange: (id: Id) => void;
  options: readonly { readonly id: Id; readonly title: string; readonly meaning: string }[];
  error?: string | null;
};

/** One of several, each with its meaning in words. */
export function ChoiceList<Id extends string>(props: ChoiceListProps<Id>) {
  const { legend, name, value, onChange, options, error } = props;
  const id = useId();
  return (
    <fieldset aria-describedby={remarkIds(id, { error })} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className={cn("divide-y divide-line rounded-md border", error && "border-outside")}>
        {options.map((option) => (
          <label
            className="flex cursor-pointer gap-3 px-3 py-2 transition-colors hover:bg-hover has-checked:bg-accent-tint"
            htmlFor={`${id}-${option.id}`}
            key={option.id}
          >
            <input
              aria-describedby={`${id}-${option.id}-meaning`}
              aria-labelledby={`${id}-${option.id}-title`}
              checked={option.id === value}
              className="mt-1 size-3.5 shrink-0 accent-accent"
              id={`${id}-${option.id}`}
              name={name}
              onChange={() => onChange(option.id)}
              type="radio"
              value={option.id}
            />
            <span className="min-w-0">
              <span className="block font-medium text-sm" id={`${id}-${option.id}-title`}>
                {option.title}
              </span>
              <span className="block text-muted text-sm" id={`${id}-${option.id}-meaning`}>
                {option.meaning}
              </span>
            </span>
          </label>
        ))}
      </div>
      <FieldRemarks error={error} id={id} />
    </fieldset>
  );
}
