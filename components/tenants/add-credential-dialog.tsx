"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { createCredential } from "../../lib/client/tenants.ts";
import { createCredentialInput, type TenantDetail } from "../../lib/contracts/tenants.ts";
import { hostOfRegion } from "../../lib/core/regions/host-of-region.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { FormEnd } from "./form-end.tsx";
import { HostChecklist } from "./host-checklist.tsx";

export type AddCredentialDialogProps = { tenant: TenantDetail; disabledBy: string | null };

/** Keeps a provider's key. The field is never filled again with what was typed. */
export function AddCredentialDialog({ tenant, disabledBy }: AddCredentialDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="Encrypted before it is stored and never shown again."
      onOpenChange={setOpen}
      open={open}
      title="Add provider key"
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          <Plus aria-hidden="true" />
          Add provider key
        </Button>
      }
    >
      <AddCredentialForm onDone={() => setOpen(false)} tenant={tenant} />
    </Dialog>
  );
}

const asked: Readonly<Record<string, string>> = {
  label: "Give it a label.",
  secret: "Paste the provider's key.",
  hosts: "Choose at least one host.",
};

function AddCredentialForm({ tenant, onDone }: { tenant: TenantDetail; onDone: () => void }) {
  const create = useMutation(createCredential(useQueryClient(), tenant.slug));
  const [hosts, setHosts] = useState<readonly string[]>([
    hostOfRegion(tenant.homeRegion ?? "global", openaiCatalog),
  ]);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = createCredentialInput.safeParse({
      label: form.get("label"),
      secret: String(form.get("secret")).trim(),
      projectId: String(form.get("projectId")).trim() || null,
      hosts,
    });
    if (!parsed.success) {
      setProblems(
        Object.fromEntries(
          parsed.error.issues.map(({ path, message }) => [
            String(path[0]),
            asked[String(path[0])] ?? message,
          ]),
        ),
      );
      return;
    }
    setProblems({});
    create.mutate(parsed.data, { onSuccess: onDone });
  };
  const { error } = create;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field error={messageOf("label")} label="Label">
        <Input
          autoComplete="off"
          autoFocus
          maxLength={120}
          name="label"
          placeholder="Production, Europe"
          required
        />
      </Field>
      <Field
        error={messageOf("secret")}
        hint={
          tenant.mode === "simulated"
            ? "A simulated tenant takes simulated keys, such as sk-sim-eu-… for a project pinned to Europe."
            : "An API key of the OpenAI project. Use one project per region."
        }
        label="Provider key"
      >
        <Input
          autoComplete="off"
          className="font-mono text-sm"
          data-1p-ignore
          maxLength={512}
          name="secret"
          required
          spellCheck={false}
          type="password"
        />
      </Field>
      <Field error={messageOf("projectId")} hint="As the provider names it, proj_…" label="Project" optional>
        <Input
          autoComplete="off"
          className="font-mono text-sm"
          maxLength={120}
          name="projectId"
          spellCheck={false}
        />
      </Field>
      <HostChecklist chosen={hosts} error={messageOf("hosts")} onChange={setHosts} />
      <FormEnd doing="Adding…" error={error} isPending={create.isPending} verb="Add provider key" />
    </form>
  );
}
