"use client";

import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { proofInput } from "../../lib/contracts/sign-in.ts";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { OwnPassword } from "./own-password.tsx";

/** `present`: the password; `code`: of the second factor, or a recovery code. */
type Proof = "present" | "code";

export type ProofFormProps<Asked extends Proof, Answer> = {
  /** Of the reader. */
  email: string;
  asks: readonly Asked[];
  prove: UseMutationOptions<Answer, Error, Readonly<Record<Asked, string>>>;
  onDone: (answer: Answer) => void;
  verb: string;
  doing?: string;
  /** What leads away; absent: the dialog is closed. */
  wayOut?: ReactNode;
};

/** The reader shows that it is he: by his password, by a code, or by both. */
export function ProofForm<Asked extends Proof, Answer>(props: ProofFormProps<Asked, Answer>) {
  const { email, asks, prove, onDone, verb, doing, wayOut } = props;
  const proving = useMutation(prove);
  const [problems, setProblems] = useState<Partial<Record<Proof, string>>>({});
  const isSent = useRef(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // It may stand in a dialog over a form that may not be sent by it.
    event.stopPropagation();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const given = Object.fromEntries(asks.map((asked) => [asked, String(fields.get(asked) ?? "")]));
    const found = Object.fromEntries(
      asks.flatMap((asked) => {
        const { error } = proofInput.shape[asked].safeParse(given[asked]);
        return error ? [[asked, error.issues[0]?.message]] : [];
      }),
    );
    setProblems(found);
    // A second press before the first is drawn as under way: a code is good once, so it would be refused.
    if (isSent.current || Object.keys(found).length > 0) return;
    isSent.current = true;
    proving.mutate(given as Record<Asked, string>, {
      onSuccess: onDone,
      onError: (error) => {
        const wrong = asks.find((asked) => messageOf(error, asked) !== null);
        const field = wrong && form.elements.namedItem(wrong);
        if (field instanceof HTMLInputElement) field.select();
      },
      onSettled: () => {
        isSent.current = false;
      },
    });
  };
  const { error } = proving;
  const isAsked = (proof: Proof): boolean => (asks as readonly Proof[]).includes(proof);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      {isAsked("present") ? (
        <OwnPassword email={email} error={problems.present ?? messageOf(error, "present")} />
      ) : null}
      {isAsked("code") ? (
        <Field
          error={problems.code ?? messageOf(error, "code")}
          hint="Of the authenticator app, or one of the recovery codes."
          label="Code"
        >
          <Input
            autoComplete="one-time-code"
            autoFocus={!isAsked("present")}
            maxLength={40}
            name="code"
            required
          />
        </Field>
      ) : null}
      <FormEnd doing={doing} error={error} isPending={proving.isPending} verb={verb} wayOut={wayOut} />
    </form>
  );
}

function messageOf(error: Error | null, field: Proof): string | null {
  return error instanceof ProblemError ? error.fieldMessage(field) : null;
}
