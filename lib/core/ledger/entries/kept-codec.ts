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

const readMax = 1_024;

/**
 * The same codec, which reads what it has read before from memory: calls of one kind say the same in most of their members.
 * Who reads shares the value, frozen as far as its own members go. What was cut is read anew each time, since it says so.
 */
export function onceIfRead<T extends object>(codec: FieldCodec<T>): FieldCodec<T> {
  let known = new Map<string, T>();
  return {
    write: codec.write,
    read: (value, place, cuts) => {
      const key = place + JSON.stringify(value);
      const before = known.get(key);
      if (before !== undefined) return before;
      const cutsBefore = cuts.length;
      const read = codec.read(value, place, cuts);
      if (cuts.length === cutsBefore) {
        if (known.size >= readMax) known = new Map();
        known.set(key, Object.freeze(read));
      }
      return read;
    },
  };
}
