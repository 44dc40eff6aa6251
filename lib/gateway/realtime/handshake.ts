import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { GatewayRefusal } from "../answer-error.ts";

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
 * Takes the keys out of the subprotocols. A key in a header wins. Throws `GatewayRefusal` for a list that no side of a
 * handshake would take: names that are none, or one of them twice (RFC 6455, 4.1).
 *
 * trust: a subprotocol that carries a key of ours must never go upstream, so none that carries any key does.
 */
export function readHandshake(headers: IncomingHttpHeaders): Handshake {
  const list = headers["sec-websocket-protocol"];
  const offered = list === undefined ? [] : list.split(",").map((each) => each.trim());
  if (!offered.every(isToken) || new Set(offered).size !== offered.length)
    throw new GatewayRefusal("invalid_http", { message: oddProtocols, param: "sec-websocket-protocol" });
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

const oddProtocols =
  "Sec-WebSocket-Protocol holds a name twice, or something that is no name (RFC 6455, 4.1). Nothing was sent.";

function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,1100}$/.test(text);
}
