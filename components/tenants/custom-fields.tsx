import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";

export type CustomFieldsProps = { errorOf: (field: string) => string | null };

/** A host that the policy admits, and how it is asked. Read from the form. */
export function CustomFields({ errorOf }: CustomFieldsProps) {
  return (
    <>
      <Notice tone="doubt">
        Where an admitted host sends calls on is not observed, so calls to it are not verifiable wherever the
        policy asks for a place.
      </Notice>
      <Field
        error={errorOf("hosts")}
        hint="A name that the tenant's policy admits, with a reason and a second person's approval."
        label="Host"
      >
        <Input
          autoComplete="off"
          className="font-mono text-sm"
          maxLength={253}
          name="customHost"
          placeholder="llm.example.com"
          spellCheck={false}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field error={errorOf("basePath")} hint="Stands in the place of /v1." label="Base path" optional>
          <Input
            autoComplete="off"
            className="font-mono text-sm"
            defaultValue="/v1"
            maxLength={120}
            name="basePath"
            spellCheck={false}
          />
        </Field>
        <Field label="Header of the key">
          <Select name="keyHeader">
            <option value="authorization">Authorization: Bearer</option>
            <option value="api-key">api-key</option>
          </Select>
        </Field>
      </div>
    </>
  );
}
