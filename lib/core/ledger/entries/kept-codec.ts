import { type FieldCodec, textOf } from "./field-codec.ts";

/** Empty until it was written for the first time. */
const kept = new WeakMap<object, string>();

/**
 * Says that a value is shared by many calls and never changed: its text is made once. Worth it only for what comes again; a
 * value that was not announced is encoded as ever.
 */
export function keepWritten(value: object): void {
  if (!kept.has(value)) kept.set(value, "");
}

/** The same codec, which makes the text of an announced value once. */
export function onceIfKept<T extends object>(codec: FieldCodec<T>): FieldCodec<T> {
  const textOfIt = textOf(codec);
  return {
    read: codec.read,
    write: codec.write,
    text: (value) => {
      const known = kept.get(value);
      if (known) return known;
      const text = textOfIt(value);
      if (known !== undefined) kept.set(value, text);
      return text;
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
    ...codec,
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
