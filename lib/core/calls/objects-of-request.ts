import { asArray, asObject, asToken, field, type JsonObject } from "./json-fields.ts";
import type { Operation } from "./operation.ts";
import { operationRows } from "./operations-table.ts";
import type { ObjectKind, ObjectRef } from "./provider-object.ts";

export type ObjectsOfRequest = {
  /** Each once, in the order of kind and id. */
  readonly objects: readonly ObjectRef[];
  /** False where an id could not be read, or there were more than are kept. */
  readonly whole: boolean;
};

export const objectsMax = 100;
const idCharsMax = 128;

/**
 * Objects of the provider that a request names, in its path and in its body. Ids alone: no name, no text.
 * `objects`: all that its messages or input hold, at any depth; `tools`: all that it offers.
 */
export function objectsOfRequest(
  operation: Operation,
  path: string | null,
  json: unknown,
  objects: readonly JsonObject[],
  tools: readonly unknown[],
): ObjectsOfRequest {
  const named = [
    ...(path === null ? [] : objectsOfPath(operation, path)),
    ...objectsOfBody(json),
    ...tools.flatMap(objectsOfTool),
    ...objects.flatMap(objectsOfPart),
    ...asArray(field(json, "input")).flatMap(objectOfBareItem),
  ];
  if (named.length === 0) return noObjects;
  const found = new Map<string, ObjectRef>();
  let whole = true;
  for (const { kind, id } of named) {
    const token = asToken(id, idCharsMax);
    if (token === null) whole = false;
    else if (found.size < objectsMax) found.set(`${kind} ${token}`, { kind, id: token });
    else if (!found.has(`${kind} ${token}`)) whole = false;
  }
  const sorted = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return { objects: sorted.map(([, object]) => object), whole };
}

const noObjects: ObjectsOfRequest = { objects: [], whole: true };

type Named = { readonly kind: ObjectKind; readonly id: unknown };

/** The word before an id in a path, and what the id is of. */
const pathKinds: Readonly<Record<string, ObjectKind>> = {
  files: "file",
  uploads: "upload",
  batches: "batch",
  jobs: "fine_tuning_job",
  checkpoints: "model",
  models: "model",
  vector_stores: "vector_store",
  responses: "response",
  completions: "chat_completion",
  conversations: "conversation",
  items: "item",
  containers: "container",
  assistants: "assistant",
  threads: "thread",
};

type Place = { readonly kind: ObjectKind; readonly at: number };

/** Which segments of an operation's paths are ids, and of what. Threads of ChatKit are another product's. */
const places: ReadonlyMap<string, readonly Place[]> = new Map(
  operationRows
    .filter(([, , id]) => !id.startsWith("chatkit."))
    .map(([, path, id]) => [id, placesIn(path.slice(1).split("/"))]),
);

function placesIn(pattern: readonly string[]): Place[] {
  return pattern.flatMap((word, at) => {
    const kind = word.startsWith("{") ? pathKinds[pattern[at - 1] ?? ""] : undefined;
    return kind === undefined ? [] : [{ kind, at }];
  });
}

function objectsOfPath({ id }: Operation, path: string): Named[] {
  const named = places.get(id) ?? [];
  if (named.length === 0) return [];
  const parts = path.slice(1).split("/");
  return named.map(({ kind, at }) => ({ kind, id: parts[at] }));
}

/** Fields of a body that name one object or several, by the operation's own documentation. */
const bodyKinds: readonly [string, ObjectKind][] = Object.entries({
  previous_response_id: "response",
  input_file_id: "file",
  training_file: "file",
  validation_file: "file",
  file_id: "file",
  file_ids: "file",
  vector_store_ids: "vector_store",
  assistant_id: "assistant",
});

function objectsOfBody(json: unknown): Named[] {
  const found: Named[] = [];
  for (const [name, kind] of bodyKinds) {
    const value = field(json, name);
    if (value != null) found.push(...idsOf(kind, value));
  }
  found.push(...idsOf("conversation", idOrObject(field(json, "conversation"))));
  for (const prompt of [field(json, "prompt"), field(field(json, "session"), "prompt")]) {
    if (asObject(prompt) !== null) found.push(...idsOf("prompt", field(prompt, "id")));
  }
  const model = field(json, "model");
  if (typeof model === "string" && model.startsWith("ft:")) found.push({ kind: "model", id: model });
  for (const attachment of asArray(field(json, "attachments"))) found.push(...objectsOfPart(attachment));
  const resources = field(json, "tool_resources");
  found.push(...idsOf("vector_store", field(field(resources, "file_search"), "vector_store_ids")));
  found.push(...idsOf("file", field(field(resources, "code_interpreter"), "file_ids")));
  return found;
}

function objectsOfTool(tool: unknown): Named[] {
  const container = field(tool, "container");
  const environment = field(tool, "environment");
  return [
    ...idsOf("vector_store", field(tool, "vector_store_ids")),
    ...(typeof container === "string" ? idsOf("container", container) : []),
    ...idsOf("container", field(environment, "container_id")),
    ...idsOf("file", field(container, "file_ids")),
    ...idsOf("file", field(environment, "file_ids")),
    ...idsOf("file", field(field(tool, "input_image_mask"), "file_id")),
  ];
}

function objectsOfPart(part: unknown): Named[] {
  const reference = field(part, "type") === "item_reference" ? idsOf("item", field(part, "id")) : [];
  return [...reference, ...idsOf("file", field(part, "file_id"))];
}

/** An item that is only an id stands for a stored one; its type may be left out. */
function objectOfBareItem(item: unknown): Named[] {
  const bare = field(item, "type") == null && field(item, "role") == null;
  return bare ? idsOf("item", field(item, "id")) : [];
}

/** A conversation is named by its id or by an object with it. */
function idOrObject(value: unknown): unknown {
  return asObject(value) === null ? value : field(value, "id");
}

function idsOf(kind: ObjectKind, value: unknown): Named[] {
  if (value == null) return [];
  return (Array.isArray(value) ? value : [value]).map((id: unknown) => ({ kind, id }));
}
