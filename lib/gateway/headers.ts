import type { IncomingHttpHeaders } from "node:http";

/** Headers of the caller that go upstream. Everything else stays: credentials, cookies, hops, our own. */
const passedUp: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "content-type",
  "idempotency-key",
  "openai-beta",
  "openai-safety-identifier",
  "user-agent",
  "x-client-request-id",
]);

/** Name an account. Passed only with the caller's own key: beside a stored one they would undo what is known of it. */
const passedUpWithOwnKey: ReadonlySet<string> = new Set(["openai-organization", "openai-project"]);

/** Headers of the provider that reach the caller. */
const passedDown: ReadonlySet<string> = new Set([
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-length",
  "content-type",
  "retry-after",
  "retry-after-ms",
  "vary",
  "x-request-id",
  "x-should-retry",
]);

/** The head of the request that goes upstream. */
export function headersUp(
  headers: IncomingHttpHeaders,
  providerKey: string,
  ownKey: boolean,
): Record<string, string> {
  const up: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const passed =
      passedUp.has(name) || name.startsWith("x-stainless-") || (ownKey && passedUpWithOwnKey.has(name));
    if (passed && typeof value === "string") up[name] = value;
  }
  up.authorization = `Bearer ${providerKey}`;
  return up;
}

/** The head of the answer that reaches the caller, with our own headers in it. */
export function headersDown(
  headers: IncomingHttpHeaders,
  own: Readonly<Record<string, string>>,
): Record<string, string | string[]> {
  const down: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const passed = passedDown.has(name) || name.startsWith("openai-") || name.startsWith("x-ratelimit-");
    if (passed && value !== undefined) down[name] = value;
  }
  return Object.assign(down, own);
}
