"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { bindIdentity } from "../../lib/client/sign-in-overview.ts";
import type { PersonSignIn, RefusedSignIn } from "../../lib/contracts/sign-in.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";

export type BindIdentityDialogProps = {
  refused: RefusedSignIn;
  people: readonly PersonSignIn[];
  /** What people call the identity provider. */
  provider: string;
};

/** Says whose account it is. No person is suggested: the address beside the account is what the provider lets people write. */
export function BindIdentityDialog({ refused, people, provider }: BindIdentityDialogProps) {
  const [open, setOpen] = useState(false);
  const { subject, email } = refused;
  return (
    <Dialog
      description={`From then on this account of ${provider} signs in as the person you choose. The binding is an entry of the deployment's own log.`}
      onOpenChange={setOpen}
      open={open}
      title="Whose account is this?"
      trigger={
        <Button aria-label={`Bind ${email ?? subject}`} className="h-6 print:hidden" look="quiet" size="sm">
          Bind
        </Button>
      }
    >
      <BindForm onDone={() => setOpen(false)} people={people} refused={refused} />
    </Dialog>
  );
}

type BindFormProps = Pick<BindIdentityDialogProps, "refused" | "people"> & { onDone: () => void };

function BindForm({ refused: { subject, email, emailVerified }, people, onDone }: BindFormProps) {
  const bind = useMutation(bindIdentity(useQueryClient()));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const personId = String(new FormData(event.currentTarget).get("person"));
    setProblem(personId === "" ? "Choose who this is." : null);
    if (personId !== "") bind.mutate({ personId, subject }, { onSuccess: onDone });
  };
  const choices = people.filter(({ isDisabled, isSelf }) => !isDisabled && !isSelf);
  return (
    <form className="flex min-w-0 flex-col gap-4" noValidate onSubmit={submit}>
      <p className="break-words text-sm">
        Subject <span className="break-all font-mono text-[0.92em]">{subject}</span>
        {email === null ? null : `, ${email} (${emailVerified ? "verified" : "not verified"})`}
      </p>
      <Field error={problem} label="Person">
        <Select className="w-full" defaultValue="" name="person">
          <option value="">Choose a person</option>
          {choices.map(({ personId, name, email: address, binding }) => (
            <option key={personId} value={personId}>
              {name}, {address}
              {binding ? " (bound to another account)" : ""}
            </option>
          ))}
        </Select>
      </Field>
      <Notice tone="doubt">
        Compare the subject with what the provider&apos;s own administration shows for this person. An address
        alone proves nothing: with some providers people write their own.
      </Notice>
      <FormEnd doing="Binding…" error={bind.error} isPending={bind.isPending} verb="Bind account" />
    </form>
  );
}
