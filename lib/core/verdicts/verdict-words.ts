import type { Band, Basis, Verdict } from "./verdict.ts";

/** Words on screen and in reports, the same everywhere. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  compliant: "Within policy",
  violation: "Outside policy",
  unverifiable: "Not verifiable",
  blocked: "Stopped before it left",
  not_applicable: "Not applicable",
};

export const bandWords: Readonly<Record<Band, string>> = {
  in_region: "In region (promised)",
  permitted: "Permitted, no promise",
  unverifiable: "Not verifiable",
  outside: "Outside policy",
  stopped: "Stopped",
};

/** The order of bands in every chart and table. */
export const bandOrder: readonly Band[] = ["in_region", "permitted", "unverifiable", "outside", "stopped"];

export const basisWords: Readonly<Record<Basis, string>> = {
  observed: "Observed on our own connection",
  reported: "Reported by a log or a person",
  none: "No basis needed",
};
