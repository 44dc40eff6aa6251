"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changeFinding } from "../../lib/client/findings.ts";
import {
  type FindingDetail,
  type Resolution,
  resolutions,
  resolveInput,
} from "../../lib/contracts/findings.ts";
import { checkDays, needsAnalysis } from "../../lib/core/findings/effectiveness.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { AnalysisFields, analysisOf, analysisProblems, isCorrected } from "./analysis-fields.tsx";
import { endOfDay } from "./due-words.ts";
import { resolutionWords } from "./resolution-words.ts";

export type ResolveDialogProps = {
  finding: FindingDetail;
  disabled: boolean;
  describedBy: string | undefined;
};

/** Closes a case with how it was resolved, what was done, what caused it, and when to look whether it came again. */
export function ResolveDialog({ finding, disabled, describedBy }: ResolveDialogProps) {
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
      <ResolveForm finding={finding} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

const choices = resolutions.map((id) => ({ id, ...resolutionWords[id] }));

const ownWords: Readonly<Record<string, string | undefined>> = {
  resolution: "Choose how it was resolved.",
  ...Object.fromEntries(
    Object.entries(analysisProblems).map(([field, problem]) => [`analysis.${field}`, problem]),
  ),
};

function ResolveForm({ finding, onDone }: { finding: FindingDetail; onDone: () => void }) {
  const change = useMutation(changeFinding(useQueryClient(), finding.id));
  const [resolution, setResolution] = useState<Resolution | null>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const refused = change.error instanceof ProblemError ? change.error : null;
  const errorOf = (field: string) => errors[field] ?? refused?.fieldMessage(field) ?? null;
  const isAnalysed = needsAnalysis(finding.cause, resolution ?? "config_fix");

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = resolveInput.safeParse({
      resolution,
      note: form.get("note"),
      analysis: isAnalysed ? analysisOf(form) : null,
      checkDueAt: endOfDay(String(form.get("checkDueAt") ?? "")),
    });
    if (!input.success) {
      setErrors(fieldProblems(input.error, ownWords));
      return;
    }
    setErrors({});
    const { analysis } = input.data;
    const said = analysis !== null && isCorrected(finding.analysis, analysis) ? analysis : null;
    change.mutate(
      { kind: "resolve", ...input.data, analysis: said },
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
        error={errorOf("resolution")}
        legend="How it was resolved"
        name="resolution"
        onChange={setResolution}
        options={choices}
        value={resolution}
      />
      <Field
        error={errorOf("note")}
        hint="At least 10 characters. Auditors read it; it cannot be changed later."
        label="What was done"
      >
        <Textarea maxLength={2000} name="note" rows={3} />
      </Field>
      {isAnalysed ? (
        <>
          <AnalysisFields errorOf={(field) => errorOf(`analysis.${field}`)} stated={finding.analysis} />
          <Field
            error={errorOf("checkDueAt")}
            hint={`When somebody looks whether it came again. Left empty, ${checkDays} days from now.`}
            label="Check after (UTC)"
            optional
          >
            <Input name="checkDueAt" type="date" />
          </Field>
        </>
      ) : null}
      <FormEnd doing="Resolving" error={change.error} isPending={change.isPending} verb="Resolve finding" />
    </form>
  );
}
