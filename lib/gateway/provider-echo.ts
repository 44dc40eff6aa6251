import type { IncomingHttpHeaders } from "node:http";
import type { ProviderEcho } from "../core/calls/attempt-facts.ts";
import { asToken } from "../core/calls/json-fields.ts";
import { normaliseHost } from "../core/regions/normalise-host.ts";

/** trust: these are the peer's words; ids and numbers of the expected form pass, nothing else does. */
export function readEcho(headers: IncomingHttpHeaders): ProviderEcho {
  const processing = asToken(headers["openai-processing-ms"], 12);
  return {
    requestId: asToken(headers["x-request-id"], 128),
    projectId: asToken(headers["openai-project"], 128),
    organization: asToken(headers["openai-organization"], 128),
    edgeCode: /-([A-Z]{3})$/.exec(asToken(headers["cf-ray"], 64) ?? "")?.[1] ?? null,
    processingMs: processing !== null && /^\d+$/.test(processing) ? Number(processing) : null,
    statedRegion: text(headers["x-ms-region"], 64),
  };
}

/** Host of a redirect; the answering host where the address is relative. */
export function redirectHost(headers: IncomingHttpHeaders, from: string): string | null {
  const { location } = headers;
  if (location === undefined) return null;
  try {
    return normaliseHost(new URL(location, `https://${from}/`).hostname).slice(0, 253);
  } catch {
    return null;
  }
}

function text(value: string | string[] | undefined, charsMax: number): string | null {
  return typeof value === "string" && value.length <= charsMax && /^[\x20-\x7e]+$/.test(value) ? value : null;
}
