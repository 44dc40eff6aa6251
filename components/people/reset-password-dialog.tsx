"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { resetPassword } from "../../lib/client/people.ts";
import type { PersonSummary } from "../../lib/contracts/people.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { ShownOncePassword, shownOnceWords } from "./shown-once-password.tsx";

/** Another, generated password for somebody who has lost his; shown this once. */
export function ResetPasswordDialog({ person: { personId, name, email } }: { person: PersonSummary }) {
  const [open, setOpen] = useState(false);
  const reset = useMutation(resetPassword());
  const password = reset.data?.password ?? null;
  const close = () => {
    setOpen(false);
    // Nor does it stay in the memory of the page.
    reset.reset();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate(personId);
  };
  return (
    <Dialog
      description={
        password === null
          ? "The present password is worth nothing from then on, and the person is signed out everywhere. A new one is generated and shown once."
          : shownOnceWords
      }
      keepOpen={password !== null}
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      open={open}
      title={password === null ? `Reset the password of ${name}?` : "Copy the password"}
      trigger={
        <Button aria-label={`Reset password of ${name}`} className="h-6" look="quiet" size="sm">
          Reset password
        </Button>
      }
    >
      {password === null ? (
        <form onSubmit={submit}>
          <FormEnd doing="Resetting…" error={reset.error} isPending={reset.isPending} verb="Reset password" />
        </form>
      ) : (
        <ShownOncePassword email={email} onDone={close} password={password} />
      )}
    </Dialog>
  );
}
