import type { FindingSelection } from "../../lib/contracts/findings.ts";

export const selectionWords: Readonly<
  Record<FindingSelection, { readonly title: string; readonly meaning: string; readonly none: string }>
> = {
  soon: {
    title: "Look at soon",
    meaning:
      "Exceptions that end within 30 days or were given under another policy, work whose day has passed, and checks that are due",
    none: "Nothing has to be looked at soon",
  },
  new: {
    title: "New this week",
    meaning: "Findings that were opened within the last seven days",
    none: "No finding was opened within seven days",
  },
  expiring: {
    title: "Exceptions expiring",
    meaning: "Findings accepted by an exception that ends within 30 days",
    none: "No exception ends within 30 days",
  },
};
