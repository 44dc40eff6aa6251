import { useId } from "react";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { chatModelsOf } from "./chat-models.ts";

export type ModelFieldProps = {
  readonly catalog: Catalog;
  readonly model: string;
  readonly onModel: (model: string) => void;
  readonly className?: string;
  readonly hint?: string;
};

/** A model by its name, with those that the catalog lists for chat to pick from. */
export function ModelField({ catalog, model, onModel, ...field }: ModelFieldProps) {
  const listId = useId();
  return (
    <>
      <Field label="Model" {...field}>
        <Input
          autoComplete="off"
          className="font-mono text-sm"
          list={listId}
          maxLength={120}
          onChange={({ target }) => onModel(target.value)}
          spellCheck={false}
          value={model}
        />
      </Field>
      <datalist id={listId}>
        {chatModelsOf(catalog).map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </>
  );
}
