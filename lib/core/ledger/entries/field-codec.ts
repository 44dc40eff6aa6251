import { isObject } from "../../is-object.ts";
import { type CanonicalValue, canonicalText } from "../canonical.ts";
import { EntryError } from "./entry.ts";

/**
 * How one value stands in an entry. `write` always fits the bytes it promises: what is longer is cut and says so.
 * `read` takes exactly what `write` gives, throws EntryError for anything else, and names in `cuts` what was cut.
 * `text` is the canonical text of what `write` gives, without making that first; absent where little is saved by it.
 */
export type FieldCodec<T> = {
  readonly write: (value: T) => CanonicalValue;
  readonly text?: (value: T) => string;
  readonly read: (value: CanonicalValue, place: string, cuts: string[]) => T;
};

export type CanonicalObject = { readonly [name: string]: CanonicalValue };

/** The canonical text of what a codec writes. */
export function textOf<T>(codec: FieldCodec<T>): (value: T) => string {
  return codec.text ?? ((value) => canonicalText(codec.write(value)));
}

/** The members of an object. Throws an `EntryError` at `place` where it is none. */
export function asMembers(value: CanonicalValue, place: string): CanonicalObject {
  if (!isObject(value)) throw new EntryError(place, "is no object.");
  return value as CanonicalObject;
}

/** A member for each of `T`, under its name in snake case; the set is closed. A new member of `T` does not compile. */
export function objectOf<T extends object>(
  shape: {
    readonly [Name in keyof T]-?: FieldCodec<T[Name]>;
  },
): FieldCodec<T> {
  // In the order of the encoding, so that nothing is left to sort there.
  const fields = (Object.entries(shape) as [keyof T & string, FieldCodec<unknown>][])
    .map(([name, codec]) => ({ name, member: snakeCase(name), codec, text: textOf(codec) }))
    .sort((a, b) => (a.member < b.member ? -1 : 1));
  const openings = fields.map(({ member }, i) => `${i === 0 ? "{" : ","}"${member}":`);
  const known: ReadonlySet<string> = new Set(fields.map(({ member }) => member));
  /** Most objects have these members in this order, and nothing is left to look for. */
  const isExactly = (members: CanonicalObject): boolean => {
    let i = 0;
    for (const member in members) {
      if (fields[i]?.member !== member) return false;
      i += 1;
    }
    return i === fields.length;
  };
  const placesUnder = rememberPlaces((place) => fields.map(({ member }) => `${place}.${member}`));
  return {
    write: (value) => {
      const members: Record<string, CanonicalValue> = {};
      for (const { name, member, codec } of fields) members[member] = codec.write(value[name]);
      return members;
    },
    text: (value) => {
      let text = "";
      for (let i = 0; i < fields.length; i += 1) {
        const field = fields[i] as (typeof fields)[number];
        text += (openings[i] as string) + field.text(value[field.name]);
      }
      return `${text}}`;
    },
    read: (value, place, cuts) => {
      const members = asMembers(value, place);
      if (!isExactly(members)) {
        const extra = Object.keys(members).find((member) => !known.has(member));
        if (extra !== undefined)
          throw new EntryError(`${place}.${extra}`, "is no member this program knows.");
      }
      const places = placesUnder(place);
      const read: Record<string, unknown> = {};
      for (let i = 0; i < fields.length; i += 1) {
        const { name, member, codec } = fields[i] as (typeof fields)[number];
        const at = places[i] as string;
        const there = members[member];
        if (there === undefined) throw new EntryError(at, "is missing.");
        const field = codec.read(there, at, cuts);
        if (field !== undefined) read[name] = field;
      }
      return read as T;
    },
  };
}

/** Objects of one kind mostly stand at one place: its names are put together once. */
export function rememberPlaces(
  make: (place: string) => readonly string[],
): (place: string) => readonly string[] {
  let last: string | null = null;
  let places: readonly string[] = [];
  return (place) => {
    if (place !== last) {
      places = make(place);
      last = place;
    }
    return places;
  };
}

/** `servedRegion` as `served_region`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A member that may be null, in the entry as in the value. */
export function nullable<T>(codec: FieldCodec<T>): FieldCodec<T | null> {
  const text = textOf(codec);
  return {
    write: (value) => (value === null ? null : codec.write(value)),
    text: (value) => (value === null ? "null" : text(value)),
    read: (value, place, cuts) => (value === null ? null : codec.read(value, place, cuts)),
  };
}

/** A member that may be left out: null in the entry, out again when read. */
export function optional<T>(codec: FieldCodec<T>): FieldCodec<T | undefined> {
  const text = textOf(codec);
  return {
    write: (value) => (value === undefined ? null : codec.write(value)),
    text: (value) => (value === undefined ? "null" : text(value)),
    read: (value, place, cuts) => (value === null ? undefined : codec.read(value, place, cuts)),
  };
}

/** True or false; what else stands there is an `EntryError`. */
export const flag: FieldCodec<boolean> = {
  write: (value) => value,
  read: (value, place) => {
    if (typeof value !== "boolean") throw new EntryError(place, "is neither true nor false.");
    return value;
  },
};

/** Whole numbers that a double holds. A fraction is a broken promise of whoever measured it. */
export const integer: FieldCodec<number> = {
  write: wholeNumber,
  text: (value) => String(wholeNumber(value)),
  read: (value, place) => {
    if (typeof value !== "number") throw new EntryError(place, "is no number.");
    return value;
  },
};

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new EntryError("A number", `of ${value} is no whole number.`);
  return value === 0 ? 0 : value;
}

/** One of a closed set. A new member of the set does not compile until it is named; an unknown one is never read. */
export function oneOf<T extends string>(named: Readonly<Record<T, true>>): FieldCodec<T> {
  const isNamed = (value: unknown): value is T => typeof value === "string" && Object.hasOwn(named, value);
  const texts: ReadonlyMap<string, string> = new Map(
    Object.keys(named).map((word) => [word, JSON.stringify(word)]),
  );
  const write = (value: T): T => {
    if (!isNamed(value)) throw new EntryError("A value", `of "${value}" is in no closed set.`);
    return value;
  };
  return {
    write,
    text: (value) => texts.get(value) ?? canonicalText(write(value)),
    read: (value, place) => {
      if (!isNamed(value)) throw new EntryError(place, "is a word this program does not know.");
      return value;
    },
  };
}
