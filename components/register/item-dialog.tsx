"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changeItem, recordItem } from "../../lib/client/register.ts";
import type { RegisterItemSummary } from "../../lib/contracts/register.ts";
import { checkContent } from "../../lib/core/register/check-content.ts";
import type { RegisterDocument, RegisterKind } from "../../lib/core/register/register.ts";
import { registerKinds } from "../../lib/core/register/register-kinds.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Textarea } from "../ui/input.tsx";
import { DocumentField } from "./document-field.tsx";
import { ItemField } from "./item-field.tsx";

export type ItemDialogProps = {
  slug: string;
  kind: RegisterKind;
  /** Absent: a new one. */
  item?: RegisterItemSummary;
  /** Id of the text that says why it is disabled. */
  disabledBy: string | null;
};

/** Records an item of the register, or its next version. */
export function ItemDialog({ slug, kind, item, disabledBy }: ItemDialogProps) {
  const [open, setOpen] = useState(false);
  const { title } = registerKinds[kind];
  const name = item ? `Change: ${title.toLowerCase()}` : `Add: ${title.toLowerCase()}`;
  return (
    <Dialog
      className="max-w-2xl"
      description="What is left empty is said to be missing in reports. Earlier versions stay readable, and the hash of this one becomes an entry of the tenant's log."
      onOpenChange={setOpen}
      open={open}
      title={name}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={name}
          disabled={disabledBy !== null}
          size="sm"
        >
          {item ? "Change" : "Add"}
        </Button>
      }
    >
      <ItemForm item={item} kind={kind} onDone={() => setOpen(false)} slug={slug} />
    </Dialog>
  );
}

type ItemFormProps = Omit<ItemDialogProps, "disabledBy"> & { onDone: () => void };

function ItemForm({ slug, kind, item, onDone }: ItemFormProps) {
  const client = useQueryClient();
  const record = useMutation(recordItem(client));
  const change = useMutation(changeItem(client, item?.id ?? ""));
  const spec = registerKinds[kind];
  const [newest] = item?.versions ?? [];
  const [document, setDocument] = useState<RegisterDocument | null>(newest?.content.document ?? null);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fields = Object.fromEntries(
      spec.fields
        .map(({ key }) => [key, String(form.get(key) ?? "").trim()] as const)
        .filter(([, value]) => value !== ""),
    );
    const found = checkContent({ v: 1, kind, state: "recorded", fields, document });
    const reason = String(form.get("reason") ?? "").trim();
    if (newest && reason.length < 10)
      found.push({ field: "reason", message: "Say why, in at least 10 characters." });
    setProblems(Object.fromEntries(found.map(({ field, message }) => [field, message])));
    if (found.length > 0) return;
    const body = { tenant: slug, fields, document };
    if (newest) change.mutate({ ...body, baseVersion: newest.version, reason }, { onSuccess: onDone });
    else record.mutate({ ...body, kind }, { onSuccess: onDone });
  };
  const error = record.error ?? change.error;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(`fields.${field}`) : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <div className="grid gap-4 sm:grid-cols-2">
        {spec.fields.map((field) => (
          <ItemField
            error={messageOf(field.key)}
            field={field}
            key={field.key}
            value={newest?.content.fields[field.key] ?? ""}
          />
        ))}
      </div>
      {spec.hasDocument ? (
        <DocumentField document={document} error={problems.document ?? null} onChange={setDocument} />
      ) : null}
      {newest ? (
        <Field error={messageOf("reason")} hint="Kept with the new version." label="Reason of the change">
          <Textarea maxLength={1_000} name="reason" rows={2} />
        </Field>
      ) : null}
      <FormEnd
        doing="Recording…"
        error={error}
        isPending={record.isPending || change.isPending}
        verb={newest ? "Record the change" : "Record"}
      />
    </form>
  );
}
