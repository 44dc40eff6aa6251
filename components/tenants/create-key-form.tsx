"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { targetOutlooksQuery } from "../../lib/client/playground.ts";
import { createKey } from "../../lib/client/tenants.ts";
import { type CreatedKey, createKeyInput, type TenantDetail } from "../../lib/contracts/tenants.ts";
import { normaliseHost } from "../../lib/core/regions/normalise-host.ts";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { DataCategorySelect } from "./data-category-select.tsx";
import { KeyLimitFields, readKeyLimits } from "./key-limit-fields.tsx";
import { KeyTargetField } from "./key-target-field.tsx";

export type CreateKeyFormProps = {
  tenant: TenantDetail;
  onCreated: (created: CreatedKey) => void;
  /** What is known already where the form is opened. */
  defaults?: {
    readonly application: string;
    readonly environment: "production" | "test";
    readonly kind: "gateway" | "intake";
  };
};

const asked: Readonly<Record<string, string>> = {
  name: "Give the key a name.",
  application: "Name the application that will call.",
};

/** Which application calls, why, and where its calls go. */
export function CreateKeyForm({ tenant, onCreated, defaults }: CreateKeyFormProps) {
  const create = useMutation(createKey(useQueryClient(), tenant.slug));
  const { data: outlooks } = useQuery(targetOutlooksQuery(tenant.slug));
  // null: the policy decides.
  const [host, setHost] = useState<string | null>(null);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = createKeyInput.safeParse({
      ...(defaults ? { kind: defaults.kind } : {}),
      ...Object.fromEntries(form),
      ...readKeyLimits(form, new Date()),
      target: host === null ? "policy" : normaliseHost(host),
    });
    if (!parsed.success) {
      setProblems(fieldProblems(parsed.error, asked));
      return;
    }
    setProblems({});
    create.mutate(parsed.data, { onSuccess: onCreated });
  };
  const { error } = create;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field error={messageOf("name")} label="Name">
        <Input
          autoComplete="off"
          autoFocus
          maxLength={120}
          name="name"
          placeholder="Checkout, production"
          required
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <Field error={messageOf("application")} label="Application">
          <Input
            autoComplete="off"
            defaultValue={defaults?.application}
            maxLength={120}
            name="application"
            placeholder="Checkout"
            required
          />
        </Field>
        <Field error={messageOf("environment")} label="Environment">
          <Select defaultValue={defaults?.environment} name="environment">
            <option value="production">Production</option>
            <option value="test">Test</option>
          </Select>
        </Field>
      </div>
      <Field
        error={messageOf("purpose")}
        hint="What the application does with the model. Kept with it when it is new."
        label="Purpose"
        optional
      >
        <Input autoComplete="off" maxLength={500} name="purpose" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          error={messageOf("dataCategory")}
          hint="The most sensitive kind it may send. Kept when the application is new."
          label="Data"
        >
          <DataCategorySelect defaultValue="unknown" />
        </Field>
        <Field error={messageOf("owner")} hint="Who answers for the application." label="Owner" optional>
          <Input autoComplete="off" maxLength={120} name="owner" />
        </Field>
      </div>
      <KeyTargetField error={messageOf("target")} host={host} onChange={setHost} outlooks={outlooks} />
      <KeyLimitFields errorOf={messageOf} />
      <FormEnd doing="Creating…" error={error} isPending={create.isPending} verb="Create key" />
    </form>
  );
}
