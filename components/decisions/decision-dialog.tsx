"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button, type ButtonProps } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Textarea } from "../ui/input.tsx";

export type DecisionWords = {
  /** On the button that opens it. */
  readonly verb: string;
  /** The question, and the verb on the button that does it. */
  readonly title: string;
  /** What it brings about. */
  readonly description: string;
  readonly look: ButtonProps["look"];
};

export type DecisionDialogProps = {
  words: DecisionWords;
  /** Does it and says what came of it; its failure is shown where it happens. */
  decide: (note: string) => Promise<string>;
  /** Id of the sentence that says why it cannot be done; absent where it can. */
  describedBy?: string;
};

/** Asks before what another person wants is decided; the note is kept with the decision. */
export function DecisionDialog({ words, decide, describedBy }: DecisionDialogProps) {
  const [open, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note") ?? "");
    setPending(true);
    setProblem(null);
    decide(note)
      .then(
        (outcome) => {
          toast(outcome);
          setOpen(false);
        },
        (error: unknown) =>
          setProblem(error instanceof Error ? error.message : "It did not work. Try again."),
      )
      .finally(() => setPending(false));
  };
  return (
    <Dialog
      description={words.description}
      onOpenChange={(next) => {
        setOpen(next);
        setProblem(null);
      }}
      open={open}
      title={words.title}
      trigger={
        <Button aria-describedby={describedBy} disabled={describedBy !== undefined} look={words.look}>
          {words.verb}
        </Button>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Note" optional>
          <Textarea maxLength={2000} name="note" rows={3} />
        </Field>
        <FormEnd error={problem} isPending={isPending} verb={words.title} />
      </form>
    </Dialog>
  );
}
