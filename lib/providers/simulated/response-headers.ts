import { randomBytes, randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { digestNumber } from "./digest.ts";
import { edgeCodes } from "./edge-codes.ts";
import type { SimulatedProject } from "./project.ts";
import type { SimulatedHost } from "./simulated-hosts.ts";

export type AnswerTraits = {
  readonly host: SimulatedHost;
  /** null where OpenAI had not recognised a project yet. */
  readonly project: SimulatedProject | null;
  readonly processingMs: number;
  /** Replaces the edge of the host's region, for a test of the anomaly. */
  readonly edgeCode?: string;
};

/**
 * The header set OpenAI's hosts send (recorded 2025-10-08 and OpenAI's API overview). There is none that
 * names a region, and none is made up here. The lookalike sends what any web server sends.
 */
export function responseHeaders(traits: AnswerTraits): OutgoingHttpHeaders {
  if (traits.host.region === null) return { server: "nginx" };
  if (traits.host.resource) return azureHeaders(traits.host.echo ?? null);
  const edge = traits.edgeCode ?? edgeOf(traits.host);
  return {
    "x-request-id": `req_${randomUUID().replaceAll("-", "")}`,
    "openai-version": "2020-10-01",
    "openai-processing-ms": String(traits.processingMs),
    ...(traits.project ? projectHeaders(traits.project) : {}),
    "x-envoy-upstream-service-time": String(traits.processingMs + 3),
    "x-openai-proxy-wasm": "v0.1",
    "cf-cache-status": "DYNAMIC",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    server: "cloudflare",
    "cf-ray": `${randomBytes(8).toString("hex")}-${edge}`,
    "alt-svc": 'h3=":443"; ma=86400',
  };
}

/** The header set of Azure OpenAI (Microsoft Learn and recorded answers, 2026-11). */
function azureHeaders(echo: string | null): OutgoingHttpHeaders {
  return {
    "apim-request-id": randomUUID(),
    "x-request-id": randomUUID(),
    ...(echo === null ? {} : { "x-ms-region": echo }),
    "x-ms-client-request-id": "Not-Set",
    "x-ms-rai-invoked": "true",
    "azureml-model-session": "d012-20261101",
    "x-ratelimit-limit-requests": "1000",
    "x-ratelimit-remaining-requests": "999",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
  };
}

function projectHeaders(project: SimulatedProject): OutgoingHttpHeaders {
  return {
    "openai-organization": project.organization,
    "openai-project": project.id,
    "x-ratelimit-limit-requests": "10000",
    "x-ratelimit-limit-tokens": "2000000",
    "x-ratelimit-remaining-requests": "9999",
    "x-ratelimit-remaining-tokens": "1999900",
    "x-ratelimit-reset-requests": "6ms",
    "x-ratelimit-reset-tokens": "3ms",
  };
}

function edgeOf({ host, region }: SimulatedHost): string {
  const near = edgeCodes(region);
  return near[digestNumber("edge", host, String(Math.floor(Date.now() / 60_000))) % near.length] ?? "FRA";
}
