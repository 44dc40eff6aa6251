import type { RegionCode } from "../regions/catalog.ts";
import type { Grade } from "./evidence.ts";

/** Objects that the provider keeps, in its own words. `item`: one of a conversation or response. */
export type ObjectKind =
  | "file"
  | "upload"
  | "batch"
  | "fine_tuning_job"
  | "model"
  | "vector_store"
  | "response"
  | "chat_completion"
  | "conversation"
  | "item"
  | "prompt"
  | "container"
  | "assistant"
  | "thread";

/** An object by the provider's id: an opaque token, never a name or text of a person. */
export type ObjectRef = { readonly kind: ObjectKind; readonly id: string };

/** Where an object came to be, by the call or job that made it, and how that is known. */
export type ObjectBirth = {
  /** `global`: made through a host without a location promise. */
  readonly region: RegionCode | "global";
  /** Grade of that call's host: C where our own socket saw it, D from a log, E from a label. */
  readonly grade: Grade;
};

/** An object that a request names. `birth` null: where it was made was not recorded. */
export type UsedObject = ObjectRef & { readonly birth: ObjectBirth | null };

/** An object that an answer names as made or held, with what the record keeps of it. No name, no content. */
export type NamedObject = ObjectRef & {
  readonly bytes: number | null;
  /** Seconds since 1970 at which the provider says it ends; null: not said, or until deleted. */
  readonly expiresAt: number | null;
  /** The object that made this one, such as the batch of an output file; null: the call itself. */
  readonly madeBy: ObjectRef | null;
};

/** How far an object is, in the provider's own word, e.g. `in_progress`. */
export type ObjectState = ObjectRef & { readonly status: string };
