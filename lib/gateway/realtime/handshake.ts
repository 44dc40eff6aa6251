import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Prefixes of subprotocols that carry keys, for browsers, which can set no header. */
const providerKeyProtocol = "openai-insecure-api-key.";
const domicileKeyProtocol = "domicile-key.";

export type Handshake = {
  /** The head as if the keys had come in headers. */
  readonly headers: IncomingHttpHeaders;
  /** Subprotocols that go upstream: no key is among them. */
  readonly protocols: readonly string[];
};

/** True for a request to become a web socket (RFC 6455, 4.2.1). */
export function isWebSocket({ headers, method }: IncomingMessage): boolean {
  return (
    method === "GET" &&
    /^\s*websocket\s*$/i.test(headers.upgrade ?? "") &&
    headers["sec-websocket-version"] === "13" &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "")
  );
}

/**
 * Takes the keys out of the subprotocols. A key in a header wins.
 *
 * trust: a subprotocol that carries a key of ours must never go upstream, so none that carries any key does.
 */
export function readHandshake(headers: IncomingHttpHeaders): Handshake {
  const offered = (headers["sec-websocket-protocol"] ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,1100}$/.test(each));
  const keyAfter = (prefix: string) => offered.find((each) => each.startsWith(prefix))?.slice(prefix.length);
  const bearer = keyAfter(providerKeyProtocol);
  const own = keyAfter(domicileKeyProtocol);
  return {
    headers: {
      ...headers,
      ...(headers.authorization === undefined && bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(headers["x-domicile-key"] === undefined && own ? { "x-domicile-key": own } : {}),
    },
    protocols: offered.filter(
      (each) => !each.startsWith(providerKeyProtocol) && !each.startsWith(domicileKeyProtocol),
    ),
  };
}
