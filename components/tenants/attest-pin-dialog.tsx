"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { attestPin } from "../../lib/client/tenants.ts";
import { attestPinInput, type CredentialSummary, type TenantDetail } from "../../lib/contracts/tenants.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { FormEnd } from "../ui/form-end.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { describeBond } from "./pin-statement.tsx";

export type AttestPinDialogProps = {
  tenant: TenantDetail;
  credential: CredentialSummary;
  person: string;
  disabledBy: string | null;
};

/** A named person states what the project behind a key is bound to. */
export function AttestPinDialog({ tenant, credential, person, disabledBy }: AttestPinDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="What the OpenAI project behind this key is bound to, and how you know. Earlier calls keep the pin that was known when they began."
      onOpenChange={setOpen}
      open={open}
      title={`Attest the pin of ${credential.label}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Attest pin of ${credential.label}`}
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Attest pin
        </Button>
      }
    >
      <AttestPinForm credential={credential} onDone={() => setOpen(false)} person={person} tenant={tenant} />
    </Dialog>
  );
}

type Kind = CredentialSummary["pin"]["kind"];

const kinds: readonly { readonly id: Kind; readonly title: string; readonly meaning: string }[] = [
  {
    id: "processing",
    title: "Processing and storage",
    meaning: "The project processes and stores in one region.",
  },
  { id: "storage_only", title: "Storage only", meaning: "It stores in one region and processes anywhere." },
  { id: "global", title: "Global", meaning: "It is bound to no region." },
  { id: "unknown", title: "Not known", meaning: "Takes an earlier statement back." },
];

const asked: Readonly<Record<string, string>> = { attestedBy: "Name the person who attests it." };

type AttestPinFormProps = {
  tenant: TenantDetail;
  credential: CredentialSummary;
  person: string;
  onDone: () => void;
};

function AttestPinForm({ tenant, credential, person, onDone }: AttestPinFormProps) {
  const attest = useMutation(attestPin(useQueryClient(), tenant.slug));
  const [kind, setKind] = useState<Kind>("processing");
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const hasRegion = kind === "processing" || kind === "storage_only";
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = attestPinInput.safeParse({
      credentialId: credential.id,
      kind,
      region: hasRegion ? form.get("region") : null,
      attestedBy: form.get("attestedBy"),
      statement: form.get("statement"),
    });
    if (!parsed.success) {
      setProblems(fieldProblems(parsed.error, asked));
      return;
    }
    setProblems({});
    attest.mutate(parsed.data, { onSuccess: onDone });
  };
  const { error } = attest;
  const { pin } = credential;
  const provider = pin.source === "admin_api" ? pin : pin.overrides;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      {provider ? (
        <Notice tone="doubt">
          OpenAI's admin API says: {describeBond(provider)}. What you attest counts above it, and stands
          beside it in the log with your name.
        </Notice>
      ) : null}
      <ChoiceList
        legend="The project is bound to"
        name="kind"
        onChange={setKind}
        options={kinds}
        value={kind}
      />
      {hasRegion ? (
        <Field error={messageOf("region")} label="Region">
          <Select defaultValue={tenant.homeRegion ?? "eu"} name="region">
            {openaiCatalog.regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field error={messageOf("attestedBy")} label="Attested by">
        <Input autoComplete="off" defaultValue={person} maxLength={120} name="attestedBy" />
      </Field>
      <Field
        error={messageOf("statement")}
        hint="At least 20 characters: what you looked at, and when."
        label="How you know"
      >
        <Textarea
          maxLength={2000}
          name="statement"
          placeholder="Project settings page, General, Region: Europe; read on 22 November 2026."
          rows={3}
        />
      </Field>
      <FormEnd doing="Recording…" error={error} isPending={attest.isPending} verb="Attest pin" />
    </form>
  );
}
