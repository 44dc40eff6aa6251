"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useRef } from "react";
import { changeFinding } from "../../lib/client/findings.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { audiencesOf } from "../../lib/core/access/comment-audience.ts";
import { mayInTenant, type Role } from "../../lib/core/access/role.ts";
import { useTenants } from "../layout/tenants.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";

/** Adds a remark or a question to the history. Nothing where the reader may not comment. */
export function CommentForm({ finding }: { finding: FindingDetail }) {
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const change = useMutation(changeFinding(useQueryClient(), finding.id));
  const role = useTenants().find(({ slug }) => slug === finding.tenant)?.role as Role | undefined;
  if (role === undefined || !mayInTenant(role, "finding:comment")) return null;
  const mayConfide = audiencesOf(role).includes("not_auditors");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const note = String(said.get("note") ?? "");
    const audience = said.get("confide") === null ? "everybody" : "not_auditors";
    change.mutate({ kind: "comment", note, audience }, { onSuccess: () => form.current?.reset() });
  };
  return (
    <form className="flex flex-col gap-2 border-t p-4 print:hidden" onSubmit={submit} ref={form}>
      <Field
        error={change.error?.message ?? null}
        hint={
          mayConfide
            ? "It cannot be changed later. Auditors read it, unless it is not for them; that there is one stands in the audit trail."
            : "Everybody of the tenant who sees the finding reads it. It cannot be changed later."
        }
        label={mayConfide ? "Comment" : "Comment or question"}
      >
        <Textarea maxLength={2000} name="note" required rows={2} />
      </Field>
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        {mayConfide ? (
          <label className="inline-flex items-center gap-2 text-sm" htmlFor={id}>
            <input className="size-3.5 accent-accent" id={id} name="confide" type="checkbox" />
            Not for auditors
          </label>
        ) : null}
        <Button aria-busy={change.isPending} disabled={change.isPending} type="submit">
          Add comment
        </Button>
      </div>
    </form>
  );
}
