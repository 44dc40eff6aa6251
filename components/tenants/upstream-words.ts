import { type DeploymentSku, promiseOf } from "../../lib/core/calls/deployment-facts.ts";
import type { Upstream } from "../../lib/core/upstreams/upstream.ts";

/** What a key opens, in a word. */
export const kindWords: Readonly<Record<Upstream["kind"], string>> = {
  openai: "OpenAI",
  azure: "Azure OpenAI",
  custom: "Admitted host",
};

const promiseWords = {
  regional: "one Azure region",
  data_zone: "a data zone",
  global: "no promise of place",
} as const;

/** "Standard: one Azure region". */
export function skuWords(sku: DeploymentSku): string {
  return `${sku}: ${promiseWords[promiseOf(sku)]}`;
}

/** How requests are put to the host, in a sentence; null where it is OpenAI's own way. */
export function describeUpstream(upstream: Upstream): string | null {
  switch (upstream.kind) {
    case "openai":
      return null;
    case "azure": {
      const version = upstream.apiVersion === null ? "" : `, api-version ${upstream.apiVersion}`;
      const paths = upstream.paths === "v1" ? "/openai/v1/…" : "/openai/deployments/{deployment}/…";
      return `${paths}${version}, key in api-key`;
    }
    case "custom": {
      const header = upstream.keyHeader === "api-key" ? "api-key" : "Authorization";
      return `${upstream.basePath}/…, key in ${header}. Where it sends on is not observed`;
    }
  }
}
