"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { SecretInput } from "../ui/secret-input.tsx";

export type AccountKeyDialogProps = {
  title: string;
  description: string;
  trigger: ReactNode;
  /** Whether the organization is named here; a replaced key has its organization's name. */
  asksLabel: boolean;
  mode: TenantDetail["mode"];
  verb: string;
  doing: string;
  error: Error | null;
  isPending: boolean;
  onSubmit: (given: { label: string; secret: string }, done: () => void) => void;
  /** When it is opened anew, what went wrong before is forgotten. */
  onReset: () => void;
};

/** Asks for an admin key. The field is never filled again with what was typed. */
export function AccountKeyDialog(props: AccountKeyDialogProps) {
  const { title, description, trigger, onReset } = props;
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description={description}
      onOpenChange={(next) => {
        setOpen(next);
        onReset();
      }}
      open={open}
      title={title}
      trigger={trigger}
    >
      <KeyForm {...props} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function KeyForm({
  asksLabel,
  mode,
  verb,
  doing,
  error,
  isPending,
  onSubmit,
  onDone,
}: AccountKeyDialogProps & { onDone: () => void }) {
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const given = { label: text("label"), secret: text("secret") };
    const missing = {
      ...(asksLabel && given.label === "" ? { label: "Name the organization." } : {}),
      ...(given.secret.length < 8 ? { secret: "Paste the admin key." } : {}),
    };
    setProblems(missing);
    if (Object.keys(missing).length === 0) onSubmit(given, onDone);
  };
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      {asksLabel ? (
        <Field error={messageOf("label")} hint="As people here call it." label="Organization">
          <Input autoComplete="off" autoFocus maxLength={60} name="label" required />
        </Field>
      ) : null}
      <Field
        error={messageOf("secret")}
        hint={
          mode === "simulated"
            ? "A simulated tenant takes simulated admin keys, such as sk-admin-sim-demo."
            : "Begins with sk-admin-. An owner of the organization makes it at OpenAI; reading projects, data retention and usage is enough."
        }
        label="Admin key"
      >
        <SecretInput autoFocus={!asksLabel} />
      </Field>
      <FormEnd doing={doing} error={error} isPending={isPending} verb={verb} />
    </form>
  );
}
