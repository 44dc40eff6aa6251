"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { replaceCredential } from "../../lib/client/tenants.ts";
import { type CredentialSummary, replaceCredentialInput } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { SecretInput } from "../ui/secret-input.tsx";

export type ReplaceCredentialDialogProps = {
  tenant: string;
  of: CredentialSummary;
  /** Id of the text that says why it is disabled; null: it is not. */
  disabledBy: string | null;
};

/** Puts a new secret in the place of a provider key's, for the same hosts. */
export function ReplaceCredentialDialog({ tenant, of: old, disabledBy }: ReplaceCredentialDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="For the same hosts. The old key is no longer sent from then on; calls that are open end with it."
      onOpenChange={setOpen}
      open={open}
      title={`Replace the provider key ${old.label}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Replace the provider key ${old.label}`}
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Replace
        </Button>
      }
    >
      <ReplaceForm of={old} onDone={() => setOpen(false)} tenant={tenant} />
    </Dialog>
  );
}

type ReplaceFormProps = { tenant: string; of: CredentialSummary; onDone: () => void };

function ReplaceForm({ tenant, of: old, onDone }: ReplaceFormProps) {
  const replace = useMutation(replaceCredential(useQueryClient(), tenant, old.id));
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = replaceCredentialInput.safeParse({
      secret: String(form.get("secret")).trim(),
      sameProject: form.get("sameProject") === "on",
    });
    setMissing(!parsed.success);
    if (parsed.success) replace.mutate(parsed.data, { onSuccess: onDone });
  };
  const { error } = replace;
  const said = error instanceof ProblemError ? error.fieldMessage("secret") : null;
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field error={missing ? "Paste the new key." : said} label="New key">
        <SecretInput autoFocus />
      </Field>
      {old.upstream.kind === "openai" ? (
        <label className="flex gap-2.5 text-sm">
          <input className="mt-1 size-3.5 accent-accent" name="sameProject" type="checkbox" />
          <span>
            The new key is of the same project
            <span className="block text-muted">
              What is known of its pin goes on, as your word. Otherwise the pin is unknown again.
            </span>
          </span>
        </label>
      ) : null}
      <FormEnd doing="Replacing…" error={error} isPending={replace.isPending} verb="Replace provider key" />
    </form>
  );
}
