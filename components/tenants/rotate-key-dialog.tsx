"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { rotateKey } from "../../lib/client/tenants.ts";
import type { CreatedKey, KeySummary } from "../../lib/contracts/tenants.ts";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Select } from "../ui/select.tsx";
import { ShownOnceDialog } from "../ui/shown-once-dialog.tsx";
import { shownKey } from "./shown-once-key.tsx";

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
  return (
    <ShownOnceDialog<CreatedKey>
      description="A new key for the same application, with the same target and limits."
      form={({ onMade }) => <RotateKeyForm keyId={old.id} onRotated={onMade} tenant={tenant} />}
      onClosed={onClose}
      shown={shownKey(gatewayUrl, "The old key ends as you said.")}
      title={`Replace the key ${old.name}`}
    />
  );
}

type RotateKeyFormProps = { tenant: string; keyId: string; onRotated: (created: CreatedKey) => void };

function RotateKeyForm({ tenant, keyId, onRotated }: RotateKeyFormProps) {
  const rotate = useMutation(rotateKey(useQueryClient(), tenant, keyId));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const overlapHours = Number(new FormData(event.currentTarget).get("overlapHours"));
    rotate.mutate({ overlapHours }, { onSuccess: onRotated });
  };
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field hint="Until then both are taken. The end can only be moved to sooner." label="The old key ends">
        <Select name="overlapHours">
          <option value="24">In a day</option>
          <option value="168">In a week</option>
          <option value="720">In 30 days</option>
          <option value="0">At once</option>
        </Select>
      </Field>
      <FormEnd doing="Replacing…" error={rotate.error} isPending={rotate.isPending} verb="Replace key" />
    </form>
  );
}
