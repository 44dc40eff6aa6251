import type { CountryCode } from "../regions/catalog.ts";

/** A strongest. A: provider's receipt. B: provider's echo. C: we dialled it. D: a log says so. E: a label. */
export type Grade = "A" | "B" | "C" | "D" | "E";

/**
 * The places a call can be in, never merged into one "region".
 *
 * `relay` where our gateway decrypted it · `ingress` where the provider ends TLS · `inference` ·
 * `handling` of files, batches, indexing · `storage` at rest · `system_data` account and billing data.
 */
export type LocationClaim = "relay" | "ingress" | "inference" | "handling" | "storage" | "system_data";

export const locationClaims: readonly LocationClaim[] = [
  "relay",
  "ingress",
  "inference",
  "handling",
  "storage",
  "system_data",
];

/** What is known for one claim. `undetermined` is a value of its own and never counts as within. */
export type ClaimEvidence = {
  readonly claim: LocationClaim;
  /** Countries the claim is confined to, or `undetermined`. */
  readonly value: readonly CountryCode[] | "undetermined";
  readonly grade: Grade | null;
  /** One sentence, without content, for a person: how we know. */
  readonly source: string;
};

const order = "ABCDE";

/** True when `grade` is at least as strong as `minimum`. */
export function gradeAtLeast(grade: Grade, minimum: Grade): boolean {
  return order.indexOf(grade) <= order.indexOf(minimum);
}
