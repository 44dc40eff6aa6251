import type { BodyLimits } from "../../http/read-body.ts";
import type { GatewayRefusal } from "../answer-error.ts";
import type { BodyContent } from "./body-content.ts";
import type { FormReader } from "./form-reader.ts";
import type { Upload } from "./upload.ts";

/** What goes upstream. */
export type OutgoingBody =
  | { readonly kind: "none" }
  | { readonly kind: "held"; readonly bytes: Buffer }
  | { readonly kind: "streamed"; readonly upload: Upload; readonly form: FormReader | null };

/** The request's body as far as it is here. */
export type ReceivedBody = {
  readonly outgoing: OutgoingBody;
  /** What is known of it now; of a streamed one more as it passes. */
  content(): BodyContent;
  /** What a reader of a file within it asks for. */
  refusal(): GatewayRefusal | null;
  /** Gives what it holds back to the budget; harmless to repeat. */
  release(): void;
};

export type GatewayBodyLimits = BodyLimits & {
  /** Of a body that is streamed and never held. */
  readonly streamedBytesMax: number;
  /** How long a held body, and the beginning of a streamed one, may take to arrive, and how long the rest may stand still. */
  readonly arrivalMsMax: number;
};
