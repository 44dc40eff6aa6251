"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { rotateKey } from "../../lib/client/tenants.ts";
import type { CreatedKey, KeySummary } from "../../lib/contracts/tenants.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Select } from "../ui/select.tsx";
import { ShownOnceKey } from "./shown-once-key.tsx";

export type RotateKeyDialogProps = {
  tenant: string;
  of: KeySummary;
  gatewayUrl: string;
  onClose: () => void;
};

/**
 * Makes a key like this one, and lets this one end a while later. Its owner is not the key's row: a row of a key that has
 * ended offers nothing, and what is shown once would be gone with it.
 */
export function RotateKeyDialog({ tenant, of: old, gatewayUrl, onClose }: RotateKeyDialogProps) {
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const rotate = useMutation(rotateKey(useQueryClient(), tenant, old.id));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const overlapHours = Number(new FormData(event.currentTarget).get("overlapHours"));
    rotate.mutate({ overlapHours }, { onSuccess: setCreated });
  };
  return (
    <Dialog
      className={created ? "max-w-2xl" : undefined}
      description={
        created
          ? "It is shown this once. The old key ends as you said."
          : "A new key for the same application, with the same target and limits."
      }
      keepOpen={created !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      open
      title={created ? `Copy the key ${created.key.name}` : `Replace the key ${old.name}`}
    >
      {created ? (
        <ShownOnceKey created={created} gatewayUrl={gatewayUrl} onDone={onClose} />
      ) : (
        <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
          <Field
            hint="Until then both are taken. The end can only be moved to sooner."
            label="The old key ends"
          >
            <Select name="overlapHours">
              <option value="24">In a day</option>
              <option value="168">In a week</option>
              <option value="720">In 30 days</option>
              <option value="0">At once</option>
            </Select>
          </Field>
          <FormEnd doing="Replacing…" error={rotate.error} isPending={rotate.isPending} verb="Replace key" />
        </form>
      )}
    </Dialog>
  );
}
