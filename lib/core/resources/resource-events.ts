import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import type { NamedObject, ObjectBirth, ObjectKind, ObjectRef } from "../calls/provider-object.ts";
import type { RegionCode } from "../regions/catalog.ts";
import { clearingGrade } from "../verdicts/host-evidence.ts";

/** What one call tells of the objects that the provider keeps. */
export type ResourceEvent =
  /** The call made it. `birth` null: the host it went to means no place that anybody knows. */
  | (NamedObject & { readonly event: "born"; readonly birth: ObjectBirth | null })
  /** A batch, a job or an upload made it: it was born where its maker was, whoever tells of it. */
  | (NamedObject & { readonly event: "born_of"; readonly madeBy: ObjectRef })
  /** The answer names it, and this call did not make it. */
  | (NamedObject & { readonly event: "seen" })
  | (ObjectRef & { readonly event: "used" })
  | (ObjectRef & { readonly event: "deleted" });

export type ResourceQuestion = {
  readonly facts: CallFacts;
  readonly objectsNamed: readonly NamedObject[];
  /** The attempt that was answered. */
  readonly attempt: AttemptFacts;
  /** Region that its host means; null: nobody knows. */
  readonly servedRegion: RegionCode | "global" | null;
};

/**
 * Births, uses and deletions of stored objects, read from what a call was and what its answer names. A call
 * that the provider did not answer with 2xx, or by opening a session, tells nothing. Births first, each object once per event.
 */
export function resourceEvents(question: ResourceQuestion): readonly ResourceEvent[] {
  const { facts, attempt, objectsNamed } = question;
  if (!tellsOfObjects(attempt.status)) return [];
  const named = objectsNamed.flatMap((object) => eventOfNamed(object, question));
  const gone = deletes[facts.operation];
  const touched = (facts.objectsUsed ?? []).map(
    ({ kind, id }): ResourceEvent => ({ event: kind === gone ? "deleted" : "used", kind, id }),
  );
  return once([...named, ...touched]);
}

/** Whether an answer with this status says what the provider keeps: it did what was asked, or opened a session for it. */
export function tellsOfObjects(status: number | null): boolean {
  return status === 101 || (status !== null && status >= 200 && status <= 299);
}

/** Operations that make an object of a kind; the other objects in their answers were there before. */
const makes: Readonly<Record<string, ObjectKind>> = {
  "files.create": "file",
  "uploads.create": "upload",
  "batches.create": "batch",
  "fine_tuning.jobs.create": "fine_tuning_job",
  "vector_stores.create": "vector_store",
  "responses.create": "response",
  "responses.connect": "response",
  "chat.completions.create": "chat_completion",
  "conversations.create": "conversation",
  "containers.create": "container",
  "assistants.create": "assistant",
  "threads.create": "thread",
  "threads.create_and_run": "thread",
};

/** True where a call of this operation may make an object that the next call names. */
export const mayMakeObject = (operation: string): boolean => Object.hasOwn(makes, operation);

/** Operations that end the object they name. Taking a file out of a vector store does not end the file. */
const deletes: Readonly<Record<string, ObjectKind>> = {
  "files.delete": "file",
  "uploads.cancel": "upload",
  "vector_stores.delete": "vector_store",
  "responses.delete": "response",
  "chat.completions.delete": "chat_completion",
  "conversations.delete": "conversation",
  "containers.delete": "container",
  "assistants.delete": "assistant",
  "threads.delete": "thread",
  "models.delete": "model",
};

function eventOfNamed(object: NamedObject, question: ResourceQuestion): ResourceEvent[] {
  const { facts, attempt, servedRegion } = question;
  if (object.madeBy !== null) return [{ ...object, event: "born_of", madeBy: object.madeBy }];
  if (!isKept(object.kind, facts)) return [];
  if (makes[facts.operation] !== object.kind) return [{ ...object, event: "seen" }];
  const birth = servedRegion === null ? null : { region: servedRegion, grade: clearingGrade(attempt) };
  return [{ ...object, event: "born", birth }];
}

/**
 * Responses are kept for 30 days unless told not to, chat completions where told to (OpenAI, Your data guide,
 * 2026-09-24). An answer that is read back was kept.
 */
function isKept(kind: ObjectKind, { operation, store, background }: CallFacts): boolean {
  if (operation === "chat.completions.create" && kind === "chat_completion") return store.said && store.value;
  if ((operation === "responses.create" || operation === "responses.connect") && kind === "response") {
    return !store.said || store.value || (background.said && background.value);
  }
  return true;
}

function once(events: readonly ResourceEvent[]): readonly ResourceEvent[] {
  const found = new Map<string, ResourceEvent>();
  for (const event of events) {
    const key = JSON.stringify([event.event, event.kind, event.id]);
    if (!found.has(key)) found.set(key, event);
  }
  return [...found.values()];
}
