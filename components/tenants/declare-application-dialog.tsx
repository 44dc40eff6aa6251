"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { declareApplication } from "../../lib/client/applications.ts";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { type ApplicationSummary, declareApplicationInput } from "../../lib/contracts/applications.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { DataCategorySelect } from "./data-category-select.tsx";
import { environmentWords } from "./environment-words.ts";

export type DeclareApplicationDialogProps = {
  tenant: TenantDetail;
  application: ApplicationSummary;
  /** Id of the text that says why it is disabled. */
  disabledBy: string | null;
};

/** What an application sends, why, and who answers for it. */
export function DeclareApplicationDialog({ tenant, application, disabledBy }: DeclareApplicationDialogProps) {
  const [open, setOpen] = useState(false);
  const name = `${application.name}, ${environmentWords[application.environment].toLowerCase()}`;
  return (
    <Dialog
      description="Findings that somebody still works on take the severity that this kind of data gives them. The change is an entry of the tenant's log."
      onOpenChange={setOpen}
      open={open}
      title={`Declare ${name}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Declare ${name}`}
          className="h-6"
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Declare
        </Button>
      }
    >
      <DeclareForm application={application} onDone={() => setOpen(false)} tenant={tenant} />
    </Dialog>
  );
}

type DeclareFormProps = { tenant: TenantDetail; application: ApplicationSummary; onDone: () => void };

function DeclareForm({ tenant, application, onDone }: DeclareFormProps) {
  const declare = useMutation(declareApplication(useQueryClient(), tenant.slug));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = declareApplicationInput.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (!parsed.success) {
      setProblems(fieldProblems(parsed.error));
      return;
    }
    setProblems({});
    declare.mutate({ id: application.id, ...parsed.data }, { onSuccess: onDone });
  };
  const { error } = declare;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field
        error={messageOf("dataCategory")}
        hint="The most sensitive kind that may be in a prompt or a file."
        label="Data"
      >
        <DataCategorySelect defaultValue={application.dataCategory} />
      </Field>
      <Field
        error={messageOf("purpose")}
        hint="What the application does with the model."
        label="Purpose"
        optional
      >
        <Textarea defaultValue={application.purpose} maxLength={500} name="purpose" rows={2} />
      </Field>
      <Field
        error={messageOf("owner")}
        hint="The person or the team who answers for it."
        label="Owner"
        optional
      >
        <Input autoComplete="off" defaultValue={application.owner ?? ""} maxLength={120} name="owner" />
      </Field>
      <FormEnd doing="Recording…" error={error} isPending={declare.isPending} verb="Declare" />
    </form>
  );
}
