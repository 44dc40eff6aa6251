import type { CredentialSummary } from "../../lib/contracts/tenants.ts";
import { azureWords } from "../regions/host-words.ts";
import { useCatalog } from "../regions/use-catalog.ts";
import { skuWords } from "./upstream-words.ts";

export type UpstreamFactsProps = { credential: Pick<CredentialSummary, "hosts" | "upstream"> };

/** What is configured of the place behind an Azure key: the resource's row, and its deployments. No evidence by itself. */
export function UpstreamFacts({ credential: { hosts, upstream } }: UpstreamFactsProps) {
  const row = useCatalog().hosts.find(({ host }) => host === hosts[0]);
  if (upstream.kind !== "azure") return null;
  return (
    <div className="flex flex-col gap-1">
      {row?.azure ? (
        <span>
          {azureWords[row.azure.sku]}; {row.azure.azureRegion}, recorded by {row.azure.attestedBy}
        </span>
      ) : (
        <span className="text-unverifiable-ink">
          The catalog no longer records this resource, so the key is not sent.
        </span>
      )}
      {upstream.deployments.length === 0 ? null : (
        <ul className="flex flex-col gap-0.5">
          {upstream.deployments.map(({ model, name, sku }) => (
            <li key={model}>
              <code className="font-mono text-xs">{model === name ? name : `${model} → ${name}`}</code>{" "}
              <span className="text-muted">{skuWords(sku)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
