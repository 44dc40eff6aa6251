"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { withdrawItem } from "../../lib/client/register.ts";
import type { RegisterItemSummary } from "../../lib/contracts/register.ts";
import { registerItemTitle } from "../../lib/core/register/register-kinds.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Textarea } from "../ui/input.tsx";

export type WithdrawDialogProps = { item: RegisterItemSummary; slug: string; disabledBy: string | null };

/** Takes an item out of what counts. */
export function WithdrawDialog({ item, slug, disabledBy }: WithdrawDialogProps) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const withdraw = useMutation(withdrawItem(useQueryClient(), item.id));
  const [newest] = item.versions;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setProblem(reason.length < 10 ? "Say why, in at least 10 characters." : null);
    if (reason.length < 10) return;
    withdraw.mutate(
      { tenant: slug, baseVersion: newest.version, reason },
      { onSuccess: () => setOpen(false) },
    );
  };
  const name = registerItemTitle(item.kind, newest.content.fields);
  return (
    <Dialog
      description="It stays readable, with every version, and counts no more: reports print it as withdrawn."
      onOpenChange={setOpen}
      open={open}
      title={`Withdraw ${name}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Withdraw ${name}`}
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Withdraw
        </Button>
      }
    >
      <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
        <Field error={problem} label="Reason">
          <Textarea maxLength={1_000} name="reason" rows={3} />
        </Field>
        <FormEnd doing="Withdrawing…" error={withdraw.error} isPending={withdraw.isPending} verb="Withdraw" />
      </form>
    </Dialog>
  );
}
