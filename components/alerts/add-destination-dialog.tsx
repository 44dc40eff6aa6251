"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { createDestination } from "../../lib/client/alerts.ts";
import { type AlertBook, type AlertChannel, createDestinationInput } from "../../lib/contracts/alerts.ts";
import { type AlertKind, defaultKinds } from "../../lib/core/alerts/alert-kinds.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { DestinationFields, readDestination } from "./destination-fields.tsx";
import { ShownOnceSecret } from "./shown-once-secret.tsx";
import { useFieldProblems } from "./use-field-problems.ts";

const channels = [
  { id: "webhook", title: "Webhook", meaning: "A signed request to a system of yours (Standard Webhooks)." },
  { id: "email", title: "E-mail", meaning: "A mail of plain text through the operator's mail server." },
] as const;

/** Adds a receiver. Its secret is shown once, by this dialog. */
export function AddDestinationDialog({ book, disabledBy }: { book: AlertBook; disabledBy: string | null }) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    setOpen(false);
    setSecret(null);
  };
  return (
    <Dialog
      description={
        secret === null
          ? "What is told leaves this deployment: choose a receiver that may have it."
          : "It is shown this once. Messages are signed with it."
      }
      keepOpen={secret !== null}
      onOpenChange={setOpen}
      open={open}
      title={secret === null ? "Add destination" : "Copy the secret"}
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          <Plus aria-hidden="true" />
          Add destination
        </Button>
      }
    >
      {secret === null ? (
        <AddForm
          book={book}
          onDone={(shown) => {
            if (shown === null) close();
            else setSecret(shown);
          }}
        />
      ) : (
        <ShownOnceSecret onDone={close} secret={secret} />
      )}
    </Dialog>
  );
}

function AddForm({ book, onDone }: { book: AlertBook; onDone: (secret: string | null) => void }) {
  const create = useMutation(createDestination(useQueryClient()));
  const [kind, setKind] = useState<AlertChannel>("webhook");
  const [kinds, setKinds] = useState<readonly AlertKind[]>(defaultKinds);
  const { errorOf, check } = useFieldProblems(create.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = { tenant: book.tenant.slug, kind, kinds, ...readDestination(event.currentTarget) };
    const input = check(createDestinationInput, given);
    if (input !== null) create.mutate(input, { onSuccess: ({ secret }) => onDone(secret) });
  };
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      {/* Without a mail server there is nothing to choose. */}
      {book.mail ? (
        <ChoiceList legend="By" name="kind" onChange={setKind} options={channels} value={kind} />
      ) : null}
      <DestinationFields errorOf={errorOf} kind={kind} kinds={kinds} onKinds={setKinds} present={null} />
      <FormEnd doing="Adding…" error={create.error} isPending={create.isPending} verb="Add destination" />
    </form>
  );
}
