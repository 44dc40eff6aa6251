import { isObject } from "../../is-object.ts";
import { parseCanonical } from "../canonical.ts";

/** Salt (base64) and value behind a commitment of an entry. */
export type Opening = {
  readonly index: number;
  readonly field: string;
  readonly salt: string;
  readonly value: string;
};

/** A file of openings that has not their form. */
export class OpeningError extends Error {
  override readonly name = "OpeningError";
}

/** trust: reads the form; whether an entry committed to them is another question. */
export function parseOpenings(text: string): Opening[] {
  if (text !== "" && !text.endsWith("\n")) throw new OpeningError("The openings end within a line.");
  return text.split("\n").slice(0, -1).map(parseOpening);
}

function parseOpening(line: string): Opening {
  let value: unknown;
  try {
    value = parseCanonical(new TextEncoder().encode(line));
  } catch {
    throw new OpeningError("A line of the openings is not canonical JSON.");
  }
  if (!isObject(value)) throw new OpeningError("A line of the openings is none.");
  const { index, field, salt, value: opened, ...rest } = value;
  if (
    typeof index !== "number" ||
    typeof field !== "string" ||
    !/^[a-z][a-z0-9_]{0,39}$/.test(field) ||
    typeof salt !== "string" ||
    typeof opened !== "string" ||
    Object.keys(rest).length > 0
  )
    throw new OpeningError("A line of the openings is none.");
  return { index, field, salt, value: opened };
}
