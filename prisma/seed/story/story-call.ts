import type { TransportFailure } from "../../../lib/core/calls/attempt-facts.ts";
import type { BatchLineGroup } from "../../../lib/core/calls/batch-lines.ts";
import type { Said } from "../../../lib/core/calls/call-facts.ts";
import type { NamedObject, ObjectRef, ObjectState } from "../../../lib/core/calls/provider-object.ts";

export type StoryOperation =
  | "chat"
  | "responses"
  | "embeddings"
  | "models"
  | "upload_file"
  | "create_batch"
  | "read_batch"
  | "read_file";

/** What a call has to do with objects that the provider keeps. */
export type StoryObjects = {
  readonly used: readonly ObjectRef[];
  readonly named: readonly NamedObject[];
  readonly states: readonly ObjectState[];
  /** What the lines of the batch ask for, where the call sends or names its file. */
  readonly lines: readonly BatchLineGroup[];
};

/** How it ended, where the provider would otherwise have answered well. */
export type StoryEnding =
  | { readonly kind: "answered" }
  | { readonly kind: "error"; readonly status: number; readonly code: string | null }
  | { readonly kind: "not_sent"; readonly failure: TransportFailure }
  /** The client went away in mid-stream. */
  | { readonly kind: "abandoned" }
  /** The gateway died: nobody knows. */
  | { readonly kind: "no_end" };

/** One call of the story as its application makes it. What becomes of it is for the product's rules to say. */
export type StoryCall = {
  readonly at: number;
  /** Name of the key it comes with. */
  readonly key: string;
  readonly operation: StoryOperation;
  readonly model: string | null;
  readonly stream: boolean;
  readonly store: Said<boolean>;
  readonly serviceTier: string | null;
  readonly featuresOffered: readonly string[];
  readonly featuresUsed: readonly string[];
  /** `x-domicile-target-region` */
  readonly requestedTarget: string | null;
  /** `x-domicile-subject-region` */
  readonly subjectCountry: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly ending: StoryEnding;
  /** A host that a log reports, for a call that did not come through the gateway. */
  readonly reportedHost: string | null;
  /** Absent: it sends no file and names none. */
  readonly objects?: StoryObjects;
};

export const answered: StoryEnding = { kind: "answered" };

export const unsaid: Said<boolean> = { said: false };
export const notStored: Said<boolean> = { said: true, value: false };
