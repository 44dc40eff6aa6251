import type { Pin, PinKind } from "./policy.ts";

/** What a project is bound to, before the name of the region where there is one. */
export const pinKindWords: Readonly<Record<PinKind, string>> = {
  processing: "Processing and storage in",
  storage_only: "Storage only in",
  global: "A global project: bound to no region",
  unknown: "Not known",
};

/** How that is known. */
export const pinSourceWords: Readonly<Record<Pin["source"], string>> = {
  admin_api: "read from OpenAI's admin API",
  probe: "probed",
  attestation: "attested",
  none: "nobody said",
};
