import type { Policy } from "../../lib/core/policies/policy.ts";
import { eeaAndSwitzerland } from "../../lib/core/regions/openai/countries.ts";
import { workingDay } from "./story/scenes.ts";

/** A change of a tenant's policy within the story: asked for by one of its people, approved by another. */
export type PolicyChangeSpec = {
  /** When it was asked for, in milliseconds since 1970, of a story that ends at `end`. */
  readonly askedAt: (end: number) => number;
  readonly by: string;
  readonly approvedBy: string;
  readonly reason: string;
  readonly note: string;
  readonly change: (before: Policy) => Policy;
};

/** Travellers in the United States are served there, everybody else at home; nothing else may leave Europe. */
export const servesBothSides: PolicyChangeSpec = {
  askedAt: (end) => workingDay(end, 9, 9, 30),
  by: "Astrid Berg",
  approvedBy: "Paul Okafor",
  reason:
    "Travellers who live in the United States are to be served there, under a project of their own. Everybody else stays in Europe.",
  note: "Agreed with the data protection officer: routing goes by the traveller's country, and by nothing else.",
  change: (before) => {
    const bothSides = { kind: "countries", countries: [...eeaAndSwitzerland, "US"].sort() } as const;
    return {
      ...before,
      preset: "custom",
      claims: { ...before.claims, inference: bothSides, storage: bothSides },
      routing: { kind: "by_subject_country", map: { US: "us" } },
    };
  },
};
