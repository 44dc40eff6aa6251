import type { PresetId } from "../../lib/core/policies/policy.ts";
import { Field } from "../ui/field.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import type { TenantForm } from "./tenant-form.ts";

export type AcceptanceFieldsProps = {
  preset: PresetId;
  form: TenantForm;
  onChange: (change: Partial<TenantForm>) => void;
  errors: Readonly<Record<string, string>>;
};

/** Who accepts what the preset gives up, why, and until when. Printed in reports. */
export function AcceptanceFields({ preset, form, onChange, errors }: AcceptanceFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-4 rounded-md border p-3">
      <legend className="px-1 font-medium text-sm">
        {preset === "us_global_accepted"
          ? "Acceptance: the global host promises no place"
          : "Acceptance: inference runs elsewhere"}
      </legend>
      {errors.acceptance ? (
        <p className="text-outside-ink text-xs" role="alert">
          {errors.acceptance}
        </p>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field error={errors.acceptedBy} label="Accepted by">
          <Input
            autoComplete="off"
            maxLength={120}
            onChange={({ target: { value } }) => onChange({ acceptedBy: value })}
            value={form.acceptedBy}
          />
        </Field>
        <Field error={errors.reviewOn} hint="Within 12 months." label="To be reviewed on (UTC day)">
          <Input
            onChange={({ target: { value } }) => onChange({ reviewOn: value })}
            type="date"
            value={form.reviewOn}
          />
        </Field>
      </div>
      <Field error={errors.reason} hint="At least 20 characters. Printed in reports." label="Reason">
        <Textarea
          maxLength={2000}
          onChange={({ target: { value } }) => onChange({ reason: value })}
          rows={3}
          value={form.reason}
        />
      </Field>
    </fieldset>
  );
}
