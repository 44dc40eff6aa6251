"use client";

import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { confirmOneself } from "../../lib/client/confirmation.ts";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import type { ConfirmWay } from "../../lib/contracts/confirmation.ts";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";

export type ConfirmFormProps = {
  /** Of the reader. */
  email: string;
  way: Exclude<ConfirmWay, "single_sign_on">;
  onDone: () => void;
};

/** By the password, or by a code of the second factor. */
export function ConfirmForm({ email, way, onDone }: ConfirmFormProps) {
  const confirm = useMutation(confirmOneself());
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // It stands in a dialog over a form that may not be sent by it.
    event.stopPropagation();
    const form = event.currentTarget;
    const shown = String(new FormData(form).get("shown") ?? "");
    confirm.mutate(way === "password" ? { present: shown } : { code: shown }, {
      onSuccess: onDone,
      onError: () => {
        const field = form.elements.namedItem("shown");
        if (field instanceof HTMLInputElement) field.select();
      },
    });
  };
  const { error } = confirm;
  const problem =
    error instanceof ProblemError ? error.fieldMessage(way === "password" ? "present" : "code") : null;
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <input autoComplete="username" className="hidden" name="username" readOnly type="text" value={email} />
      {way === "password" ? (
        <Field error={problem} label="Your password">
          <Input autoComplete="current-password" autoFocus name="shown" required type="password" />
        </Field>
      ) : (
        <Field error={problem} hint="Of the authenticator app, or one of the recovery codes." label="Code">
          <Input autoComplete="one-time-code" autoFocus maxLength={40} name="shown" required />
        </Field>
      )}
      <FormEnd doing="Confirming…" error={error} isPending={confirm.isPending} verb="Confirm" />
    </form>
  );
}
