import { createHash } from "node:crypto";
import { documentText } from "../../core/regions/document-text.ts";

/** One text for one value, without fractions: what catalogs and policies are stored and hashed as. */
export function canonicalJson(value: unknown): string {
  return documentText(value);
}

/** Of its UTF-8. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
