"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input, Textarea } from "../ui/input.tsx";

export type ReasonDialogProps = {
  title: string;
  verb: string;
  /** The verb while it is being done. */
  doing: string;
  description: string;
  /** Where a name is asked for as well. */
  names?: { readonly label: string; readonly hint: string };
  /** Id of the text that says why it is disabled. */
  disabledBy: string | null;
  onSubmit: (said: { name: string; reason: string }) => Promise<void>;
};

/** Asks for a reason before something is asked for or done. */
export function ReasonDialog({
  title,
  verb,
  doing,
  description,
  names,
  disabledBy,
  onSubmit,
}: ReasonDialogProps) {
  const [open, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [problems, setProblems] = useState<{ name?: string; reason?: string }>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get("name") ?? "").trim();
    const reason = String(form.get("reason") ?? "").trim();
    const found = {
      ...(names && name.length < 3 && { name: "Give it a name of at least 3 characters." }),
      ...(reason.length < 20 && { reason: "Say why, in at least 20 characters." }),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setPending(true);
    setError(null);
    onSubmit({ name, reason })
      .then(
        () => setOpen(false),
        (failure: unknown) => setError(failure instanceof Error ? failure : new Error("It did not work.")),
      )
      .finally(() => setPending(false));
  };
  return (
    <Dialog
      description={description}
      onOpenChange={(next) => {
        setOpen(next);
        setError(null);
        setProblems({});
      }}
      open={open}
      title={title}
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          {verb}
        </Button>
      }
    >
      <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
        {names ? (
          <Field error={problems.name ?? null} hint={names.hint} label={names.label}>
            <Input autoComplete="off" maxLength={120} name="name" />
          </Field>
        ) : null}
        <Field error={problems.reason ?? null} hint="Kept in the log, word for word." label="Reason">
          <Textarea maxLength={2_000} name="reason" rows={3} />
        </Field>
        <FormEnd doing={doing} error={error} isPending={isPending} verb={verb} />
      </form>
    </Dialog>
  );
}
