"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { createTenant } from "../../lib/client/tenants.ts";
import { presets } from "../../lib/core/policies/presets.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { regionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { AcceptanceFields } from "./acceptance-fields.tsx";
import { PolicyPreview } from "./policy-preview.tsx";
import { formProblems, placeProblems } from "./problem-places.ts";
import { slugFrom } from "./slug-from.ts";
import { emptyTenantForm, isChosen, type TenantForm, tenantInput } from "./tenant-form.ts";

export type CreateTenantFormProps = { creator: string; mayCreate: boolean };

/** A tenant with its first policy. What the policy will say stands beside the form while it is filled in. */
export function CreateTenantForm({ creator, mayCreate }: CreateTenantFormProps) {
  const router = useRouter();
  const create = useMutation(createTenant(useQueryClient()));
  const [form, setForm] = useState<TenantForm>(() => emptyTenantForm(creator));
  const [slugTouched, setSlugTouched] = useState(false);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const reasonId = useId();
  const formElement = useRef<HTMLFormElement>(null);
  // The first field that must change comes into sight, wherever the button was.
  useEffect(() => {
    if (Object.keys(fields).length > 0) firstInvalid(formElement.current)?.focus();
  }, [fields]);
  const preset = presets.find(({ id }) => id === form.preset);
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
        <Section title="Tenant">
          <div className="flex flex-col gap-4 p-4">
            <Field error={fields.name} label="Name">
              <Input
                autoComplete="off"
                maxLength={120}
                onChange={({ target: { value } }) =>
                  set(slugTouched ? { name: value } : { name: value, slug: slugFrom(value) })
                }
                required
                value={form.name}
              />
            </Field>
            <Field
              error={fields.slug}
              hint="In URLs and reports. It does not change later."
              label="Short name"
            >
              <Input
                autoComplete="off"
                className="font-mono text-sm"
                maxLength={48}
                onChange={({ target: { value } }) => {
                  setSlugTouched(true);
                  set({ slug: value.toLowerCase() });
                }}
                required
                spellCheck={false}
                value={form.slug}
              />
            </Field>
            <ChoiceList
              legend="Mode, fixed for ever"
              name="mode"
              onChange={(mode) => set({ mode })}
              options={[
                { id: "live", title: "Live", meaning: "Calls go to OpenAI with real provider keys." },
                {
                  id: "simulated",
                  title: "Simulated",
                  meaning:
                    "Calls go to the simulated provider and never leave this deployment. Everything shown of it is marked.",
                },
              ]}
              value={form.mode}
            />
          </div>
        </Section>
        <Section note="Where calls may go. Each sets the whole policy." title="Policy">
          <div className="flex flex-col gap-4 p-4">
            <ChoiceList
              error={fields.preset}
              legend="Preset"
              name="preset"
              onChange={(id) =>
                set({
                  preset: id,
                  homeRegion: presets.find((each) => each.id === id)?.homeRegions[0] ?? null,
                })
              }
              options={presets}
              value={form.preset}
            />
            {preset && preset.homeRegions.length > 1 ? (
              <Field
                error={fields.homeRegion}
                hint="Where calls go when nothing else is asked for."
                label="Home region"
              >
                <Select
                  onChange={({ target: { value } }) => set({ homeRegion: value === "global" ? null : value })}
                  value={form.homeRegion ?? "global"}
                >
                  {preset.homeRegions.map((code) => (
                    <option key={code ?? "global"} value={code ?? "global"}>
                      {code === null ? "Global endpoint, no place promised" : regionName(code)}
                    </option>
                  ))}
                </Select>
              </Field>
            ) : fields.homeRegion ? (
              <Notice live tone="outside">
                {fields.homeRegion}
              </Notice>
            ) : null}
            {preset?.needsAcceptance ? (
              <AcceptanceFields errors={fields} form={form} onChange={set} preset={preset.id} />
            ) : null}
            <ChoiceList
              error={fields.enforcement}
              legend="Enforcement"
              name="enforcement"
              onChange={(enforcement) => set({ enforcement })}
              options={[
                {
                  id: "block",
                  title: "Block",
                  meaning: "Calls outside policy are stopped before they leave.",
                },
                {
                  id: "observe",
                  title: "Observe",
                  meaning:
                    form.mode === "simulated"
                      ? "Calls outside policy are sent, judged and flagged, for a year; then the policy blocks."
                      : "Calls outside policy are sent, judged and flagged, for 90 days; then the policy blocks.",
                },
              ]}
              value={form.enforcement}
            />
          </div>
        </Section>
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
