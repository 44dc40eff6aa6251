"use client";

import { type FormEvent, useState } from "react";
import { signIn, signInAtProvider } from "../../lib/client/sign-in.ts";
import type { SignInProblem } from "../../lib/contracts/sign-in.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { signInWords } from "./sign-in-words.ts";

export type SignInFormProps = {
  /** A path of our own, already checked. */
  destination: string;
  /** What people call the identity provider; null: there is none. */
  provider: string | null;
  /** Whether there are fields for a password. */
  passwords: boolean;
  /** Of a sign-in that came back from the provider. */
  problem: SignInProblem | null;
};

type Way = "password" | "provider";

export function SignInForm({ destination, provider, passwords, problem: before }: SignInFormProps) {
  const [problem, setProblem] = useState<SignInProblem | "unreachable" | null>(before);
  // Once the server has asked for one.
  const [asksCode, setAsksCode] = useState(false);
  const [pending, setPending] = useState<Way | null>(null);
  const begin = (way: Way) => {
    setPending(way);
    setProblem(null);
  };
  const refuse = (found: SignInProblem | "unreachable") => {
    setPending(null);
    setProblem(found);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const text = (name: string) => String(fields.get(name) ?? "");
    begin("password");
    const given = { email: text("email"), password: text("password"), code: text("code") };
    const answer = await signIn(given).catch(() => ({ kind: "refused", problem: "unreachable" }) as const);
    if (answer.kind === "signed_in") {
      // A whole load, not a client transition: nothing of a reader before may stay in the caches.
      window.location.assign(destination);
      return;
    }
    refuse(answer.problem);
    setAsksCode(answer.problem === "code_required" || answer.problem === "code_wrong");
    if (answer.problem === "code_required") return;
    const wrong = form.elements.namedItem(answer.problem === "code_wrong" ? "code" : "password");
    if (wrong instanceof HTMLInputElement) wrong.select();
  };
  const leave = async () => {
    begin("provider");
    const found = await signInAtProvider(destination).catch(() => "unreachable" as const);
    // Else the browser is on its way.
    if (found) refuse(found);
  };
  const words = (
    <p
      aria-live="polite"
      // What is asked for in the ordinary course is no alarm.
      className={cn("min-h-5 text-sm", problem === "code_required" ? "text-muted" : "text-outside-ink")}
      role="alert"
    >
      {problem ? signInWords(problem, provider ?? "The identity provider") : null}
    </p>
  );
  const atProvider = provider ? (
    <Button
      aria-busy={pending === "provider"}
      disabled={pending !== null}
      look={passwords ? "plain" : "primary"}
      onClick={leave}
      size="lg"
    >
      {pending === "provider" ? "Leaving…" : <span className="truncate">Sign in with {provider}</span>}
    </Button>
  ) : null;
  if (!passwords)
    return (
      <div className="flex flex-col gap-4">
        {words}
        {atProvider}
      </div>
    );
  return (
    <form className="flex flex-col gap-4" method="post" onSubmit={submit}>
      <Field label="Email">
        <Input autoComplete="username" autoFocus className="h-10" name="email" required type="email" />
      </Field>
      <Field label="Password">
        <Input
          aria-invalid={problem === "wrong_password"}
          autoComplete="current-password"
          className="h-10"
          name="password"
          required
          type="password"
        />
      </Field>
      {asksCode ? (
        <Field label="Code">
          <Input
            aria-invalid={problem === "code_wrong"}
            autoComplete="one-time-code"
            autoFocus
            className="h-10"
            maxLength={40}
            name="code"
            required
          />
        </Field>
      ) : null}
      {words}
      <Button
        aria-busy={pending === "password"}
        disabled={pending !== null}
        look="primary"
        size="lg"
        type="submit"
      >
        {pending === "password" ? "Signing in…" : "Sign in"}
      </Button>
      {atProvider ? (
        <>
          <p className="flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </p>
          {atProvider}
        </>
      ) : null}
    </form>
  );
}
