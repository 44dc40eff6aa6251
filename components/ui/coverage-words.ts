import type { Window } from "../../lib/contracts/range.ts";

/** What a count over a window rests on, inside a sentence. */
export const coverageWords: Readonly<Record<Window["coverage"], string>> = {
  complete: "coverage complete",
  retained_only: "part of the range was deleted by retention",
  before_record: "the range begins before the first recorded call",
};
