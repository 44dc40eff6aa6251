import type { inferParserType } from "nuqs/server";
import { useId } from "react";
import type { simulatorParsers } from "../../lib/contracts/policy-parsers.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { routableRegions } from "../../lib/core/regions/host-of-region.ts";
import { unknownCountries } from "../../lib/core/regions/is-country-code.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { CheckField } from "./fields/check-field.tsx";

export type SimulatorState = inferParserType<typeof simulatorParsers>;

export type SimulatorFormProps = {
  catalog: Catalog;
  state: SimulatorState;
  onChange: (fields: Partial<SimulatorState>) => void;
  versions: readonly number[];
  inForce: number;
};

/** The call to think of. */
export function SimulatorForm({ catalog, state, onChange, versions, inForce }: SimulatorFormProps) {
  const models = useId();
  const targets = useId();
  const { subject, model, endpoint, target, features, store, tier, relay } = state;
  return (
    <Section note="What is not said stays unsaid." title="A call">
      <div className="flex flex-col gap-4 p-4">
        <Field label="Policy version">
          <Select
            onChange={({ target: { value } }) => onChange({ version: Number(value) })}
            value={state.version ?? inForce}
          >
            {versions.map((version) => (
              <option key={version} value={version}>
                Version {version}
                {version === inForce ? ", in force" : ""}
              </option>
            ))}
          </Select>
        </Field>
        <CountryField
          example="ES"
          hint="The country in x-domicile-subject-region. Empty: none is declared."
          label="Country of the subject"
          onChange={(value) => onChange({ subject: value })}
          value={subject}
        />
        <Field hint="Empty: the request names none." label="Model">
          <Input
            className="font-mono text-sm"
            list={models}
            onChange={({ target: { value } }) => onChange({ model: value })}
            placeholder="gpt-4o"
            spellCheck={false}
            value={model}
          />
        </Field>
        <datalist id={models}>
          {catalog.models.map(({ id }) => (
            <option key={id} value={id} />
          ))}
        </datalist>
        <Field label="Endpoint">
          <Select onChange={({ target: { value } }) => onChange({ endpoint: value })} value={endpoint}>
            {catalog.endpoints.map(({ path }) => (
              <option key={path} value={path}>
                {path}
              </option>
            ))}
            <option value="other">A path the catalog has no row for</option>
          </Select>
        </Field>
        <Field hint="policy, a region code, global, or a host." label="Target of the key">
          <Input
            className="font-mono text-sm"
            list={targets}
            onChange={({ target: { value } }) => onChange({ target: value })}
            spellCheck={false}
            value={target}
          />
        </Field>
        <datalist id={targets}>
          {["policy", "global", ...routableRegions(catalog).map(({ code }) => code)].map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
        <Field hint="Responses are stored unless the request says no." label="store in the request">
          <Select
            onChange={({ target: { value } }) =>
              onChange({ store: value === "true" ? "true" : value === "false" ? "false" : "unsaid" })
            }
            value={store}
          >
            <option value="unsaid">Not said</option>
            <option value="true">true</option>
            <option value="false">false</option>
          </Select>
        </Field>
        <Field label="Service tier" optional>
          <Input
            className="font-mono text-sm"
            onChange={({ target: { value } }) => onChange({ tier: value })}
            placeholder="default"
            spellCheck={false}
            value={tier}
          />
        </Field>
        <CountryField
          example="DE"
          hint="Where the gateway stands, as its operator attests. Empty: nobody attested it."
          label="Country of the gateway"
          onChange={(value) => onChange({ relay: value })}
          value={relay}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium text-sm">Features it offers</legend>
          {catalog.features.map(({ id, title }) => (
            <CheckField
              checked={features.includes(id)}
              key={id}
              label={title}
              onChange={(offered) =>
                onChange({ features: offered ? [...features, id] : features.filter((each) => each !== id) })
              }
            />
          ))}
        </fieldset>
      </div>
    </Section>
  );
}

type CountryFieldProps = {
  label: string;
  hint: string;
  value: string;
  example: string;
  onChange: (value: string) => void;
};

function CountryField({ label, hint, value, example, onChange }: CountryFieldProps) {
  const code = value.trim().toUpperCase();
  const wrong = code === "" ? null : unknownCountries([code]);
  return (
    <Field error={wrong} hint={hint} label={label}>
      <Input
        className="max-w-24 font-mono uppercase"
        maxLength={2}
        onChange={({ target }) => onChange(target.value)}
        placeholder={example}
        value={value}
      />
    </Field>
  );
}
