import { normalised } from "./expectation.ts";
import { questionOf } from "./question.ts";
import type { GoldenCase } from "./situation.ts";

/** What is wrong with the table itself: the same input twice, with or without the same answer, or a line said twice. */
export function contradictionsIn(cases: readonly GoldenCase[]): readonly string[] {
  const byInput = new Map<string, GoldenCase>();
  const bySituation = new Set<string>();
  const found: string[] = [];
  for (const line of cases) {
    const [situation, given, expected] = line;
    if (bySituation.has(situation)) found.push(`Two lines say "${situation}".`);
    bySituation.add(situation);
    const input = JSON.stringify(questionOf(given));
    const earlier = byInput.get(input);
    if (earlier === undefined) byInput.set(input, line);
    else if (normalised(earlier[2]) === normalised(expected))
      found.push(`"${situation}" repeats "${earlier[0]}".`);
    else found.push(`"${situation}" contradicts "${earlier[0]}": ${expected} against ${earlier[2]}.`);
  }
  return found;
}
