import { presets } from "../../lib/core/policies/presets.ts";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { regionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { AcceptanceFields } from "./acceptance-fields.tsx";
import type { TenantFieldsProps } from "./tenant-name-fields.tsx";

/** The tenant's first policy: a preset, what it leaves to be chosen, and whether it stops calls. */
export function TenantPolicyFields({ form, onChange, errors }: TenantFieldsProps) {
  const preset = presets.find(({ id }) => id === form.preset);
  return (
    <Section note="Where calls may go. Each sets the whole policy." title="Policy">
      <div className="flex flex-col gap-4 p-4">
        <ChoiceList
          error={errors.preset}
          legend="Preset"
          name="preset"
          onChange={(id) =>
            onChange({
              preset: id,
              homeRegion: presets.find((each) => each.id === id)?.homeRegions[0] ?? null,
            })
          }
          options={presets}
          value={form.preset}
        />
        {preset && preset.homeRegions.length > 1 ? (
          <Field
            error={errors.homeRegion}
            hint="Where calls go when nothing else is asked for."
            label="Home region"
          >
            <Select
              onChange={({ target: { value } }) =>
                onChange({ homeRegion: value === "global" ? null : value })
              }
              value={form.homeRegion ?? "global"}
            >
              {preset.homeRegions.map((code) => (
                <option key={code ?? "global"} value={code ?? "global"}>
                  {code === null ? "Global endpoint, no place promised" : regionName(code)}
                </option>
              ))}
            </Select>
          </Field>
        ) : errors.homeRegion ? (
          <Notice live tone="outside">
            {errors.homeRegion}
          </Notice>
        ) : null}
        {preset?.needsAcceptance ? (
          <AcceptanceFields errors={errors} form={form} onChange={onChange} preset={preset.id} />
        ) : null}
        <ChoiceList
          error={errors.enforcement}
          legend="Enforcement"
          name="enforcement"
          onChange={(enforcement) => onChange({ enforcement })}
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
  );
}
