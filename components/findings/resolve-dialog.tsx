"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changeFinding } from "../../lib/client/findings.ts";
import { type Resolution, resolutions, resolveInput } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
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

const choices = resolutions.map((id) => ({ id, ...resolutionWords[id] }));

const noErrors: FieldErrors = { resolution: null, note: null };

function ResolveForm({ findingId, onDone }: { findingId: string; onDone: () => void }) {
  const client = useQueryClient();
  const change = useMutation(changeFinding(client, findingId));
  const [resolution, setResolution] = useState<Resolution | null>(null);
  const [errors, setErrors] = useState(noErrors);
  const refused = change.error instanceof ProblemError ? change.error : null;
  const noteError = errors.note ?? refused?.fieldMessage("note") ?? null;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = resolveInput.safeParse({ resolution, note: form.get("note") });
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
      <ChoiceList
        error={errors.resolution}
        legend="How it was resolved"
        name="resolution"
        onChange={setResolution}
        options={choices}
        value={resolution}
      />
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
