import { matchOperation } from "../../../core/calls/match-operation.ts";
import { operationRows } from "../../../core/calls/operations-table.ts";
import type { ApiCall, Handler, Handlers } from "./api-call.ts";
import { assistantHandlers } from "./assistants.ts";
import { batchHandlers } from "./batches.ts";
import { conversationHandlers } from "./conversations.ts";
import { fileHandlers } from "./files.ts";
import { fineTuningHandlers } from "./fine-tuning.ts";
import { mediaHandlers } from "./media.ts";
import { realtimeTokenHandlers } from "./realtime-tokens.ts";
import { answerInBackground, storedTextHandlers } from "./stored-text.ts";
import { vectorStoreHandlers } from "./vector-stores.ts";

const handlers: Handlers = {
  ...assistantHandlers,
  ...batchHandlers,
  ...conversationHandlers,
  ...fileHandlers,
  ...fineTuningHandlers,
  ...mediaHandlers,
  ...realtimeTokenHandlers,
  ...storedTextHandlers,
  ...vectorStoreHandlers,
};

export type Handled = { readonly handler: Handler; readonly ids: readonly string[] };

/** Who answers a request that the library of bodies does not; null: nobody here. */
export function findHandler(method: string, path: string, body: ApiCall["body"]): Handled | null {
  const operation = matchOperation(method, path);
  if (operation === null) return null;
  if (operation.id === "responses.create" && body.background === true && body.stream !== true)
    return { handler: answerInBackground, ids: [] };
  const handler = Object.hasOwn(handlers, operation.id) ? handlers[operation.id] : undefined;
  return handler === undefined ? null : { handler, ids: idsOf(operation.id, path) };
}

const patterns: ReadonlyMap<string, readonly string[]> = new Map(
  operationRows.map(([, path, id]) => [id, path.slice(1).split("/")]),
);

function idsOf(operation: string, path: string): string[] {
  const parts = path.slice(1).split("/");
  return (patterns.get(operation) ?? []).flatMap((word, at) =>
    word.startsWith("{") ? [decodeURIComponent(parts[at] ?? "")] : [],
  );
}
