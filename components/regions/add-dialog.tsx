"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { CatalogEdit } from "../../lib/core/regions/edit-catalog.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { AddFields } from "./add-fields.tsx";
import { type AddKind, addKinds, readAddition } from "./additions.ts";
import { readStated, StatedFields, utcToday } from "./stated-fields.tsx";
import type { CatalogDraftState } from "./use-catalog-draft.ts";

/** Adds a region, a host, an Azure deployment, a model or a source to the draft. */
export function AddDialog({ draft, person }: { draft: CatalogDraftState; person: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="Goes into your draft. Nothing is judged by it before it is published."
      onOpenChange={setOpen}
      open={open}
      title="Add to the catalog"
      trigger={
        <Button>
          <Plus aria-hidden="true" />
          Add
        </Button>
      }
    >
      <AddForm draft={draft} onDone={() => setOpen(false)} person={person} />
    </Dialog>
  );
}

function AddForm({
  draft,
  person,
  onDone,
}: {
  draft: CatalogDraftState;
  person: string;
  onDone: () => void;
}) {
  const [kind, setKind] = useState<AddKind>("azure");
  const [problem, setProblem] = useState<string | null>(null);
  const today = utcToday();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const answer = readAddition(kind, form, {
      catalog: draft.draft,
      stated: readStated(form, today),
      today,
      person,
    });
    if (typeof answer === "string") {
      setProblem(answer);
      return;
    }
    draft.add(...(answer as CatalogEdit[]));
    onDone();
  };
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="pb-1.5 font-medium text-sm">What</legend>
        {addKinds.map(({ id, title }) => (
          <label
            className="flex h-8 cursor-pointer items-center gap-1.5 rounded-md border px-2.5 text-sm hover:bg-hover has-checked:border-accent-ink has-checked:bg-accent-tint"
            key={id}
          >
            <input
              checked={kind === id}
              className="accent-accent"
              name="kind"
              onChange={() => {
                setKind(id);
                setProblem(null);
              }}
              type="radio"
              value={id}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <AddFields catalog={draft.draft} key={kind} kind={kind} />
      {kind === "source" ? null : <StatedFields given={null} sources={draft.draft.sources} today={today} />}
      <FormEnd error={problem} verb="Put into the draft" />
    </form>
  );
}
