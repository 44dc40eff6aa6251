"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { confirmRow } from "../../lib/client/catalog.ts";
import type { RowRef } from "../../lib/core/regions/catalog-tables.ts";
import type { Confirmation } from "../../lib/core/regions/confirmations.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { formatDay } from "../ui/format-day.ts";
import { Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";

export type ConfirmRowFormProps = RowRef & {
  version: number;
  /** The oldest word on the row; null: a statement of it was never confirmed. */
  confirmation: Confirmation | null;
  /** Why it cannot be confirmed now; null where it can. */
  hindrance: string | null;
};

/** A person's word that the row reads as the provider's page does. */
export function ConfirmRowForm({ table, id, version, confirmation, hindrance }: ConfirmRowFormProps) {
  const confirm = useMutation(confirmRow(useQueryClient()));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const statement = String(new FormData(event.currentTarget).get("statement")).trim();
    setProblem(statement.length < 10 ? "Say what you compared, in at least 10 characters." : null);
    if (statement.length < 10) return;
    confirm.mutate(
      { version, table, id, statement },
      { onSuccess: () => toast("Row confirmed in your name") },
    );
  };
  return (
    <form className="flex flex-col gap-3" noValidate onSubmit={submit}>
      <p className="text-muted text-sm">
        {confirmation === null
          ? "Not every statement of this row has been confirmed by a named person."
          : `Confirmed by ${confirmation.name} on ${formatDay(confirmation.on)}. Due again after 30 days.`}
      </p>
      {hindrance === null ? (
        <>
          <Field
            error={problem}
            hint="Your name and today's date are recorded with it. It changes no verdict."
            label="What you compared"
          >
            <Textarea
              maxLength={1000}
              name="statement"
              placeholder="Compared every region with the provider's page of today."
              rows={2}
            />
          </Field>
          {confirm.error ? (
            <Notice live tone="outside">
              {confirm.error.message}
            </Notice>
          ) : null}
          <div>
            <Button aria-busy={confirm.isPending} disabled={confirm.isPending} size="sm" type="submit">
              {confirm.isPending ? "Confirming" : "Confirm this row"}
            </Button>
          </div>
        </>
      ) : (
        <p className="text-faint text-xs">{hindrance}</p>
      )}
    </form>
  );
}
