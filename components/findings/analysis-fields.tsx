"use client";

import { useState } from "react";
import type { StatedAnalysis } from "../../lib/contracts/findings.ts";
import { type Analysis, rootCauses, rootCauseWords } from "../../lib/core/findings/root-cause.ts";
import { Field } from "../ui/field.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { endOfDay } from "./due-words.ts";

type FieldName = keyof Analysis;

export type AnalysisFieldsProps = {
  /** What was stated last; null: nothing was. */
  stated: StatedAnalysis | null;
  errorOf: (field: FieldName) => string | null;
};

/** What caused the case, and what keeps it from coming again: who carries it out, and until when. */
export function AnalysisFields({ stated, errorOf }: AnalysisFieldsProps) {
  const [cause, setCause] = useState<string>(stated?.rootCause ?? "");
  const chosen = rootCauses.find((each) => each === cause);
  return (
    <>
      <Field
        error={errorOf("rootCause")}
        hint={
          chosen === undefined
            ? "In the classes of incident reports under Regulation (EU) 2022/2554 (DORA)."
            : rootCauseWords[chosen].meaning
        }
        label="Root cause"
      >
        <Select
          className="w-full"
          name="rootCause"
          onChange={(event) => setCause(event.target.value)}
          value={cause}
        >
          <option value="">Choose</option>
          {rootCauses.map((each) => (
            <option key={each} value={each}>
              {rootCauseWords[each].title}
            </option>
          ))}
        </Select>
      </Field>
      <Field error={errorOf("explanation")} label="How it came about">
        <Textarea defaultValue={stated?.explanation} maxLength={2000} name="explanation" rows={3} />
      </Field>
      <Field
        error={errorOf("action")}
        hint="What keeps it from coming again, beyond setting this case right."
        label="Corrective action"
      >
        <Textarea defaultValue={stated?.action} maxLength={2000} name="action" rows={3} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field error={errorOf("actionOwner")} hint="A person or a team." label="Carried out by">
          <Input defaultValue={stated?.actionOwner} maxLength={120} name="actionOwner" />
        </Field>
        <Field error={errorOf("actionDueAt")} hint="Or when it was." label="By the end of (UTC)">
          <Input defaultValue={stated?.actionDueAt.slice(0, 10)} name="actionDueAt" type="date" />
        </Field>
      </div>
    </>
  );
}

/** What the fields of a form say, for the contract to check. */
export function analysisOf(form: FormData): Record<FieldName, string | null> {
  const text = (name: FieldName) => String(form.get(name) ?? "").trim();
  return {
    rootCause: text("rootCause"),
    explanation: text("explanation"),
    action: text("action"),
    actionOwner: text("actionOwner"),
    actionDueAt: endOfDay(text("actionDueAt")),
  };
}

/** Whether a form says something else than was stated. */
export function isCorrected(stated: StatedAnalysis | null, said: Analysis): boolean {
  return (
    stated === null ||
    said.rootCause !== stated.rootCause ||
    said.explanation !== stated.explanation ||
    said.action !== stated.action ||
    said.actionOwner !== stated.actionOwner ||
    said.actionDueAt.slice(0, 10) !== stated.actionDueAt.slice(0, 10)
  );
}

/** What stands beside a field in place of what the contract says of it. */
export const analysisProblems: Partial<Record<FieldName, string>> = {
  rootCause: "Choose what caused it.",
  actionDueAt: "Choose a day.",
};
