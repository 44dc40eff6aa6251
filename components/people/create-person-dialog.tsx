"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { createPerson } from "../../lib/client/people.ts";
import { createPersonInput } from "../../lib/contracts/people.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { ShownOnceDialog } from "../ui/shown-once-dialog.tsx";
import { administrationMeaning } from "./role-words.ts";
import { type NewLogin, shownPassword } from "./shown-once-password.tsx";

/** Makes somebody who may sign in, and shows the password this once. */
export function CreatePersonDialog() {
  return (
    <ShownOnceDialog<NewLogin>
      description="The person sees nothing until an admin of a tenant has added them to it."
      form={({ onMade }) => <CreateForm onCreated={onMade} />}
      shown={shownPassword}
      title="Create person"
      trigger={
        <Button size="sm">
          <Plus aria-hidden="true" />
          Create person
        </Button>
      }
    />
  );
}

function CreateForm({ onCreated }: { onCreated: (login: NewLogin) => void }) {
  const create = useMutation(createPerson(useQueryClient()));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = createPersonInput.safeParse({
      email: form.get("email"),
      name: form.get("name"),
      deploymentAdmin: form.has("deploymentAdmin"),
    });
    if (!parsed.success) {
      setProblems(fieldProblems(parsed.error));
      return;
    }
    setProblems({});
    const { email } = parsed.data;
    create.mutate(parsed.data, { onSuccess: ({ password }) => onCreated({ email, password }) });
  };
  const { error } = create;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field error={messageOf("name")} label="Name">
        <Input autoComplete="off" autoFocus maxLength={120} name="name" placeholder="Ann Example" required />
      </Field>
      <Field error={messageOf("email")} label="Email">
        <Input
          autoComplete="off"
          maxLength={254}
          name="email"
          placeholder="ann@example.com"
          required
          type="email"
        />
      </Field>
      <label className="flex items-start gap-2 text-sm">
        <input className="mt-0.5 size-3.5 shrink-0 accent-accent" name="deploymentAdmin" type="checkbox" />
        <span>
          Administrator of the deployment
          <span className="block text-muted">{administrationMeaning}</span>
        </span>
      </label>
      <FormEnd doing="Creating…" error={error} isPending={create.isPending} verb="Create person" />
    </form>
  );
}
