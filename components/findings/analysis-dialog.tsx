"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ClipboardPen } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changeFinding } from "../../lib/client/findings.ts";
import { analysisInput, type FindingDetail } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { AnalysisFields, analysisOf, analysisProblems, isCorrected } from "./analysis-fields.tsx";
import { useMayWork } from "./use-may-work.ts";

/** States the cause and the corrective action, or corrects what was stated. Nothing where the reader may not work on findings. */
export function AnalysisDialog({ finding }: { finding: FindingDetail }) {
  const [open, setOpen] = useState(false);
  if (!useMayWork(finding.tenant).allowed) return null;
  const verb = finding.analysis === null ? "State" : "Correct";
  return (
    <Dialog
      description="What was stated before stays in the history. Auditors read it."
      onOpenChange={setOpen}
      open={open}
      title={`${verb} cause and corrective action`}
      trigger={
        <Button className="print:hidden" look="quiet" size="sm">
          <ClipboardPen aria-hidden="true" />
          {verb}
        </Button>
      }
    >
      <AnalysisForm finding={finding} onDone={() => setOpen(false)} verb={verb} />
    </Dialog>
  );
}

function AnalysisForm({
  finding,
  verb,
  onDone,
}: {
  finding: FindingDetail;
  verb: string;
  onDone: () => void;
}) {
  const change = useMutation(changeFinding(useQueryClient(), finding.id));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const refused = change.error instanceof ProblemError ? change.error : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = analysisInput.safeParse(analysisOf(new FormData(event.currentTarget)));
    if (!input.success) {
      setErrors(fieldProblems(input.error, analysisProblems));
      return;
    }
    setErrors({});
    if (!isCorrected(finding.analysis, input.data)) {
      onDone();
      return;
    }
    change.mutate(
      { kind: "analyse", ...input.data },
      {
        onSuccess: () => {
          toast("Cause and corrective action stated");
          onDone();
        },
      },
    );
  };
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <AnalysisFields
        errorOf={(field) => errors[field] ?? refused?.fieldMessage(field) ?? null}
        stated={finding.analysis}
      />
      <FormEnd doing="Stating" error={change.error} isPending={change.isPending} verb={verb} />
    </form>
  );
}
