"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { createTenant } from "../../lib/client/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { PolicyPreview } from "./policy-preview.tsx";
import { formProblems, placeProblems } from "./problem-places.ts";
import { emptyTenantForm, isChosen, type TenantForm, tenantInput } from "./tenant-form.ts";
import { TenantNameFields } from "./tenant-name-fields.tsx";
import { TenantPolicyFields } from "./tenant-policy-fields.tsx";

export type CreateTenantFormProps = { creator: string; mayCreate: boolean };

/** A tenant with its first policy. What the policy will say stands beside the form while it is filled in. */
export function CreateTenantForm({ creator, mayCreate }: CreateTenantFormProps) {
  const router = useRouter();
  const create = useMutation(createTenant(useQueryClient()));
  const [form, setForm] = useState<TenantForm>(() => emptyTenantForm(creator));
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const reasonId = useId();
  const formElement = useRef<HTMLFormElement>(null);
  // The first field that must change comes into sight, wherever the button was.
  useEffect(() => {
    if (Object.keys(fields).length > 0) firstInvalid(formElement.current)?.focus();
  }, [fields]);
  const set = (change: Partial<TenantForm>) => setForm((before) => ({ ...before, ...change }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problems = formProblems(form, new Date());
    setFields(problems);
    if (Object.keys(problems).length > 0 || !isChosen(form)) return;
    create.mutate(tenantInput(form), {
      onSuccess: ({ slug }) => {
        router.refresh();
        router.push(`/settings/tenants/${slug}`);
      },
      onError: (error) => {
        if (error instanceof ProblemError) setFields(placeProblems(error.problem.fields ?? []));
      },
    });
  };
  const unplaced = create.error && Object.keys(fields).length === 0 ? create.error.message : fields.form;
  return (
    <form
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
      noValidate
      onSubmit={submit}
      ref={formElement}
    >
      <div className="flex min-w-0 flex-col gap-5">
        <TenantNameFields errors={fields} form={form} onChange={set} />
        <TenantPolicyFields errors={fields} form={form} onChange={set} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-5">
        {isChosen(form) ? (
          <PolicyPreview form={form} />
        ) : (
          <Section title="What this policy says">
            <p className="p-4 text-muted text-sm">Choose a preset to read it here before it is in force.</p>
          </Section>
        )}
        {unplaced ? (
          <Notice live tone="outside">
            {unplaced}
          </Notice>
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button
            aria-busy={create.isPending}
            aria-describedby={mayCreate ? undefined : reasonId}
            disabled={!mayCreate || create.isPending}
            look="primary"
            type="submit"
          >
            {create.isPending ? "Creating…" : "Create tenant"}
          </Button>
          <Button asChild>
            <Link href="/settings/tenants">Cancel</Link>
          </Button>
        </div>
        {mayCreate ? null : (
          <p className="text-muted text-sm" id={reasonId}>
            Only an administrator of the deployment creates tenants. You may look at what each preset means.
          </p>
        )}
      </div>
    </form>
  );
}

function firstInvalid(form: HTMLFormElement | null): HTMLElement | null {
  return (
    form?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input:checked') ??
    form?.querySelector<HTMLElement>("fieldset[aria-describedby] input") ??
    null
  );
}
