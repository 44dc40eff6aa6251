import type { Reporter } from "../services/intake/reporter.ts";
import type { IntakeRefusalCode } from "./intake-refusal.ts";
import type { OtlpEncoding } from "./otlp/export-answer.ts";
import type { ContentEncoding } from "./read-plain.ts";
import type { ItemForm } from "./split-items.ts";

/** What a body holds: by its address and content type. */
export type BodyKind =
  | { readonly route: "calls"; readonly form: ItemForm }
  | { readonly route: "litellm"; readonly form: ItemForm }
  | { readonly route: "otlp"; readonly encoding: OtlpEncoding };

/** One request as it goes to the thread that records it. */
export type IntakeOrder = {
  readonly kind: BodyKind;
  readonly encoding: ContentEncoding;
  readonly body: Uint8Array;
  readonly reporter: Reporter;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly own: readonly string[];
};

/** What became of it. `records`: how many it held, whatever became of them. */
export type IntakeOutcome =
  | {
      readonly ok: true;
      readonly contentType: string;
      readonly body: Uint8Array | string;
      readonly records: number;
      readonly outcomes: Readonly<Record<string, number>>;
    }
  | {
      readonly ok: false;
      readonly code: IntakeRefusalCode;
      readonly message: string;
      /** For the log alone. */
      readonly cause: string | null;
    };
