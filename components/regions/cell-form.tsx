"use client";

import type { FormEvent } from "react";
import type { Cell, CellState, Source } from "../../lib/core/regions/catalog.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { cellWords } from "./cell-words.ts";
import { readStated, StatedFields, utcToday } from "./stated-fields.tsx";

export type CellFormProps = {
  cell: Cell | null;
  sources: readonly Source[];
  onChange: (cell: Cell) => void;
  onCancel: () => void;
};

/** A cell's new state and what it rests on. Goes into the draft; nothing is published here. */
export function CellForm({ cell, sources, onChange, onCancel }: CellFormProps) {
  const today = utcToday();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get("note")).trim();
    const state = String(form.get("state")) as CellState;
    onChange({ state, ...readStated(form, today), ...(note === "" ? {} : { note }) });
  };
  return (
    <form className="flex flex-col gap-3 rounded-md border bg-sunken p-3" onSubmit={submit}>
      <fieldset>
        <legend className="pb-1.5 font-medium text-sm">State</legend>
        <div className="flex flex-wrap gap-2">
          {Object.entries(cellWords).map(([state, { word, icon: Icon }]) => (
            <label
              className="flex h-8 cursor-pointer items-center gap-1.5 rounded-md border bg-surface px-2.5 text-sm hover:bg-hover has-checked:border-accent-ink has-checked:bg-accent-tint"
              key={state}
            >
              <input
                className="accent-accent"
                defaultChecked={state === (cell?.state ?? "unknown")}
                name="state"
                type="radio"
                value={state}
              />
              <Icon aria-hidden="true" className="size-3.5" />
              {word}
            </label>
          ))}
        </div>
      </fieldset>
      <StatedFields given={cell} sources={sources} today={today} />
      <Field hint="Takes the place of the note that stands." label="Note" optional>
        <Textarea maxLength={2000} name="note" rows={2} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel} size="sm">
          Cancel
        </Button>
        <Button look="primary" size="sm" type="submit">
          Put into the draft
        </Button>
      </div>
    </form>
  );
}
