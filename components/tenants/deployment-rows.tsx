import { Plus, X } from "lucide-react";
import { useId } from "react";
import { deploymentSkus } from "../../lib/core/calls/deployment-facts.ts";
import type { Deployment } from "../../lib/core/upstreams/upstream.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { skuWords } from "./upstream-words.ts";

export type DeploymentRowsProps = {
  rows: readonly Deployment[];
  onChange: (rows: readonly Deployment[]) => void;
  /** Whether clients ask for a model that a deployment of another name answers. */
  areRenamed: boolean;
  error: string | null;
};

/** What is deployed at a resource, as its page at Azure says. A list that names any is closed. */
export function DeploymentRows({ rows, onChange, areRenamed, error }: DeploymentRowsProps) {
  const id = useId();
  const change = (at: number, part: Partial<Deployment>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <fieldset aria-describedby={`${id}-hint`} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">
        Deployments <span className="ml-1 font-normal text-faint">optional</span>
      </legend>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but the one that is being typed
        <div className="flex flex-wrap items-center gap-2" key={at}>
          {areRenamed ? (
            <Input
              aria-label={`Model of deployment ${at + 1}`}
              autoComplete="off"
              className="min-w-32 flex-1 font-mono text-sm"
              maxLength={64}
              onChange={({ target }) => change(at, { model: target.value })}
              placeholder="gpt-5.5"
              spellCheck={false}
              value={row.model}
            />
          ) : null}
          <Input
            aria-label={`Name of deployment ${at + 1}`}
            autoComplete="off"
            className="min-w-32 flex-1 font-mono text-sm"
            maxLength={64}
            onChange={({ target }) => change(at, { name: target.value })}
            placeholder="chat-sweden"
            spellCheck={false}
            value={row.name}
          />
          <Select
            aria-label={`SKU of deployment ${at + 1}`}
            onChange={({ target }) => change(at, { sku: target.value as Deployment["sku"] })}
            value={row.sku}
          >
            {deploymentSkus.map((sku) => (
              <option key={sku} value={sku}>
                {skuWords(sku)}
              </option>
            ))}
          </Select>
          <Button
            aria-label={`Remove deployment ${at + 1}`}
            look="quiet"
            onClick={() => onChange(rows.filter((_row, index) => index !== at))}
            size="sm"
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...rows, { model: "", name: "", sku: "Standard" }])} size="sm">
          <Plus aria-hidden="true" />
          Add deployment
        </Button>
      </div>
      <p className="text-faint text-xs" id={`${id}-hint`}>
        {rows.length === 0
          ? "None: what the catalog records of the resource holds for every call, but for a batch: it never runs on a regional deployment, so list the one it runs on."
          : "Every other deployment counts as one without a promise of place. Where resource and deployment say different things, the wider one counts."}
      </p>
      {error ? (
        <p className="text-outside-ink text-xs" role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
