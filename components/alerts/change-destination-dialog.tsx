"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeDestination } from "../../lib/client/alerts.ts";
import { changeDestinationInput, type DestinationSummary } from "../../lib/contracts/alerts.ts";
import type { AlertKind } from "../../lib/core/alerts/alert-kinds.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { DestinationFields, readDestination } from "./destination-fields.tsx";
import { useFieldProblems } from "./use-field-problems.ts";

type Props = { tenant: string; destination: DestinationSummary };

/** What a destination is called and told, and where it is. */
export function ChangeDestinationDialog({
  disabledBy,
  ...props
}: Props & { readonly disabledBy: string | null }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="It counts from the next message on. The secret stays."
      onOpenChange={setOpen}
      open={open}
      title={`Change ${props.destination.name}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Change ${props.destination.name}`}
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Change
        </Button>
      }
    >
      <ChangeForm {...props} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function ChangeForm({ tenant, destination, onDone }: Props & { onDone: () => void }) {
  const change = useMutation(changeDestination(useQueryClient(), destination.id));
  const [kinds, setKinds] = useState<readonly AlertKind[]>(destination.kinds);
  const { errorOf, check } = useFieldProblems(change.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { address, ...told } = readDestination(event.currentTarget);
    const input = check(changeDestinationInput, { tenant, kinds, ...told, address: address || null });
    if (input !== null) change.mutate(input, { onSuccess: onDone });
  };
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <DestinationFields
        errorOf={errorOf}
        kind={destination.kind}
        kinds={kinds}
        onKinds={setKinds}
        present={destination}
      />
      <FormEnd doing="Saving…" error={change.error} isPending={change.isPending} verb="Save destination" />
    </form>
  );
}
