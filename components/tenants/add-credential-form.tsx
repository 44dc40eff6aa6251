"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { createCredential } from "../../lib/client/tenants.ts";
import { createCredentialInput, type TenantDetail } from "../../lib/contracts/tenants.ts";
import { hostOfRegion } from "../../lib/core/regions/host-of-region.ts";
import { normaliseHost } from "../../lib/core/regions/normalise-host.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import type { Upstream } from "../../lib/core/upstreams/upstream.ts";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { SecretInput } from "../ui/secret-input.tsx";
import { type AzureChoice, AzureFields } from "./azure-fields.tsx";
import { CustomFields } from "./custom-fields.tsx";
import { HostChecklist } from "./host-checklist.tsx";

export type AddCredentialFormProps = { tenant: TenantDetail; onDone: () => void };

const kinds = [
  { id: "openai", title: "OpenAI", meaning: "A key of an OpenAI project, for documented hosts." },
  { id: "azure", title: "Azure OpenAI", meaning: "A key of one Azure resource, for that host alone." },
  { id: "custom", title: "Another host", meaning: "One host that this tenant's policy admits by name." },
] as const;

const asked: Readonly<Record<string, string>> = {
  label: "Give it a label.",
  secret: "Paste the provider's key.",
  hosts: "Choose at least one host.",
  deployments: "Each deployment has a name: letters, digits, hyphens, dots and underscores.",
};

/** A provider's key, what it opens, and the closed set of hosts it may be sent to. */
export function AddCredentialForm({ tenant, onDone }: AddCredentialFormProps) {
  const create = useMutation(createCredential(useQueryClient(), tenant.slug));
  const [kind, setKind] = useState<Upstream["kind"]>("openai");
  const [hosts, setHosts] = useState<readonly string[]>([
    hostOfRegion(tenant.homeRegion ?? "global", openaiCatalog),
  ]);
  const [azure, setAzure] = useState<AzureChoice>({ host: "", paths: "v1", deployments: [] });
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = createCredentialInput.safeParse({
      label: form.get("label"),
      secret: String(form.get("secret")).trim(),
      projectId: String(form.get("projectId") ?? "").trim() || null,
      ...destinationOf(kind, form, hosts, azure),
    });
    if (!parsed.success) {
      setProblems(
        Object.fromEntries(
          parsed.error.issues.map(({ path, message }) => {
            const field = fieldOf(path);
            return [field, asked[field] ?? message];
          }),
        ),
      );
      return;
    }
    setProblems({});
    create.mutate(parsed.data, { onSuccess: onDone });
  };
  const { error } = create;
  const messageOf = (field: string) => {
    if (problems[field] !== undefined) return problems[field];
    if (!(error instanceof ProblemError)) return null;
    return error.fieldMessage(field) ?? error.fieldMessage(`upstream.${field}`);
  };
  return (
    <form autoComplete="off" className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <ChoiceList legend="What it opens" name="kind" onChange={setKind} options={kinds} value={kind} />
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
      <Field error={messageOf("secret")} hint={secretHint(kind, tenant.mode)} label="Provider key">
        <SecretInput />
      </Field>
      {kind === "openai" ? (
        <>
          <Field
            error={messageOf("projectId")}
            hint="As the provider names it, proj_…"
            label="Project"
            optional
          >
            <Input
              autoComplete="off"
              className="font-mono text-sm"
              maxLength={120}
              name="projectId"
              spellCheck={false}
            />
          </Field>
          <HostChecklist chosen={hosts} error={messageOf("hosts")} onChange={setHosts} />
        </>
      ) : kind === "azure" ? (
        <AzureFields choice={azure} errorOf={messageOf} onChange={setAzure} />
      ) : (
        <CustomFields errorOf={messageOf} />
      )}
      <FormEnd doing="Adding…" error={error} isPending={create.isPending} verb="Add provider key" />
    </form>
  );
}

/** Where the key goes and how requests are put there, as far as the form says. */
function destinationOf(
  kind: Upstream["kind"],
  form: FormData,
  hosts: readonly string[],
  azure: AzureChoice,
): { hosts: readonly string[]; upstream: unknown } {
  const text = (name: string): string => String(form.get(name) ?? "").trim();
  switch (kind) {
    case "openai":
      return { hosts, upstream: { kind } };
    case "azure": {
      const { host, paths } = azure;
      // On the v1 paths the deployment is the model that clients name.
      const deployments = azure.deployments.map(({ model, name, sku }) => ({
        model: paths === "v1" ? name : model,
        name,
        sku,
      }));
      const apiVersion = text("apiVersion") || null;
      return { hosts: host === "" ? [] : [host], upstream: { kind, paths, apiVersion, deployments } };
    }
    case "custom": {
      const host = normaliseHost(text("customHost"));
      const basePath = text("basePath").replace(/\/$/, "");
      return { hosts: host === "" ? [] : [host], upstream: { kind, basePath, keyHeader: text("keyHeader") } };
    }
  }
}

function fieldOf(path: readonly PropertyKey[]): string {
  return String(path[0] === "upstream" ? path[1] : path[0]);
}

function secretHint(kind: Upstream["kind"], mode: TenantDetail["mode"]): string {
  if (mode === "simulated")
    return "A simulated tenant takes simulated keys, such as sk-sim-eu-… for a project pinned to Europe.";
  if (kind === "azure") return "One of the two keys of the resource. It is valid for all of its deployments.";
  if (kind === "custom") return "The key that this host takes.";
  return "An API key of the OpenAI project. Use one project per region.";
}
