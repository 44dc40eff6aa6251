import type { GatewayRefusal } from "../answer-error.ts";

/**
 * Sees a copy of what passes upstream, piece by piece and in order, and may ask for an end of it. What a tap is given
 * is another's memory: it keeps nothing of a chunk after `push` returns, unless it copies.
 */
export type BodyTap = {
  push(chunk: Uint8Array): void;
  /** `whole`: the last byte has been seen. Called once; nothing is pushed afterwards. */
  end(whole: boolean): void;
  /** Asked after every `push` and after `end`; a refusal ends the call, with what had left until then. */
  verdict(): { readonly refuse: GatewayRefusal } | null;
  /** True where it is known what it reads, whatever the form says of its purpose, or does not. */
  readonly ofBatch?: boolean;
};

/** One file in a multipart body. Its name is content and is told to nobody. */
export type FilePart = {
  /** Name of the form's field, e.g. `file`. */
  readonly field: string;
};

/**
 * Gives a tap for the bytes of a file part; null: nobody reads it. A form may name its `purpose` behind the file, so a
 * tap can be asked to read before it is known whether what it reads is its own: then its verdict waits until it is.
 */
export type OpenFileTap = (part: FilePart) => BodyTap | null;
