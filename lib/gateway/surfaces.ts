import { matchOperation } from "../core/calls/match-operation.ts";
import type { Operation } from "../core/calls/operation.ts";
import { GatewayRefusal } from "./answer-error.ts";

/** What the gateway relays today. Other paths of OpenAI's API are refused by name, never passed on unread. */
const relayed: ReadonlySet<string> = new Set([
  "chat.completions.create",
  "embeddings.create",
  "models.list",
  "models.retrieve",
  "responses.create",
]);

/** The operation of a request, before anything else is looked at. */
export function findSurface(method: string, path: string): Operation {
  // trust: a provider may read a path with a slash at its end as another than the one that was judged.
  const operation = path.endsWith("/") ? null : matchOperation(method, path);
  if (!operation)
    throw new GatewayRefusal("unknown_path", {
      message: `Unknown path: ${method} ${shown(path)}. Nothing was sent.`,
    });
  if (!relayed.has(operation.id)) throw new GatewayRefusal("surface_not_supported");
  return operation;
}

function shown(path: string): string {
  return path.slice(0, 200).replace(/[^\x21-\x7e]/g, "?");
}
