import type { IncomingHttpHeaders } from "node:http";

/** Headers of the caller that go upstream. Everything else stays: credentials, cookies, hops, our own. */
const passedUp: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "content-encoding",
  "content-language",
  "content-type",
  "idempotency-key",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "last-event-id",
  "openai-beta",
  "openai-safety-identifier",
  "range",
  "user-agent",
  "x-client-request-id",
]);

/** Name an account. Passed only with the caller's own key: beside a stored one they would undo what is known of it. */
const passedUpWithOwnKey: ReadonlySet<string> = new Set(["openai-organization", "openai-project"]);

/** Headers of the provider that reach the caller. */
const passedDown: ReadonlySet<string> = new Set([
  "accept-ranges",
  "age",
  "allow",
  "apim-request-id",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-length",
  "content-range",
  "content-type",
  "deprecation",
  "etag",
  "expires",
  "last-modified",
  "retry-after",
  "retry-after-ms",
  "sunset",
  "vary",
  "x-ms-region",
  "x-request-id",
  "x-should-retry",
]);

/** The head of the request that goes upstream. `keyHeader`: the one by which the key goes. */
export function headersUp(
  headers: IncomingHttpHeaders,
  keyHeader: Readonly<Record<string, string>>,
  ownKey: boolean,
): Record<string, string> {
  const up: Record<string, string> = {};
  const named = namedByConnection(headers);
  for (const [name, value] of Object.entries(headers)) {
    if (named.includes(name)) continue;
    const passed =
      passedUp.has(name) || name.startsWith("x-stainless-") || (ownKey && passedUpWithOwnKey.has(name));
    if (passed && typeof value === "string") up[name] = value;
  }
  return Object.assign(up, keyHeader);
}

/** The head of the answer of this host that reaches the caller, with our own headers in it. */
export function headersDown(
  headers: IncomingHttpHeaders,
  host: string,
  own: Readonly<Record<string, string>>,
): Record<string, string | string[]> {
  const down: Record<string, string | string[]> = {};
  const named = namedByConnection(headers);
  for (const [name, value] of Object.entries(headers)) {
    if (named.includes(name) && !name.startsWith("content-")) continue;
    const passed = passedDown.has(name) || name.startsWith("openai-") || name.startsWith("x-ratelimit-");
    if (passed && value !== undefined) down[name] = value;
  }
  const location = pathOfLocation(headers.location, host);
  if (location !== null) down.location = location;
  return Object.assign(down, own);
}

/** Names in `Connection`, lower case: what they say is said to the next hop alone (RFC 9110, 7.6.1). */
export function namedByConnection({ connection }: IncomingHttpHeaders): readonly string[] {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return none;
  return [connection]
    .flat()
    .join()
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
}

const none: readonly string[] = [];

/** A field that was sent in several lines, as one (RFC 9110, 5.3). undici gives those as a list. */
export function oneLine(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "object" ? [...new Set(value)].join(", ") : value;
}

/**
 * Where a thing that was made is found: its path, which a client asks the gateway for again.
 *
 * trust: an address of another host never reaches the caller. Redirects do not come this far.
 */
function pathOfLocation(location: string | undefined, host: string): string | null {
  if (location === undefined || location.length > 2_048) return null;
  try {
    const { origin, pathname, search } = new URL(location, `https://${host}`);
    return origin === `https://${host}` && pathname.startsWith("/v1/") ? pathname + search : null;
  } catch {
    return null;
  }
}
