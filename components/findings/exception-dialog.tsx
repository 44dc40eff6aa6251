"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { requestException } from "../../lib/client/findings.ts";
import { exceptionHint, exceptionInput, type FindingDetail } from "../../lib/contracts/findings.ts";
import { type ExceptionKind, exceptionKinds, exceptionReasonMin } from "../../lib/core/findings/exception.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { endOfDay } from "./due-words.ts";
import { exceptionKindWords } from "./exception-words.ts";
import { scopeWords } from "./scope-words.ts";

export type ExceptionDialogProps = {
  finding: FindingDetail;
  disabled: boolean;
  describedBy: string | undefined;
};

/** Asks a second person to accept the case until a day. */
export function ExceptionDialog({ finding, disabled, describedBy }: ExceptionDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="A second person decides. An exception accepts the case within your organisation until a day: calls keep their verdicts, the policy stops what it stops today, and a transfer does not become lawful by it."
      onOpenChange={setOpen}
      open={open}
      title="Request an exception"
      trigger={
        <Button aria-describedby={describedBy} disabled={disabled}>
          <ShieldCheck aria-hidden="true" />
          Request exception
        </Button>
      }
    >
      <ExceptionForm finding={finding} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

type FieldName = "kind" | "reason" | "expiresAt" | "transferMechanism" | "ticket";
type FieldErrors = Partial<Record<FieldName, string>>;

const kinds = exceptionKinds.toReversed().map((id) => ({ id, ...exceptionKindWords[id] }));

const ownWords: FieldErrors = { kind: "Choose what it is.", expiresAt: "Choose the day on which it ends." };

function ExceptionForm({ finding, onDone }: { finding: FindingDetail; onDone: () => void }) {
  const change = useMutation(requestException(useQueryClient(), finding.id));
  const [kind, setKind] = useState<ExceptionKind | null>(null);
  const [errors, setErrors] = useState<FieldErrors>({});
  const refused = change.error instanceof ProblemError ? change.error : null;
  const errorOf = (field: FieldName) => errors[field] ?? refused?.fieldMessage(field) ?? null;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: FieldName) => String(form.get(name) ?? "").trim();
    const input = exceptionInput.safeParse({
      kind,
      reason: text("reason"),
      expiresAt: endOfDay(text("expiresAt")),
      transferMechanism: text("transferMechanism") || null,
      ticket: text("ticket") || null,
    });
    if (!input.success) {
      setErrors(fieldProblems(input.error, ownWords));
      return;
    }
    setErrors({});
    change.mutate(input.data, {
      onSuccess: () => {
        toast("Exception requested");
        onDone();
      },
    });
  };

  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <div className="flex flex-col gap-1.5 text-sm">
        <p className="font-medium">What it covers</p>
        <p className="text-muted">{scopeWords(finding)}</p>
      </div>
      <ChoiceList
        error={errorOf("kind")}
        legend="What it is"
        name="kind"
        onChange={setKind}
        options={kinds}
        value={kind}
      />
      <Field
        error={errorOf("reason")}
        hint={`At least ${exceptionReasonMin} characters. It stands in reports and cannot be changed later.`}
        label="Why it is accepted"
      >
        <Textarea maxLength={2000} name="reason" rows={4} />
      </Field>
      <Field error={errorOf("expiresAt")} hint={exceptionHint} label="Until the end of (UTC)">
        <Input name="expiresAt" type="date" />
      </Field>
      <Field
        error={errorOf("transferMechanism")}
        hint="For example standard contractual clauses, where data leaves by it."
        label="Transfer mechanism"
        optional
      >
        <Input maxLength={300} name="transferMechanism" />
      </Field>
      <Field error={errorOf("ticket")} label="Ticket" optional>
        <Input maxLength={300} name="ticket" />
      </Field>
      <FormEnd doing="Requesting" error={refused} isPending={change.isPending} verb="Request exception" />
    </form>
  );
}
