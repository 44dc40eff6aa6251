import { type CanonicalValue, keepCanonicalText } from "../canonical.ts";
import type { FieldCodec } from "./field-codec.ts";

/** Null until it was written for the first time. */
const kept = new WeakMap<object, CanonicalValue>();
const unwritten: CanonicalValue = Object.freeze({});

/**
 * Says that a value is shared by many calls and never changed: it is encoded once. Worth it only for what comes again; a
 * value that was not announced is encoded as ever.
 */
export function keepWritten(value: object): void {
  if (!kept.has(value)) kept.set(value, unwritten);
}

/** The same codec, which encodes an announced value once. */
export function onceIfKept<T extends object>(codec: FieldCodec<T>): FieldCodec<T> {
  return {
    read: codec.read,
    write: (value) => {
      const known = kept.get(value);
      if (known === undefined) return codec.write(value);
      if (known !== unwritten) return known;
      const written = codec.write(value);
      if (typeof written === "object" && written !== null) keepCanonicalText(written);
      kept.set(value, written);
      return written;
    },
  };
}
