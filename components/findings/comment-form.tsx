"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { changeFinding } from "../../lib/client/findings.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { useMayWork } from "./use-may-work.ts";

/** Adds a remark to the history. Nothing where the reader may not work on findings. */
export function CommentForm({ finding }: { finding: FindingDetail }) {
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation(changeFinding(useQueryClient(), finding.id));
  if (!useMayWork(finding.tenant).allowed) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note") ?? "");
    change.mutate({ kind: "comment", note }, { onSuccess: () => form.current?.reset() });
  };
  return (
    <form className="flex flex-col gap-2 border-t p-4 print:hidden" onSubmit={submit} ref={form}>
      <Field
        error={change.error?.message ?? null}
        hint="Auditors read it; it cannot be changed later."
        label="Comment"
      >
        <Textarea maxLength={2000} name="note" required rows={2} />
      </Field>
      <Button aria-busy={change.isPending} className="self-end" disabled={change.isPending} type="submit">
        Add comment
      </Button>
    </form>
  );
}
