import type { Deployment } from "../../lib/core/upstreams/upstream.ts";
import { azureWords } from "../regions/host-words.ts";
import { useCatalog } from "../regions/use-catalog.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { DeploymentRows } from "./deployment-rows.tsx";

export type AzureChoice = {
  readonly host: string;
  readonly paths: "v1" | "deployments";
  readonly deployments: readonly Deployment[];
};

export type AzureFieldsProps = {
  choice: AzureChoice;
  onChange: (choice: AzureChoice) => void;
  errorOf: (field: string) => string | null;
};

/** Which resource a key of Azure is of, and how it is asked. `apiVersion` is read from the form. */
export function AzureFields({ choice, onChange, errorOf }: AzureFieldsProps) {
  const resources = useCatalog().hosts.filter(
    ({ provider, azure }) => provider === "azure" && azure !== null,
  );
  const chosen = resources.find(({ host }) => host === choice.host)?.azure ?? null;
  if (resources.length === 0)
    return (
      <Notice tone="doubt">
        No Azure resource is recorded yet. An administrator of the deployment records its host, region and SKU
        under Regions; then its key can be added here.
      </Notice>
    );
  return (
    <>
      <Field
        error={errorOf("hosts")}
        hint={
          chosen === null
            ? "The only host this key is ever sent to."
            : `Recorded by ${chosen.attestedBy} in ${chosen.azureRegion}. ${azureWords[chosen.sku]}.`
        }
        label="Resource"
      >
        <Select onChange={({ target }) => onChange({ ...choice, host: target.value })} value={choice.host}>
          <option value="">Choose a resource</option>
          {resources.map(({ host }) => (
            <option key={host} value={host}>
              {host}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          hint={
            choice.paths === "v1"
              ? "Clients name the deployment as their model."
              : "Each model is put to the deployment that stands for it below."
          }
          label="Paths"
        >
          <Select
            onChange={({ target }) => onChange({ ...choice, paths: target.value as AzureChoice["paths"] })}
            value={choice.paths}
          >
            <option value="v1">v1: /openai/v1/…</option>
            <option value="deployments">Classic: /openai/deployments/…</option>
          </Select>
        </Field>
        <Field error={errorOf("apiVersion")} label="api-version" optional={choice.paths === "v1"}>
          <Input
            autoComplete="off"
            className="font-mono text-sm"
            maxLength={24}
            name="apiVersion"
            placeholder={choice.paths === "v1" ? "preview" : "2024-10-21"}
            spellCheck={false}
          />
        </Field>
      </div>
      <DeploymentRows
        areRenamed={choice.paths === "deployments"}
        error={errorOf("deployments")}
        onChange={(deployments) => onChange({ ...choice, deployments })}
        rows={choice.deployments}
      />
    </>
  );
}
