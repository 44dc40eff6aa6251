import type { TrailGroup } from "../../lib/contracts/trail.ts";

export const groupWords: Readonly<Record<TrailGroup, string>> = {
  all: "Everything",
  changes: "Changes",
  views: "Views of evidence",
  exports: "Exports and downloads",
  comparisons: "Comparisons with OpenAI's figures",
  sign_ins: "Sign-ins of members",
};
