import type { GlobalAcceptance } from "../../../lib/core/policies/policy.ts";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { type DraftProps, problemOf } from "../draft.ts";

export type AcceptanceFieldProps = {
  legend: string;
  /** Where the policy keeps it: `global.acceptance` or `inferenceElsewhere`. */
  path: string;
  acceptance: GlobalAcceptance | null;
  onChange: (acceptance: GlobalAcceptance) => void;
  problems: DraftProps["problems"];
};

const empty: GlobalAcceptance = { acceptedBy: "", reason: "", reviewOn: "" };

/** Who accepts what the policy gives up, why, and until when. Printed in reports. */
export function AcceptanceField({ legend, path, acceptance, onChange, problems }: AcceptanceFieldProps) {
  const current = acceptance ?? empty;
  const set = (fields: Partial<GlobalAcceptance>) => onChange({ ...current, ...fields });
  const errorOf = (field: string) => problemOf(problems, `${path}.${field}`);
  const whole = acceptance === null ? problemOf(problems, path) : null;
  return (
    <fieldset className="flex flex-col gap-4 rounded-md border p-3">
      <legend className="px-1 font-medium text-sm">{legend}</legend>
      {whole === null ? null : (
        <p className="text-outside-ink text-xs" role="alert">
          {whole}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field error={errorOf("acceptedBy")} label="Accepted by">
          <Input
            autoComplete="off"
            maxLength={120}
            onChange={({ target }) => set({ acceptedBy: target.value })}
            value={current.acceptedBy}
          />
        </Field>
        <Field error={errorOf("reviewOn")} hint="Within 12 months." label="To be reviewed on (UTC day)">
          <Input
            onChange={({ target }) => set({ reviewOn: target.value })}
            type="date"
            value={current.reviewOn}
          />
        </Field>
      </div>
      <Field
        error={errorOf("reason")}
        hint="At least 20 characters. Printed in reports."
        label="Reason of the acceptance"
      >
        <Textarea
          maxLength={2000}
          onChange={({ target }) => set({ reason: target.value })}
          rows={3}
          value={current.reason}
        />
      </Field>
    </fieldset>
  );
}
