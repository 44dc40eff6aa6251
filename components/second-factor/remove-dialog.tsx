"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { removeSecondFactor } from "../../lib/client/second-factor.ts";
import { removeSecondFactorInput } from "../../lib/contracts/sign-in.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";

export type RemoveDialogProps = {
  /** Of the reader. */
  email: string;
  /** Whether he must enrol another one at once. */
  mustHave: boolean;
};

/** Takes the reader's second factor away, for another app or for none. */
export function RemoveDialog({ email, mustHave }: RemoveDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description={
        mustHave
          ? "Its recovery codes are worth nothing from then on. This deployment demands a second factor: you enrol the next one at once."
          : "From then on your password alone signs you in. Its recovery codes are worth nothing any more."
      }
      onOpenChange={setOpen}
      open={open}
      title="Remove your second factor?"
      trigger={<Button size="sm">Remove</Button>}
    >
      <RemoveForm email={email} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function RemoveForm({ email, onDone }: { email: string; onDone: () => void }) {
  const remove = useMutation(removeSecondFactor(useQueryClient()));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = removeSecondFactorInput.safeParse({
      present: form.get("present"),
      code: form.get("code"),
    });
    setProblems(parsed.success ? {} : fieldProblems(parsed.error));
    if (parsed.success) remove.mutate(parsed.data, { onSuccess: onDone });
  };
  const { error } = remove;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <input autoComplete="username" className="hidden" name="username" readOnly type="text" value={email} />
      <Field error={messageOf("present")} label="Present password">
        <Input autoComplete="current-password" autoFocus name="present" required type="password" />
      </Field>
      <Field error={messageOf("code")} hint="Of the app, or one of the recovery codes." label="Code">
        <Input autoComplete="one-time-code" maxLength={40} name="code" required />
      </Field>
      <FormEnd doing="Removing…" error={error} isPending={remove.isPending} verb="Remove second factor" />
    </form>
  );
}
