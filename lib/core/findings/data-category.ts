/** What kind of data an application sends, as its owner declared it. */
export type DataCategory = "special" | "personal" | "confidential" | "internal" | "public" | "unknown";

export const dataCategories: readonly DataCategory[] = [
  "special",
  "personal",
  "confidential",
  "internal",
  "public",
  "unknown",
];
