/**
 * The one text over which a catalog or a policy is hashed (SHA-256 of its UTF-8): members in order of their names' UTF-16
 * units, no space (RFC 8785), members that are undefined left out. Whole numbers only; a cell that needs a fraction holds
 * it as decimal text, so that every program writes the same digits. Anything else throws.
 */
export function documentText(value: unknown): string {
  if (typeof value === "number" && !Number.isSafeInteger(value))
    throw new Error("Documents that are hashed hold safe integers only.");
  if (typeof value === "string" && !value.isWellFormed())
    throw new Error("Documents that are hashed hold well-formed text only.");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(documentText).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${documentText(member)}`);
  return `{${members.join(",")}}`;
}
