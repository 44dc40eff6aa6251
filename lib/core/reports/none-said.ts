import type { NotCovered } from "./computed-report.ts";
import { countAbsent, type TallyPart } from "./tally-part.ts";

/** That no entry says something. Where entries are not here, none among the others is not none at all. */
export function noneSaid(part: Pick<TallyPart, "absent">, none: string): NotCovered {
  const absent = countAbsent(part);
  return {
    not_covered:
      absent === 0
        ? `${none}.`
        : `${none}, among the entries that are here; ${absent} are not, and may say otherwise.`,
  };
}
