import { matchOperation, unknownOperation } from "../core/calls/match-operation.ts";
import type { Operation } from "../core/calls/operation.ts";
import { GatewayRefusal } from "./answer-error.ts";

/** Methods that go upstream. CONNECT, TRACE and OPTIONS end here. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/**
 * The operation of a request, before anything else is looked at. A path of `/v1` that nobody knows is an operation too:
 * the policy says whether it goes.
 */
export function findSurface(method: string, path: string): Operation {
  if (!methods.has(method) || !isPlain(path))
    throw new GatewayRefusal("unknown_path", {
      message: `Unknown path: ${shown(method)} ${shown(path)}. Nothing was sent.`,
    });
  // trust: a provider may read a path with a slash at its end as another than the one that was judged.
  return (path.endsWith("/") ? null : matchOperation(method, path)) ?? unknownOperation;
}

const pathCharsMax = 2_048;

/**
 * trust: what a provider may read as another path than we do leads nowhere: dots for folders, empty segments, a
 * backslash, or a dot, slash, backslash or control character that is written as its number.
 */
function isPlain(path: string): boolean {
  if (path.length > pathCharsMax || !/^\/v1\/[\x21\x24-\x3e\x40-\x5b\x5d-\x7e]+$/.test(path)) return false;
  if (/\/\/|%(2[ef]|5c|25|[01][0-9a-f]|7f)|%(?![0-9a-f]{2})/i.test(path)) return false;
  return !path.split("/").some((part) => part === "." || part === "..");
}

function shown(text: string): string {
  return text.slice(0, 200).replace(/[^\x21-\x7e]/g, "?");
}
