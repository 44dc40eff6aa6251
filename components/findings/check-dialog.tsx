"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changeFinding } from "../../lib/client/findings.ts";
import { type CheckOutcome, checkInput, type FindingDetail } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Textarea } from "../ui/input.tsx";

export type CheckDialogProps = { finding: FindingDetail; disabled: boolean; describedBy: string | undefined };

const choices = [
  {
    id: "effective",
    title: "It did not come again",
    meaning: "What was done holds. The finding stays resolved.",
  },
  {
    id: "recurred",
    title: "It came again",
    meaning: "Be it where nothing is recorded. The finding is open again.",
  },
] as const satisfies readonly { id: CheckOutcome; title: string; meaning: string }[];

/** Asks whoever works on a resolved case whether it came again. Before its day, only that it did can be said. */
export function CheckDialog({ finding, disabled, describedBy }: CheckDialogProps) {
  const [open, setOpen] = useState(false);
  const isDue = finding.check?.isDue ?? false;
  return (
    <Dialog
      description="A recorded call of the same kind opens the finding by itself. This asks for what you know beside the record."
      onOpenChange={setOpen}
      open={open}
      title={isDue ? "Check the resolution" : "It came again"}
      trigger={
        <Button aria-describedby={describedBy} disabled={disabled} look={isDue ? "primary" : "plain"}>
          <ListChecks aria-hidden="true" />
          {isDue ? "Check" : "It came again"}
        </Button>
      }
    >
      <CheckForm finding={finding} isDue={isDue} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

type CheckFormProps = { finding: FindingDetail; isDue: boolean; onDone: () => void };

function CheckForm({ finding, isDue, onDone }: CheckFormProps) {
  const change = useMutation(changeFinding(useQueryClient(), finding.id));
  const [outcome, setOutcome] = useState<CheckOutcome | null>(isDue ? null : "recurred");
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const refused = change.error instanceof ProblemError ? change.error : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note") ?? "");
    const input = checkInput.safeParse({ outcome, note });
    if (!input.success) {
      setErrors(fieldProblems(input.error, { outcome: "Choose whether it came again." }));
      return;
    }
    setErrors({});
    change.mutate(
      { kind: "check", ...input.data },
      {
        onSuccess: () => {
          toast(outcome === "effective" ? "Resolution checked" : "Finding opened again");
          onDone();
        },
      },
    );
  };
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      {isDue ? (
        <ChoiceList
          error={errors.outcome}
          legend="Since it was resolved"
          name="outcome"
          onChange={setOutcome}
          options={choices}
          value={outcome}
        />
      ) : null}
      <Field
        error={errors.note ?? refused?.fieldMessage("note") ?? null}
        hint="At least 10 characters. Auditors read it; it cannot be changed later."
        label="What was looked at"
      >
        <Textarea maxLength={2000} name="note" rows={3} />
      </Field>
      <FormEnd
        doing="Stating"
        error={change.error}
        isPending={change.isPending}
        verb={isDue ? "State" : "Open again"}
      />
    </form>
  );
}
