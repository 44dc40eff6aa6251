"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { addMember } from "../../lib/client/people.ts";
import { addMemberInput } from "../../lib/contracts/people.ts";
import type { Role } from "../../lib/core/access/role.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { ShownOnceDialog } from "../ui/shown-once-dialog.tsx";
import { roleOptions } from "./role-words.ts";
import { type NewLogin, shownPassword } from "./shown-once-password.tsx";

export type AddMemberDialogProps = {
  tenant: { readonly slug: string; readonly name: string };
  /** Whether the reader may make somebody who cannot sign in yet. */
  mayCreate: boolean;
  /** Id of the text that says why it is disabled; null: it is not. */
  disabledBy: string | null;
};

/** Adds a person to a tenant; one who cannot sign in yet is made on the way, and his password shown this once. */
export function AddMemberDialog({ tenant, mayCreate, disabledBy }: AddMemberDialogProps) {
  return (
    <ShownOnceDialog<NewLogin>
      description="The person sees the tenant from the next request on. It is an entry of the tenant's log."
      form={({ onMade, onClose }) => (
        <AddMemberForm mayCreate={mayCreate} onAdded={onClose} onCreated={onMade} slug={tenant.slug} />
      )}
      shown={shownPassword}
      title={`Add a member to ${tenant.name}`}
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          <Plus aria-hidden="true" />
          Add member
        </Button>
      }
    />
  );
}

type AddMemberFormProps = {
  slug: string;
  mayCreate: boolean;
  onAdded: () => void;
  onCreated: (login: NewLogin) => void;
};

function AddMemberForm({ slug, mayCreate, onAdded, onCreated }: AddMemberFormProps) {
  const add = useMutation(addMember(useQueryClient()));
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("auditor");
  // The address under which nobody was found: asked for a name as long as it stands in the field.
  const [unknown, setUnknown] = useState<string | null>(null);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const asksName = mayCreate && unknown !== null && unknown === email;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = asksName ? String(new FormData(event.currentTarget).get("name") ?? "") : null;
    const parsed = addMemberInput.safeParse({ tenant: slug, email, role, name });
    if (!parsed.success) {
      setProblems(fieldProblems(parsed.error));
      return;
    }
    setProblems({});
    add.mutate(parsed.data, {
      onSuccess: ({ password }) => {
        if (password !== null) return onCreated({ email: parsed.data.email, password });
        toast(`${parsed.data.email} is a member now`);
        onAdded();
      },
      onError: (error) => {
        if (error instanceof ProblemError && error.problem.code === "not_found") setUnknown(email);
      },
    });
  };
  const { error } = add;
  const isUnknown = error instanceof ProblemError && error.problem.code === "not_found";
  const emailProblem =
    problems.email ??
    (error instanceof ProblemError ? error.fieldMessage("email") : null) ??
    (isUnknown && unknown === email && !asksName ? error.message : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field
        error={emailProblem}
        hint={mayCreate ? undefined : "An administrator of the deployment makes who cannot sign in yet."}
        label="Email"
      >
        <Input
          autoComplete="off"
          autoFocus
          maxLength={254}
          onChange={({ target }) => setEmail(target.value)}
          placeholder="ann@example.com"
          required
          type="email"
          value={email}
        />
      </Field>
      {asksName ? (
        <Field
          error={problems.name ?? (error instanceof ProblemError ? error.fieldMessage("name") : null)}
          hint="Nobody signs in under this address yet. With a name, the person is made, and the password shown once."
          label="Name"
        >
          <Input
            autoComplete="off"
            autoFocus
            maxLength={120}
            name="name"
            placeholder="Ann Example"
            required
          />
        </Field>
      ) : null}
      <ChoiceList legend="Role" name="role" onChange={setRole} options={roleOptions} value={role} />
      <FormEnd
        doing="Adding…"
        error={isUnknown ? null : error}
        isPending={add.isPending}
        verb={asksName ? "Create person and add" : "Add member"}
      />
    </form>
  );
}
