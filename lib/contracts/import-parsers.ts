import { parseAsString } from "nuqs/server";

/** What the URL of `/connect/import` says. The file is chosen on the page and named nowhere else. */
export const importParsers = {
  /** A slug; absent: the first tenant of the reader's. */
  tenant: parseAsString,
};
