import type { CanonicalValue } from "../canonical.ts";
import { listOf, text } from "./cut-codec.ts";
import { EntryError } from "./entry.ts";
import { type FieldCodec, objectOf } from "./field-codec.ts";

export type DetailValue = string | number | boolean | null | readonly string[];

/** What an event or a statement adds in words of its own: names are free, so they stand as values. */
export type Detail = Readonly<Record<string, DetailValue>>;

const line = text(1_500);
const lines = listOf(text(400), { bytesMax: 3_000, itemBytesMax: 450 });

const value: FieldCodec<DetailValue> = {
  write: (given) => {
    if (given === null || typeof given === "boolean") return given;
    if (typeof given === "string") return line.write(given);
    // Canonical bytes hold whole numbers; another one stands in its digits. Minus zero is zero.
    if (typeof given === "number") return Number.isSafeInteger(given) ? given + 0 : String(given);
    return lines.write(given);
  },
  read: (there, place, cuts) => {
    if (there === null || typeof there === "boolean" || typeof there === "number") return there;
    if (typeof there === "string" || isCutText(there)) return line.read(there, place, cuts);
    return lines.read(there, place, cuts);
  },
};

function isCutText(there: CanonicalValue): boolean {
  return typeof there === "object" && there !== null && "cut" in there;
}

type Member = { readonly name: string; readonly value: DetailValue };

const members = listOf(objectOf<Member>({ name: text(80), value }), {
  bytesMax: 11_000,
  itemBytesMax: 3_200,
});

/** Members in the order of their names, so that the same detail gives the same bytes. */
export const detailCodec: FieldCodec<Detail> = {
  write: (detail) => {
    const said = Object.entries(detail).filter(([, each]) => each !== undefined);
    const sorted = said.sort(([a], [b]) => (a < b ? -1 : 1));
    return members.write(sorted.map(([name, each]) => ({ name, value: each })));
  },
  read: (there, place, cuts) => {
    const pairs = members.read(there, place, cuts).map((member) => [member.name, member.value] as const);
    // Two names that were too long may have become one.
    if (cuts.length === 0 && new Set(pairs.map(([name]) => name)).size < pairs.length)
      throw new EntryError(place, "says something twice.");
    return Object.fromEntries(pairs);
  },
};
