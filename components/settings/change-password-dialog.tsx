"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changePassword } from "../../lib/client/people.ts";
import { changePasswordInput, passwordLength } from "../../lib/contracts/people.ts";
import { OwnPassword } from "../auth/own-password.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";

/** One's own password. `email`: of the reader, for whatever keeps his passwords. */
export function ChangePasswordDialog({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="Your other sessions end; this one goes on. The change, and no word of the password, is an entry of the deployment's own log."
      onOpenChange={setOpen}
      open={open}
      title="Change your password"
      trigger={<Button size="sm">Change password</Button>}
    >
      <ChangePasswordForm email={email} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function ChangePasswordForm({ email, onDone }: { email: string; onDone: () => void }) {
  const change = useMutation(changePassword(useQueryClient()));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = changePasswordInput.safeParse({ present: form.get("present"), next: form.get("next") });
    const found: Record<string, string> = parsed.success ? {} : { ...fieldProblems(parsed.error) };
    if (!found.next && form.get("again") !== form.get("next")) found.again = "This is not the same as above.";
    setProblems(found);
    if (!parsed.success || Object.keys(found).length > 0) return;
    change.mutate(parsed.data, {
      onSuccess: () => {
        toast("Your password is changed");
        onDone();
      },
    });
  };
  const { error } = change;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <OwnPassword email={email} error={messageOf("present")} label="Present password" />
      <Field
        error={messageOf("next")}
        hint={`At least ${passwordLength.min} characters; long counts more than odd.`}
        label="New password"
      >
        <Input autoComplete="new-password" name="next" required type="password" />
      </Field>
      <Field error={messageOf("again")} label="New password again">
        <Input autoComplete="new-password" name="again" required type="password" />
      </Field>
      <FormEnd doing="Changing…" error={error} isPending={change.isPending} verb="Change password" />
    </form>
  );
}
