"use client";

import { type FormEvent, useState } from "react";
import { rowSchemas } from "../../lib/contracts/catalog-schema.ts";
import { type CatalogRow, type RowRef, rowId } from "../../lib/core/regions/catalog-tables.ts";
import type { CatalogEdit } from "../../lib/core/regions/edit-catalog.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import type { CatalogDraftState } from "./use-catalog-draft.ts";

export type RowDocumentFormProps = { refTo: RowRef; row: CatalogRow; draft: CatalogDraftState };

/** Everything a row says, as it stands in an exported catalog: what has no form of its own is changed here. */
export function RowDocumentForm({ refTo, row, draft }: RowDocumentFormProps) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)} size="sm">
          Edit the whole row
        </Button>
      </div>
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = readRow(String(new FormData(event.currentTarget).get("row")), refTo);
    if (typeof answer === "string") {
      setProblem(answer);
      return;
    }
    draft.add(answer);
    setProblem(null);
    setOpen(false);
  };
  return (
    <form className="flex flex-col gap-3 rounded-md border bg-sunken p-3" noValidate onSubmit={submit}>
      <Field
        error={problem}
        hint="As in an exported catalog. The name of the row stays; a confirmation cannot be written here."
        label="Row"
      >
        <Textarea
          className="font-mono text-xs"
          defaultValue={JSON.stringify(row, null, 2)}
          name="row"
          rows={18}
          spellCheck={false}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={() => setOpen(false)} size="sm">
          Cancel
        </Button>
        <Button look="primary" size="sm" type="submit">
          Put into the draft
        </Button>
      </div>
    </form>
  );
}

/** The edit a text stands for, or the sentence that says where it is wrong. */
function readRow(text: string, { table, id }: RowRef): CatalogEdit | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "It is no JSON.";
  }
  const parsed = rowSchemas[table].safeParse(json);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return first === undefined ? "It is no row." : `${first.path.join(".") || "The row"}: ${first.message}`;
  }
  if (rowId(table, parsed.data) !== id) return `The row is named ${id}; add another one for another name.`;
  return { kind: "put", table, row: parsed.data } as CatalogEdit;
}
