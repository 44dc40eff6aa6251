import type { PackVerification } from "../../lib/core/ledger/pack/pack-outcome.ts";

/** What the page asks its thread: to verify a pack under a trust root. */
export type VerifyRequest = {
  readonly pack: File;
  /** Text of the trust root; null: none was given. */
  readonly trustRoot: string | null;
  /** Text of a checkpoint that the reader kept. */
  readonly since: string | null;
};

/** What is shown of a verification. Sizes and times as text: the page computes nothing of it. */
export type VerifyOutcome = Pick<
  PackVerification,
  "verdict" | "checks" | "notProven" | "manifest" | "counts"
> & {
  readonly faults: readonly { readonly index: number; readonly words: string }[];
  readonly signedAt: string | null;
  readonly figures: readonly (readonly [what: string, value: string])[];
  /** Of the trust root's bytes, hex; null: there was none. */
  readonly fingerprint: string | null;
  readonly deployment: string | null;
  readonly tookMs: number;
};

/** What a thread is told: to begin a run, or (`null`) to leave off. A later run always ends an earlier one. */
export type ThreadOrder = { readonly run: number; readonly request: VerifyRequest | null };

export type ThreadAnswer =
  | { readonly is: "ready" }
  | ({ readonly run: number } & (
      | { readonly is: "progress"; readonly entries: number; readonly of: number }
      | { readonly is: "outcome"; readonly outcome: VerifyOutcome }
      /** The trust root that was given is none. */
      | { readonly is: "refused"; readonly words: string }
      /** It left off, since another run was asked for, or none. */
      | { readonly is: "left" }
    ));
