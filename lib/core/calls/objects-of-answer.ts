import { asArray, asCount, asToken, field } from "./json-fields.ts";
import { objectsMax } from "./objects-of-request.ts";
import type { NamedObject, ObjectKind, ObjectRef, ObjectState } from "./provider-object.ts";

/**
 * Objects of the provider that an answer names as kept: ids, sizes and ends, never a name or text. The first
 * hundred of a list. An answer that says `deleted` names none.
 */
export function objectsOfAnswer(json: unknown): readonly NamedObject[] {
  const listed =
    field(json, "object") === "list" ? asArray(field(json, "data")).slice(0, objectsMax) : [json];
  return listed.flatMap(objectsOfOne).slice(0, objectsMax);
}

/** `object` of an answer, and what it is. */
const kinds: Readonly<Record<string, ObjectKind>> = {
  file: "file",
  upload: "upload",
  batch: "batch",
  "fine_tuning.job": "fine_tuning_job",
  vector_store: "vector_store",
  response: "response",
  "chat.completion": "chat_completion",
  "chat.completion.chunk": "chat_completion",
  conversation: "conversation",
  container: "container",
  assistant: "assistant",
  thread: "thread",
};

/** Kinds whose state moves after they were made. */
const moving: ReadonlySet<ObjectKind> = new Set([
  "upload",
  "batch",
  "fine_tuning_job",
  "vector_store",
  "container",
]);

/** The states of those objects, as the answer says them. */
export function statesOfAnswer(json: unknown): readonly ObjectState[] {
  const listed =
    field(json, "object") === "list" ? asArray(field(json, "data")).slice(0, objectsMax) : [json];
  return listed.flatMap((each) => {
    const type = field(each, "object");
    const kind = typeof type === "string" && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    const id = asToken(field(each, "id"), 128);
    const status = asToken(field(each, "status"), 40);
    return kind === undefined || id === null || status === null || !moving.has(kind)
      ? []
      : [{ kind, id, status }];
  });
}

function objectsOfOne(json: unknown): NamedObject[] {
  const type = field(json, "object");
  if (typeof type !== "string" || field(json, "deleted") === true) return [];
  // A run names the thread that it was created with.
  if (type === "thread.run") return named("thread", field(json, "thread_id"));
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined) return [];
  const [itself] = named(kind, field(json, "id"), json);
  return itself === undefined ? [] : [itself, ...madeBy(itself, json)];
}

/** What a batch, a job or an upload has made, as its own object says. */
function madeBy({ kind, id }: NamedObject, json: unknown): NamedObject[] {
  const maker: ObjectRef = { kind, id };
  const made =
    kind === "batch"
      ? [...named("file", field(json, "output_file_id")), ...named("file", field(json, "error_file_id"))]
      : kind === "fine_tuning_job"
        ? [
            ...named("model", field(json, "fine_tuned_model")),
            ...asArray(field(json, "result_files")).flatMap((file) => named("file", file)),
          ]
        : kind === "upload"
          ? named("file", field(field(json, "file"), "id"), field(json, "file"))
          : [];
  return made.map((object) => ({ ...object, madeBy: maker }));
}

function named(kind: ObjectKind, id: unknown, json: unknown = null): NamedObject[] {
  const token = asToken(id, 128);
  if (token === null) return [];
  const bytes = asCount(field(json, "bytes")) ?? asCount(field(json, "usage_bytes"));
  return [{ kind, id: token, bytes, expiresAt: endOf(json), madeBy: null }];
}

/** When it ends, in seconds since 1970. A container says only how long after its last use (`expires_after`). */
function endOf(json: unknown): number | null {
  const after = field(json, "expires_after");
  const minutes = asCount(field(after, "minutes"));
  const lastUse = field(after, "anchor") === "last_active_at" ? asCount(field(json, "last_active_at")) : null;
  const counted = minutes === null || lastUse === null ? null : asCount(lastUse + 60 * minutes);
  return asCount(field(json, "expires_at")) ?? counted;
}
