/**
 * Reading fields from outside data. Trust: the value is whatever a client or provider sent; nothing here
 * throws, recurses, or keeps text longer than it says.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Own fields only: a key such as `constructor` finds nothing. */
export function field(value: unknown, name: string): unknown {
  const object = asObject(value);
  return object !== null && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Names and ids: printable ASCII without blanks, else null. Free text never passes. */
export function asToken(value: unknown, charsMax: number): string | null {
  return typeof value === "string" && value.length <= charsMax && /^[\x21-\x7e]+$/.test(value) ? value : null;
}

/** A UUID of any version, in lower case; else null. */
export function asUuid(value: unknown): string | null {
  return typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? value.toLowerCase()
    : null;
}

/** A count as providers send it: an integer from 0 that a double holds exactly. */
export function asCount(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** What the store keeps of a count of tokens, or of milliseconds (int4). */
export const int4Max = 2_147_483_647;

/** A count of tokens, or of milliseconds; one that no call has is as good as none. */
export function asTokenCount(value: unknown): number | null {
  const count = asCount(value);
  return count !== null && count <= int4Max ? count : null;
}
