"use client";

import { CalendarClock } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Popover } from "radix-ui";
import { type FormEvent, useState } from "react";
import { type RangeId, rangeIds } from "../../lib/contracts/range.ts";
import { rangeParsers } from "../../lib/contracts/range-parsers.ts";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { Field } from "./field.tsx";
import { formatWindow } from "./format-time.ts";
import { Input } from "./input.tsx";

export type RangePickerProps = {
  /** Ranges this page can show. A page that lists rows stops at 31 days. */
  ranges?: readonly RangeId[];
};

/** The time range of the page, in its URL. */
export function RangePicker({ ranges = rangeIds }: RangePickerProps) {
  const [{ range, from, to }, setRange] = useQueryStates(rangeParsers, { history: "push" });
  const [open, setOpen] = useState(false);
  const isCustom = from !== null && to !== null;
  // A link may ask for more than the page offers; what was asked for is what is pressed.
  const shown = isCustom || ranges.includes(range) ? ranges : [...ranges, range];
  return (
    <fieldset className="flex h-8 items-center rounded-md border border-line-strong bg-surface print:hidden">
      <legend className="sr-only">Time range</legend>
      {shown.map((id) => (
        <button
          aria-pressed={!isCustom && range === id}
          className={pressed}
          key={id}
          onClick={() => setRange({ range: id, from: null, to: null })}
          type="button"
        >
          <span className="sr-only">Last&nbsp;</span>
          {id.replace(/(\d+)(\w)/, "$1 $2")}
        </button>
      ))}
      <Popover.Root onOpenChange={setOpen} open={open}>
        <Popover.Trigger asChild>
          <button
            aria-label={isCustom ? `${formatWindow(from, to)}, custom range` : "Custom range"}
            aria-pressed={isCustom}
            className={cn(pressed, "gap-1.5 border-r-0")}
            type="button"
          >
            <CalendarClock aria-hidden="true" className="size-3.5" />
            {isCustom ? <span className="max-sm:sr-only">{formatWindow(from, to)}</span> : null}
          </button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="end"
            aria-label="Custom range"
            className="enter-fade z-50 w-72 rounded-md border border-line-strong bg-surface p-4"
            sideOffset={6}
          >
            <CustomRange
              from={from}
              onChoose={(chosen) => {
                void setRange(chosen);
                setOpen(false);
              }}
              to={to}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </fieldset>
  );
}

const pressed =
  "inline-flex h-full items-center border-line border-r px-2.5 text-muted text-sm first-of-type:rounded-l-md last-of-type:rounded-r-md hover:bg-hover hover:text-ink aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-accent-ink";

type Chosen = { from: string; to: string };

function CustomRange(props: { from: string | null; to: string | null; onChoose: (range: Chosen) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = asUtc(form.get("from"));
    const to = asUtc(form.get("to"));
    if (!from || !to) setProblem("Give both ends.");
    else if (from >= to) setProblem("The end must come after the start.");
    else props.onChoose({ from, to });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field label="From (UTC)">
        <Input defaultValue={props.from?.slice(0, 16)} name="from" type="datetime-local" />
      </Field>
      <Field error={problem} label="To (UTC)">
        <Input defaultValue={props.to?.slice(0, 16)} name="to" type="datetime-local" />
      </Field>
      <Button look="primary" type="submit">
        Show range
      </Button>
    </form>
  );
}

/** What the field holds, read as UTC whatever the browser's own zone. */
function asUtc(value: FormDataEntryValue | null): string | null {
  if (typeof value !== "string" || value === "") return null;
  const at = new Date(`${value}Z`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
