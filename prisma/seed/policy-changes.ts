import type { Policy } from "../../lib/core/policies/policy.ts";
import { eeaAndSwitzerland } from "../../lib/core/regions/openai/countries.ts";
import { workingDay } from "./story/scenes.ts";

/** A change of a tenant's policy within the story: asked for by one of its people, and approved by another or waiting for one. */
export type PolicyChangeSpec = {
  /** When it was asked for, in milliseconds since 1970, of a story that ends at `end`. */
  readonly askedAt: (end: number) => number;
  readonly by: string;
  readonly reason: string;
  /** null: nobody has decided it. */
  readonly approval: { readonly by: string; readonly note: string } | null;
  readonly change: (before: Policy) => Policy;
};

/** Travellers in the United States are served there, everybody else at home; nothing else may leave Europe. */
export const servesBothSides: PolicyChangeSpec = {
  askedAt: (end) => workingDay(end, 9, 9, 30),
  by: "Astrid Berg",
  reason:
    "Travellers who live in the United States are to be served there, under a project of their own. Everybody else stays in Europe.",
  approval: {
    by: "Paul Okafor",
    note: "Agreed with the data protection officer: routing goes by the traveller's country, and by nothing else.",
  },
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

/** For the season, what is kept in the United States is to count as well; nobody has decided it. */
export const asksForTheSeason: PolicyChangeSpec = {
  askedAt: (end) => end - 20 * 60 * 60_000,
  by: "Paul Okafor",
  reason:
    "In the weeks before the holidays the desk in Ohio helps out; what it keeps lies in the United States.",
  approval: null,
  change: (before) => ({
    ...before,
    preset: "custom",
    claims: { ...before.claims, storage: { kind: "countries", countries: ["GB", "US"] } },
  }),
};
