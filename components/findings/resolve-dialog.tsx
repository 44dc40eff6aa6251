"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changeFinding } from "../../lib/client/findings.ts";
import { resolutions, resolveInput } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Textarea } from "../ui/input.tsx";
import { resolutionWords } from "./resolution-words.ts";

export type ResolveDialogProps = { findingId: string; disabled: boolean; describedBy: string | undefined };

/** Closes a case with how it was resolved and what was done. */
export function ResolveDialog({ findingId, disabled, describedBy }: ResolveDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="Calls keep their verdicts. A new call of the same kind opens the finding again."
      onOpenChange={setOpen}
      open={open}
      title="Resolve finding"
      trigger={
        <Button aria-describedby={describedBy} disabled={disabled} look="primary">
          <CircleCheck aria-hidden="true" />
          Resolve
        </Button>
      }
    >
      <ResolveForm findingId={findingId} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

type FieldErrors = { readonly resolution: string | null; readonly note: string | null };

const noErrors: FieldErrors = { resolution: null, note: null };

function ResolveForm({ findingId, onDone }: { findingId: string; onDone: () => void }) {
  const client = useQueryClient();
  const change = useMutation(changeFinding(client, findingId));
  const [errors, setErrors] = useState(noErrors);
  const refused = change.error instanceof ProblemError ? change.error : null;
  const noteError = errors.note ?? refused?.fieldMessage("note") ?? null;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = resolveInput.safeParse({ resolution: form.get("resolution"), note: form.get("note") });
    if (!input.success) {
      const wrong = (field: string) => input.error.issues.find(({ path }) => path[0] === field);
      setErrors({
        resolution: wrong("resolution") ? "Choose how it was resolved." : null,
        note: wrong("note")?.message ?? null,
      });
      return;
    }
    setErrors(noErrors);
    change.mutate(
      { kind: "resolve", ...input.data },
      {
        onSuccess: () => {
          toast("Finding resolved");
          onDone();
        },
      },
    );
  };

  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <fieldset
        aria-describedby={errors.resolution === null ? undefined : "resolution-error"}
        className="flex flex-col gap-1"
      >
        <legend className="pb-1.5 font-medium text-sm">How it was resolved</legend>
        {resolutions.map((resolution) => (
          <label
            className="flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2 hover:bg-hover has-checked:border-accent-ink has-checked:bg-accent-tint"
            key={resolution}
          >
            <input className="mt-1 accent-accent" name="resolution" type="radio" value={resolution} />
            <span>
              <span className="block font-medium text-sm">{resolutionWords[resolution].title}</span>
              <span className="block text-muted text-xs">{resolutionWords[resolution].meaning}</span>
            </span>
          </label>
        ))}
        {errors.resolution === null ? null : (
          <p className="text-outside-ink text-xs" id="resolution-error" role="alert">
            {errors.resolution}
          </p>
        )}
      </fieldset>
      <Field
        error={noteError}
        hint="At least 10 characters. Auditors read it; it cannot be changed later."
        label="What was done"
      >
        <Textarea maxLength={2000} name="note" rows={4} />
      </Field>
      <FormEnd
        doing="Resolving"
        error={noteError === null ? refused : null}
        isPending={change.isPending}
        verb="Resolve finding"
      />
    </form>
  );
}
