import { presets } from "../../../lib/core/policies/presets.ts";
import { routableRegions } from "../../../lib/core/regions/host-of-region.ts";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { type DraftProps, problemOf, withPreset } from "../draft.ts";

export type PresetFieldProps = DraftProps & { replace: (policy: DraftProps["policy"]) => void };

/** Where to begin, and where calls go when nothing else is asked for. */
export function PresetField({ policy, catalog, change, replace, problems }: PresetFieldProps) {
  const preset = presets.find(({ id }) => id === policy.preset);
  return (
    <div className="flex flex-col gap-4">
      <Field
        hint={preset?.meaning ?? "A policy of its own. To choose a preset sets every place and rule anew."}
        label="Preset"
      >
        <Select
          className="max-w-md"
          onChange={({ target: { value } }) => {
            const chosen = presets.find(({ id }) => id === value);
            if (chosen) replace(withPreset(policy, chosen.id));
          }}
          value={policy.preset}
        >
          {policy.preset === "custom" ? <option value="custom">Own policy</option> : null}
          {presets.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        error={problemOf(problems, "homeRegion")}
        hint="Where calls go when nothing else is asked for."
        label="Home region"
      >
        <Select
          className="max-w-md"
          onChange={({ target: { value } }) => change({ homeRegion: value === "global" ? null : value })}
          value={policy.homeRegion ?? "global"}
        >
          <option value="global">Global endpoint, no place promised</option>
          {routableRegions(catalog).map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
