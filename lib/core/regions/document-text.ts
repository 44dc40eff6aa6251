import { type CanonicalValue, canonicalTextWithAnyKeys } from "../ledger/canonical.ts";

/**
 * The one text over which a catalog or a policy is hashed (SHA-256 of its UTF-8): RFC 8785, members that are undefined
 * left out. Whole numbers only; a cell that needs a fraction holds it as decimal text, so that every program writes the
 * same digits. Anything else throws.
 */
export function documentText(value: unknown): string {
  return canonicalTextWithAnyKeys(withoutUndefined(value));
}

function withoutUndefined(value: unknown): CanonicalValue {
  if (typeof value !== "object" || value === null) return value as CanonicalValue;
  if (Array.isArray(value)) return value.map(withoutUndefined);
  const there = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(there.map(([name, member]) => [name, withoutUndefined(member)]));
}
