import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { AddKind } from "./additions.ts";
import { azureWords, transportWords } from "./host-words.ts";

/** The fields of what is added, beside what it rests on. */
export function AddFields({ kind, catalog }: { kind: AddKind; catalog: Catalog }) {
  switch (kind) {
    case "azure":
      return (
        <>
          <Host placeholder="bank-ai.openai.azure.com" />
          <Choice label="Deployed as" name="sku" words={azureWords} />
          <div className="grid grid-cols-2 gap-3">
            <Field hint="As Azure names it." label="Azure region">
              <Input maxLength={80} name="azureRegion" placeholder="Sweden Central" />
            </Field>
            <Countries hint="Of the region, or of the data zone. Empty for global." />
          </div>
        </>
      );
    case "region":
      return (
        <>
          <div className="grid grid-cols-2 gap-3">
            <Field hint="Lower case, as in the host." label="Code">
              <Input
                className="font-mono text-sm"
                maxLength={32}
                name="code"
                placeholder="br"
                spellCheck={false}
              />
            </Field>
            <Field label="Name">
              <Input maxLength={120} name="name" placeholder="Brazil" />
            </Field>
          </div>
          <Countries hint="Every member country: rules compare these." />
          <Host placeholder="br.api.openai.com" />
          <div className="grid grid-cols-2 gap-3">
            <Choice label="Storage" name="storage" words={stateWords} />
            <Choice label="Processing" name="processing" words={stateWords} />
          </div>
        </>
      );
    case "host":
      return (
        <>
          <Host placeholder="mtls-us.api.openai.com" />
          <Field label="Region">
            <Select className="w-full" name="region">
              <option value="">None: no promise of place</option>
              {catalog.regions
                .filter(({ provider }) => provider === "openai")
                .map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
            </Select>
          </Field>
          <Choice label="Transport" name="transport" words={transportWords} />
        </>
      );
    case "model":
      return (
        <>
          <Field hint="Exactly as the provider lists it." label="Model">
            <Input className="font-mono text-sm" maxLength={160} name="id" spellCheck={false} />
          </Field>
          <Field hint="Paths, separated by commas. Its cells begin as unknown." label="Endpoints">
            <Input
              className="font-mono text-sm"
              defaultValue="/v1/responses"
              name="endpoints"
              spellCheck={false}
            />
          </Field>
        </>
      );
    case "alias":
      return (
        <>
          <Field hint="As requests say it." label="Name">
            <Input
              className="font-mono text-sm"
              maxLength={160}
              name="alias"
              placeholder="gpt-4o"
              spellCheck={false}
            />
          </Field>
          <Field label="Stands for">
            <Select className="w-full" name="model">
              {catalog.models.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </Select>
          </Field>
        </>
      );
    case "source":
      return (
        <>
          <Field label="Title">
            <Input maxLength={300} name="title" placeholder="OpenAI, Data residency guide, read on …" />
          </Field>
          <Field label="Address" optional>
            <Input maxLength={500} name="url" placeholder="https://" type="url" />
          </Field>
        </>
      );
  }
}

const stateWords = { yes: "Yes", no: "No", unknown: "Unknown" } as const;

function Host({ placeholder }: { placeholder: string }) {
  return (
    <Field hint="The exact name, without scheme and port." label="Host">
      <Input
        className="font-mono text-sm"
        maxLength={253}
        name="host"
        placeholder={placeholder}
        spellCheck={false}
      />
    </Field>
  );
}

function Countries({ hint }: { hint: string }) {
  return (
    <Field hint={hint} label="Countries">
      <Input className="font-mono text-sm" name="countries" placeholder="SE" spellCheck={false} />
    </Field>
  );
}

function Choice({
  label,
  name,
  words,
}: {
  label: string;
  name: string;
  words: Readonly<Record<string, string>>;
}) {
  return (
    <Field label={label}>
      <Select className="w-full" name={name}>
        {Object.entries(words).map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Select>
    </Field>
  );
}
