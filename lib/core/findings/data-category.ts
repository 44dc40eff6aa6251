/** What kind of data an application sends, as its owner declared it. */
export type DataCategory = "special" | "personal" | "confidential" | "internal" | "public" | "unknown";

/** On screen and in reports, from the most to the least sensitive. */
export const dataCategoryWords: Readonly<Record<DataCategory, string>> = {
  special: "Special categories of personal data",
  personal: "Personal data",
  confidential: "Confidential",
  internal: "Internal",
  public: "Public",
  unknown: "Not declared",
};

export const dataCategories: readonly DataCategory[] = [
  "special",
  "personal",
  "confidential",
  "internal",
  "public",
  "unknown",
];
