"use client";

import { type FormEvent, useState } from "react";
import { signIn } from "../../lib/client/sign-in.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

const words = {
  wrong: "Email or password is wrong.",
  too_many_attempts: "Too many failed sign-ins. Try again in fifteen minutes.",
  unreachable: "Domicile did not answer. Try again in a moment.",
} as const;

/** `destination`: a path of our own, already checked. */
export function SignInForm({ destination }: { destination: string }) {
  const [problem, setProblem] = useState<keyof typeof words | null>(null);
  const [isPending, setPending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    setPending(true);
    setProblem(null);
    const answer = await signIn(String(fields.get("email")), String(fields.get("password"))).catch(
      () => "unreachable" as const,
    );
    if (answer === "signed_in") {
      // A whole load, not a client transition: nothing of a reader before may stay in the caches.
      window.location.assign(destination);
      return;
    }
    setPending(false);
    setProblem(answer);
    const password = form.elements.namedItem("password");
    if (password instanceof HTMLInputElement) password.select();
  };
  return (
    <form className="flex flex-col gap-4" method="post" onSubmit={submit}>
      <Field label="Email">
        <Input autoComplete="username" autoFocus className="h-10" name="email" required type="email" />
      </Field>
      <Field label="Password">
        <Input
          aria-invalid={problem === "wrong"}
          autoComplete="current-password"
          className="h-10"
          name="password"
          required
          type="password"
        />
      </Field>
      <p aria-live="polite" className="min-h-5 text-outside-ink text-sm" role="alert">
        {problem ? words[problem] : null}
      </p>
      <Button aria-busy={isPending} disabled={isPending} look="primary" size="lg" type="submit">
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
