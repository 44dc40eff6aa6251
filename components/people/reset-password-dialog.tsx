"use client";

import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { resetPassword } from "../../lib/client/people.ts";
import type { PersonSummary } from "../../lib/contracts/people.ts";
import { Button } from "../ui/button.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { ShownOnceDialog } from "../ui/shown-once-dialog.tsx";
import { type NewLogin, shownPassword } from "./shown-once-password.tsx";

/** Another, generated password for somebody who has lost his; shown this once. */
export function ResetPasswordDialog({ person }: { person: PersonSummary }) {
  return (
    <ShownOnceDialog<NewLogin>
      description="The present password is worth nothing from then on, and the person is signed out everywhere. A new one is generated and shown once."
      form={({ onMade }) => <ResetForm onReset={onMade} person={person} />}
      shown={shownPassword}
      title={`Reset the password of ${person.name}?`}
      trigger={
        <Button aria-label={`Reset password of ${person.name}`} className="h-6" look="quiet" size="sm">
          Reset password
        </Button>
      }
    />
  );
}

type ResetFormProps = { person: PersonSummary; onReset: (login: NewLogin) => void };

function ResetForm({ person: { personId, email }, onReset }: ResetFormProps) {
  const reset = useMutation(resetPassword());
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate(personId, { onSuccess: ({ password }) => onReset({ email, password }) });
  };
  return (
    <form onSubmit={submit}>
      <FormEnd doing="Resetting…" error={reset.error} isPending={reset.isPending} verb="Reset password" />
    </form>
  );
}
