import type { IncomingMessage } from "node:http";
import type { Operation } from "../core/calls/operation.ts";
import { type BodyLimits, BodyUnreadable, readBody } from "../http/read-body.ts";
import { GatewayRefusal } from "./answer-error.ts";
import { countMembers } from "./count-members.ts";

export type ReceivedBody = {
  /** null where the operation has none. */
  readonly bytes: Buffer | null;
  readonly json: unknown;
  release(): void;
};

/**
 * The request's body, whole and readable, before anything is decided.
 *
 * trust: what cannot be read cannot be held against the policy, so it is refused rather than passed on.
 */
export async function receiveBody(
  request: IncomingMessage,
  operation: Operation,
  limits: BodyLimits,
): Promise<ReceivedBody> {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== "identity")
    throw new GatewayRefusal("unsupported_content_encoding");
  const held = await readBody(request, limits).catch((error: unknown) => {
    if (!(error instanceof BodyUnreadable)) throw error;
    throw new GatewayRefusal(codes[error.problem], {
      cause: error.problem === "aborted" ? error : undefined,
    });
  });
  const wanted = request.method === "GET" ? "nothing" : "a JSON object";
  const empty = held.bytes.byteLength === 0;
  if (empty && wanted === "nothing") return { bytes: null, json: undefined, release: held.release };
  const json = wanted === "nothing" ? null : parseObject(held.bytes);
  const problem =
    json === null
      ? `The body of ${operation.id} must be ${wanted}.`
      : countMembers(held.bytes) === Object.keys(json).length
        ? null
        : `The body of ${operation.id} names a field twice, so it could be read in two ways.`;
  if (problem !== null) {
    held.release();
    throw new GatewayRefusal("invalid_json", { message: `${problem} Nothing was sent.` });
  }
  return { bytes: held.bytes, json, release: held.release };
}

const codes = {
  too_large: "body_too_large",
  over_budget: "gateway_busy",
  aborted: "request_timeout",
} as const;

function parseObject(bytes: Buffer): object | null {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
