import { describe, it } from "vitest";
import { expectSameJudgement } from "../../testing/recorded-entry.ts";
import { goldenTable } from "../../verdicts/golden/golden-table.ts";
import { questionOf } from "../../verdicts/golden/question.ts";

describe.each(Object.entries(goldenTable))("bytes alone give the judgement of: %s", (_theme, cases) => {
  it.each(cases.map(([situation, given]) => ({ situation, given })))("$situation", ({ given }) => {
    expectSameJudgement(questionOf(given));
  });
});
