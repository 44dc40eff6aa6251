export type SegmentsProps<Id extends string> = {
  /** What is chosen, for those who cannot see it. */
  label: string;
  options: readonly { readonly id: Id; readonly word: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
};

/** One of a few, all in sight. Scrolls where it does not fit. */
export function Segments<Id extends string>({ label, options, chosen, onChoose }: SegmentsProps<Id>) {
  return (
    <fieldset
      aria-label={label}
      className="inline-flex h-8 min-w-0 max-w-full overflow-x-auto rounded-md border bg-surface print:h-auto print:border-0"
    >
      {options.map(({ id, word }) => (
        <button
          aria-pressed={id === chosen}
          className="inline-flex h-full grow items-center justify-center whitespace-nowrap border-line border-r px-2.5 text-muted text-sm first-of-type:rounded-l-md last-of-type:rounded-r-md last-of-type:border-r-0 hover:bg-hover hover:text-ink aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-accent-ink print:border-0 print:px-0 not-aria-pressed:print:hidden"
          key={id}
          onClick={() => onChoose(id)}
          type="button"
        >
          {word}
        </button>
      ))}
    </fieldset>
  );
}
