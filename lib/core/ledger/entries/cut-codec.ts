import { type CanonicalValue, canonicalText } from "../canonical.ts";
import { EntryError } from "./entry.ts";
import { asMembers, type FieldCodec, rememberPlaces, textOf } from "./field-codec.ts";

/**
 * Text of at most `bytesMax` bytes as it stands in the entry, quotes apart. Longer text, or text that UTF-8 cannot hold,
 * stands as `{cut, length}`: its beginning, and how many UTF-16 units it truly had.
 */
export function text(bytesMax: number): FieldCodec<string> {
  const fitsAsItIs = (value: string) => value.length <= bytesMax && isPlain.test(value);
  const write = (value: string) => {
    if (fitsAsItIs(value)) return value;
    if (value.length <= bytesMax && value.isWellFormed() && encodedBytes(value) <= bytesMax) return value;
    // No unit takes less than a byte, so more of them are not needed.
    return { cut: beginning(value.slice(0, bytesMax).toWellFormed(), bytesMax), length: value.length };
  };
  return {
    write,
    text: (value) => (fitsAsItIs(value) ? `"${value}"` : canonicalText(write(value))),
    read: (value, place, cuts) => {
      if (typeof value === "string") return value;
      const { cut, length, ...rest } = asMembers(value, place);
      if (typeof cut !== "string" || typeof length !== "number" || Object.keys(rest).length > 0)
        throw new EntryError(place, "is no text.");
      cuts.push(place);
      return cut;
    },
  };
}

/**
 * Up to `bytesMax` bytes of items. Where not all fit, the first ones, as `{items, count}`: `count` is how many there
 * truly were. No item may take more than `itemBytesMax`.
 */
export function listOf<T>(
  codec: FieldCodec<T>,
  { bytesMax, itemBytesMax }: { readonly bytesMax: number; readonly itemBytesMax: number },
): FieldCodec<readonly T[]> {
  const placesUnder = rememberPlaces((place) => Array.from({ length: 8 }, (_, i) => `${place}[${i}]`));
  const surelyFit = (values: readonly T[]) => values.length * (itemBytesMax + 1) <= bytesMax;
  const write = (values: readonly T[]): CanonicalValue => {
    if (surelyFit(values)) return values.map(codec.write);
    const items: CanonicalValue[] = [];
    let bytes = 0;
    for (const value of values) {
      const item = codec.write(value);
      bytes += 1 + encodedBytes(item);
      if (bytes > bytesMax) break;
      items.push(item);
    }
    return items.length === values.length ? items : { items, count: values.length };
  };
  const itemText = textOf(codec);
  return {
    write,
    text: (values) => (surelyFit(values) ? `[${values.map(itemText).join()}]` : canonicalText(write(values))),
    read: (value, place, cuts) => {
      if (Array.isArray(value)) {
        const places = placesUnder(place);
        return value.map((item, i) => codec.read(item, places[i] ?? `${place}[${i}]`, cuts));
      }
      const { items, count, ...rest } = asMembers(value, place);
      if (!Array.isArray(items) || typeof count !== "number" || Object.keys(rest).length > 0)
        throw new EntryError(place, "is no list.");
      if (count <= items.length) throw new EntryError(`${place}.count`, "is not more than what is listed.");
      cuts.push(place);
      return items.map((item, i) => codec.read(item, `${place}[${i}]`, cuts));
    },
  };
}

/** Bytes of a value in the entry, without the quotes of a text. */
export function encodedBytes(value: CanonicalValue): number {
  const json = JSON.stringify(value);
  const bytes = isAscii.test(json) ? json.length : encoder.encode(json).length;
  return typeof value === "string" ? bytes - 2 : bytes;
}

const encoder = new TextEncoder();

/** Of these characters each takes one byte, and nearly every text is of them. */
const isPlain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const isAscii = /^[\x20-\x7e]*$/;

function beginning(value: string, bytesMax: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of value) {
    bytes += isPlain.test(character) ? 1 : encodedBytes(character);
    if (bytes > bytesMax) break;
    end += character.length;
  }
  return value.slice(0, end);
}
