import type { BatchLineGroup } from "../calls/batch-lines.ts";
import {
  type DeploymentFacts,
  type DeploymentSku,
  runsBatches,
  widestOf,
} from "../calls/deployment-facts.ts";

/** A model as clients ask for it, and what answers it at an Azure resource. */
export type Deployment = { readonly model: string; readonly name: string; readonly sku: DeploymentSku };

/**
 * Whose API a stored key opens (OpenAI's own hosts, one resource of Azure, or one host that the policy admits), and how
 * requests are put to its hosts. Said when the credential is saved, and by nothing in a request.
 */
export type Upstream =
  | { readonly kind: "openai" }
  | {
      readonly kind: "azure";
      /** `v1`: `/openai/v1/…`. `deployments`: `/openai/deployments/{name}/…`, the classic paths. */
      readonly paths: "v1" | "deployments";
      /** `api-version` of each request; null, on `v1` alone: none is sent. */
      readonly apiVersion: string | null;
      /** Closed where it names any; empty: what the catalog records of the resource holds for all of it but batches. */
      readonly deployments: readonly Deployment[];
    }
  | {
      readonly kind: "custom";
      /** Stands in the place of `/v1`: `/v1`, `/openai/v1`, or nothing. */
      readonly basePath: string;
      readonly keyHeader: "authorization" | "api-key";
    };

export const openaiUpstream: Upstream = { kind: "openai" };

/**
 * What is recorded of the deployment that a request names; null where nothing is, so that the resource's row in the
 * catalog speaks alone. A request that names none could use any: then the one that promises least stands for it.
 * `lines`: what a batch asks for, or a file of one, as far as it was read. `isBatch`: it runs now.
 */
export function findDeployment(
  upstream: Upstream,
  model: string | null,
  {
    lines = [],
    isBatch = false,
  }: { lines?: readonly Pick<BatchLineGroup, "model">[]; isBatch?: boolean } = {},
): DeploymentFacts | null {
  if (upstream.kind !== "azure" || upstream.deployments.length === 0) return null;
  const { deployments } = upstream;
  const unlisted = [model, ...lines.map((line) => line.model)].find(
    (name) => name !== null && !deployments.some((each) => each.model === name),
  );
  if (unlisted) return { name: unlisted, sku: null };
  const listed = deployments.find((each) => each.model === model);
  if (listed) return { name: listed.name, sku: listed.sku };
  const skus = deployments.map(({ sku }) => sku);
  return { name: null, sku: widestOf(isBatch ? skus.filter(runsBatches) : skus) };
}

/** The header by which the key goes to the credential's host. */
export function keyHeaderOf(upstream: Upstream, key: string): Readonly<Record<string, string>> {
  const bare = upstream.kind === "azure" || (upstream.kind === "custom" && upstream.keyHeader === "api-key");
  return bare ? { "api-key": key } : { authorization: `Bearer ${key}` };
}
