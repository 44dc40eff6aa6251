import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { reportGroup, reportPath } from "./report-place.ts";

// As in `nameClients`.
const channel = "http.server.request.start";

/** Of every answer, whoever makes it: page, route, file, error. */
const always: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "reporting-endpoints": `${reportGroup}="${reportPath}"`,
};

/** Of what is no page: opened as one, it shows nothing and does nothing. Pages have a policy of their own. */
const inert = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Gives every answer of this process its headers, before anybody writes one: Next's own setting knows neither the address that
 * people open nor the answers it makes by itself. Answers how to stop.
 */
export function headAnswers(publicUrl: string): () => void {
  const isSecure = publicUrl.startsWith("https:");
  const head = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
    // RFC 6797. Whoever opens a deployment by https does it a year long.
    if (isSecure) response.setHeader("strict-transport-security", "max-age=31536000");
    if (isNoPage(request.url ?? "")) response.setHeader("content-security-policy", inert);
  };
  subscribe(channel, head);
  return () => unsubscribe(channel, head);
}

function isNoPage(url: string): boolean {
  return /^\/(api\/|healthz|readyz|metrics)/.test(url);
}
