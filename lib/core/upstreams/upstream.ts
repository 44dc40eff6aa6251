import { type DeploymentFacts, type DeploymentSku, widestOf } from "../calls/deployment-facts.ts";

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
      /** Closed where it names any; empty: what the catalog records of the resource holds for all of it. */
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
 */
export function findDeployment(upstream: Upstream, model: string | null): DeploymentFacts | null {
  if (upstream.kind !== "azure" || upstream.deployments.length === 0) return null;
  const { deployments } = upstream;
  if (model === null) return { name: null, sku: widestOf(deployments.map(({ sku }) => sku)) };
  const listed = deployments.find((each) => each.model === model);
  return listed ? { name: listed.name, sku: listed.sku } : { name: model, sku: null };
}

/** The header by which the key goes to the credential's host. */
export function keyHeaderOf(upstream: Upstream, key: string): Readonly<Record<string, string>> {
  const bare = upstream.kind === "azure" || (upstream.kind === "custom" && upstream.keyHeader === "api-key");
  return bare ? { "api-key": key } : { authorization: `Bearer ${key}` };
}
