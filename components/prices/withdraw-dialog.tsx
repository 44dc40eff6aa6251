"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { withdrawPrice } from "../../lib/client/prices.ts";
import { type StatedPrice, withdrawPriceInput } from "../../lib/contracts/prices.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { formatDay } from "../ui/format-day.ts";
import { Input } from "../ui/input.tsx";

/** Takes a price back, with the reason. What was said stays in the record. */
export function WithdrawDialog({ price }: { price: StatedPrice }) {
  const [open, setOpen] = useState(false);
  const withdraw = useMutation(withdrawPrice(useQueryClient()));
  const [problem, setProblem] = useState<string | null>(null);
  const { model, mode, provider, effectiveFrom } = price;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    const parsed = withdrawPriceInput.safeParse({ mode, provider, model, effectiveFrom, reason });
    setProblem(parsed.success ? null : "Say why it no longer counts.");
    if (!parsed.success) return;
    withdraw.mutate(parsed.data, { onSuccess: () => setOpen(false) });
  };
  return (
    <Dialog
      description="The price before it counts again from that day on; without one the cost is unknown."
      onOpenChange={setOpen}
      open={open}
      title={`Withdraw the price of ${model} from ${formatDay(effectiveFrom)}?`}
      trigger={
        <Button aria-label={`Withdraw the price of ${model}`} className="h-6" look="quiet" size="sm">
          Withdraw
        </Button>
      }
    >
      <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
        <Field error={problem} label="Reason">
          <Input autoComplete="off" autoFocus maxLength={300} name="reason" />
        </Field>
        <FormEnd
          doing="Withdrawing…"
          error={withdraw.error}
          isPending={withdraw.isPending}
          verb="Withdraw price"
        />
      </form>
    </Dialog>
  );
}
