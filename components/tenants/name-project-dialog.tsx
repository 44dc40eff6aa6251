"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { nameProject } from "../../lib/client/tenants.ts";
import { type CredentialSummary, nameProjectInput } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";

export type NameProjectDialogProps = {
  tenant: string;
  credential: CredentialSummary;
  /** Id of the text that says why it is disabled; null: it is not. */
  disabledBy: string | null;
};

/** Names the project at OpenAI that a key is of, where nobody did when it was added. */
export function NameProjectDialog({ tenant, credential, disabledBy }: NameProjectDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="It cannot be changed afterwards. With an admin key of the organization, what OpenAI says of this project is then read, and its count compared with the record."
      onOpenChange={setOpen}
      open={open}
      title={`Name the project of ${credential.label}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Name the project of ${credential.label}`}
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Name it
        </Button>
      }
    >
      <NameProjectForm credential={credential} onDone={() => setOpen(false)} tenant={tenant} />
    </Dialog>
  );
}

type NameProjectFormProps = { tenant: string; credential: CredentialSummary; onDone: () => void };

function NameProjectForm({ tenant, credential, onDone }: NameProjectFormProps) {
  const name = useMutation(nameProject(useQueryClient(), tenant, credential.id));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = nameProjectInput.safeParse({
      projectId: new FormData(event.currentTarget).get("projectId"),
    });
    setProblem(parsed.success ? null : (parsed.error.issues[0]?.message ?? null));
    if (parsed.success) name.mutate(parsed.data, { onSuccess: onDone });
  };
  const { error } = name;
  const said = error instanceof ProblemError ? error.fieldMessage("projectId") : null;
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field error={problem ?? said} hint="As OpenAI names it, proj_…" label="Project">
        <Input
          autoComplete="off"
          autoFocus
          className="font-mono text-sm"
          maxLength={64}
          name="projectId"
          spellCheck={false}
        />
      </Field>
      <FormEnd doing="Naming…" error={error} isPending={name.isPending} verb="Name project" />
    </form>
  );
}
