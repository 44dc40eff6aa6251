"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { statePrice } from "../../lib/client/prices.ts";
import { type StatedPrice, statePriceInput } from "../../lib/contracts/prices.ts";
import type { PriceMode } from "../../lib/core/prices/price-book.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";

export type PriceDialogProps = {
  trigger: ReactNode;
  modes: readonly PriceMode[];
  /** What is known already: a price to change, or a model without one. */
  from?: Partial<StatedPrice>;
};

/** States what a model costs from a day on. */
export function PriceDialog({ trigger, modes, from }: PriceDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="US dollars per million tokens, as the provider bills them without tax. Costs of that day and after are counted anew."
      onOpenChange={setOpen}
      open={open}
      title={from?.inputUsd === undefined ? "State a price" : `Price of ${from.model}`}
      trigger={trigger}
    >
      <PriceForm from={from} modes={modes} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

type PriceFormProps = Pick<PriceDialogProps, "from" | "modes"> & { onDone: () => void };

function PriceForm({ from, modes, onDone }: PriceFormProps) {
  const state = useMutation(statePrice(useQueryClient()));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = statePriceInput.safeParse({
      ...Object.fromEntries(form),
      inputUsd: amountOf(form, "inputUsd"),
      cachedUsd: amountOf(form, "cachedUsd"),
      outputUsd: amountOf(form, "outputUsd"),
      upliftPercent: amountOf(form, "upliftPercent"),
    });
    if (!parsed.success) {
      setProblems(fieldProblems(parsed.error, asked));
      return;
    }
    setProblems({});
    state.mutate(parsed.data, { onSuccess: onDone });
  };
  const { error } = state;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  const number = (name: "inputUsd" | "cachedUsd" | "outputUsd" | "upliftPercent") => (
    <Input autoComplete="off" defaultValue={from?.[name] ?? ""} inputMode="decimal" name={name} />
  );
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <Field
          error={messageOf("model")}
          hint="As calls ask for it. A dated snapshot without a price of its own has that of its undated name."
          label="Model"
        >
          <Input
            autoComplete="off"
            autoFocus
            className="font-mono text-sm"
            defaultValue={from?.model}
            maxLength={120}
            name="model"
            spellCheck={false}
          />
        </Field>
        <Field error={messageOf("effectiveFrom")} hint="UTC day." label="From">
          <Input defaultValue={from?.effectiveFrom} name="effectiveFrom" type="date" />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field error={messageOf("mode")} hint="Simulated and real prices never mix." label="Counts for">
          <Select defaultValue={from?.mode ?? modes[0] ?? "live"} name="mode">
            <option value="live">Live tenants</option>
            <option value="simulated">Simulated tenants</option>
          </Select>
        </Field>
        <Field error={messageOf("provider")} label="Provider">
          <Select defaultValue={from?.provider ?? "openai"} name="provider">
            <option value="openai">OpenAI</option>
            <option value="azure">Azure</option>
            <option value="custom">Admitted host</option>
          </Select>
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field error={messageOf("inputUsd")} label="Input">
          {number("inputUsd")}
        </Field>
        <Field error={messageOf("cachedUsd")} hint="Empty: as other input." label="Cached input">
          {number("cachedUsd")}
        </Field>
        <Field error={messageOf("outputUsd")} label="Output">
          {number("outputUsd")}
        </Field>
      </div>
      <Field
        error={messageOf("upliftPercent")}
        hint="Percent that regional hosts add to this model. Empty: what the catalog says, unknown where it is silent."
        label="Regional uplift"
        optional
      >
        {number("upliftPercent")}
      </Field>
      <Field
        error={messageOf("source")}
        hint="Where it was read, and when: a contract, or a page with its date."
        label="Source"
      >
        <Input autoComplete="off" defaultValue={from?.source} maxLength={300} name="source" />
      </Field>
      <FormEnd doing="Stating…" error={error} isPending={state.isPending} verb="State price" />
    </form>
  );
}

const asked: Readonly<Record<string, string>> = {
  model: "Name the model.",
  effectiveFrom: "Choose the day it counts from.",
  inputUsd: "A number of dollars from 0 up.",
  cachedUsd: "A number of dollars from 0 up, or nothing.",
  outputUsd: "A number of dollars from 0 up.",
  upliftPercent: "Percent from 0 to 1000, or nothing.",
};

/** Empty is not said; what is no number stays none, so that it is asked for. A comma for a point is understood. */
function amountOf(form: FormData, name: string): number | null {
  const text = String(form.get(name) ?? "")
    .trim()
    .replace(",", ".");
  return text === "" ? null : Number(text);
}
