"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { rotateSecret } from "../../lib/client/alerts.ts";
import type { DestinationSummary } from "../../lib/contracts/alerts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Select } from "../ui/select.tsx";
import { ShownOnceSecret } from "./shown-once-secret.tsx";

type Props = { tenant: string; destination: DestinationSummary; onClose: () => void };

/** Makes another secret, and says for how long the one before goes on to sign. */
export function RotateSecretDialog({ tenant, destination, onClose }: Props) {
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = useMutation(rotateSecret(useQueryClient(), destination.id));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const overlapHours = new FormData(event.currentTarget).get("overlapHours") === "0" ? 0 : 24;
    rotate.mutate({ tenant, overlapHours }, { onSuccess: (made) => setSecret(made.secret) });
  };
  return (
    <Dialog
      description={
        secret === null
          ? "Messages are signed with another secret from now on."
          : "It is shown this once. Messages are signed with it."
      }
      keepOpen={secret !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      open
      title={secret === null ? `Rotate the secret of ${destination.name}` : "Copy the secret"}
    >
      {secret === null ? (
        <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
          <Field
            hint="Until then each message has a signature of both, and a receiver takes either."
            label="The old secret ends"
          >
            <Select name="overlapHours">
              <option value="24">In a day</option>
              <option value="0">At once: it may be known to others</option>
            </Select>
          </Field>
          <FormEnd doing="Rotating…" error={rotate.error} isPending={rotate.isPending} verb="Rotate secret" />
        </form>
      ) : (
        <ShownOnceSecret onDone={onClose} secret={secret} />
      )}
    </Dialog>
  );
}
