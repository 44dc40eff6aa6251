"use client";

import { useState } from "react";
import { ChoiceList } from "../../ui/choice-list.tsx";
import { Field } from "../../ui/field.tsx";
import { Textarea } from "../../ui/input.tsx";
import { type DraftProps, problemOf } from "../draft.ts";
import { CheckField } from "./check-field.tsx";

/** Models that may be used, and features that may not. */
export function ContentFields({ policy, catalog, change, problems }: DraftProps) {
  const { models, deniedFeatures } = policy;
  return (
    <div className="flex flex-col gap-4">
      <ChoiceList
        legend="Models"
        name="models"
        onChange={(kind) => change({ models: kind === "any" ? "any" : [] })}
        options={[
          { id: "any", title: "Any", meaning: "As far as the catalog lists them for the place." },
          {
            id: "some",
            title: "Only these",
            meaning: "A name stands for its dated snapshots as well.",
          },
        ]}
        value={models === "any" ? "any" : "some"}
      />
      {models === "any" ? null : (
        <ModelList
          error={problemOf(problems, "models")}
          models={models}
          onChange={(list) => change({ models: list })}
        />
      )}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium text-sm">Features that may not be used</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {catalog.features.map(({ id, title, thirdParty }) => (
            <CheckField
              checked={deniedFeatures.includes(id)}
              key={id}
              label={title}
              {...(thirdParty ? { hint: "Content leaves to somebody who is not the provider." } : {})}
              onChange={(denied) =>
                change({
                  deniedFeatures: denied
                    ? [...deniedFeatures, id]
                    : deniedFeatures.filter((each) => each !== id),
                })
              }
            />
          ))}
        </div>
      </fieldset>
    </div>
  );
}

type ModelListProps = {
  models: readonly string[];
  error: string | null;
  onChange: (models: readonly string[]) => void;
};

function ModelList({ models, error, onChange }: ModelListProps) {
  const [text, setText] = useState(models.join("\n"));
  return (
    <Field error={error} hint="One a line, such as gpt-5.4-mini." label="Allowed models">
      <Textarea
        className="font-mono text-sm"
        onChange={({ target: { value } }) => {
          setText(value);
          const names = value.split(/[\s,]+/).filter((name) => name !== "");
          onChange([...new Set(names)]);
        }}
        rows={4}
        spellCheck={false}
        value={text}
      />
    </Field>
  );
}
