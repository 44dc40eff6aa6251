import type { Resolution } from "../../lib/contracts/findings.ts";

export const resolutionWords: Readonly<
  Record<Resolution, { readonly title: string; readonly meaning: string }>
> = {
  config_fix: { title: "Configuration fixed", meaning: "A key, base URL, pin or policy was set right." },
  traffic_fix: {
    title: "Traffic fixed",
    meaning: "The application no longer sends such calls, or sends them elsewhere.",
  },
  provider_fix: {
    title: "Fixed by the provider",
    meaning: "The provider changed a project, a host or a listing.",
  },
  false_positive: {
    title: "Not a real case",
    meaning: "The record was right, but no rule was broken. Say why.",
  },
};
