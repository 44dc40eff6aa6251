import { parseAsNativeArrayOf, parseAsString } from "nuqs/server";

/** A word of an address that may be said several times: any of these. */
export const anyOf = parseAsNativeArrayOf(parseAsString);
