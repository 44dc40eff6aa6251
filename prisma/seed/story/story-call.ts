import type { TransportFailure } from "../../../lib/core/calls/attempt-facts.ts";
import type { Said } from "../../../lib/core/calls/call-facts.ts";

export type StoryOperation = "chat" | "responses" | "embeddings" | "models";

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
};

export const answered: StoryEnding = { kind: "answered" };

export const unsaid: Said<boolean> = { said: false };
export const notStored: Said<boolean> = { said: true, value: false };
