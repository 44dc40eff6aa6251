import { useState } from "react";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Section } from "../ui/section.tsx";
import { slugFrom } from "./slug-from.ts";
import type { TenantForm } from "./tenant-form.ts";

export type TenantFieldsProps = {
  form: TenantForm;
  onChange: (change: Partial<TenantForm>) => void;
  /** By the name of the field. */
  errors: Readonly<Record<string, string>>;
};

/** What the tenant is called, and whether its calls are real. The short name follows the name until somebody writes it. */
export function TenantNameFields({ form, onChange, errors }: TenantFieldsProps) {
  const [slugTouched, setSlugTouched] = useState(false);
  return (
    <Section title="Tenant">
      <div className="flex flex-col gap-4 p-4">
        <Field error={errors.name} label="Name">
          <Input
            autoComplete="off"
            maxLength={120}
            onChange={({ target: { value } }) =>
              onChange(slugTouched ? { name: value } : { name: value, slug: slugFrom(value) })
            }
            required
            value={form.name}
          />
        </Field>
        <Field error={errors.slug} hint="In URLs and reports. It does not change later." label="Short name">
          <Input
            autoComplete="off"
            className="font-mono text-sm"
            maxLength={48}
            onChange={({ target: { value } }) => {
              setSlugTouched(true);
              onChange({ slug: value.toLowerCase() });
            }}
            required
            spellCheck={false}
            value={form.slug}
          />
        </Field>
        <ChoiceList
          legend="Mode, fixed for ever"
          name="mode"
          onChange={(mode) => onChange({ mode })}
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
  );
}
