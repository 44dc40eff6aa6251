import { goldenTable } from "../lib/core/verdicts/golden/golden-table.ts";
import { questionOf } from "../lib/core/verdicts/golden/question.ts";
import { judgeCall } from "../lib/core/verdicts/judge.ts";
import type { BenchResult } from "./bench-result.ts";

const warmUpRounds = 40;
const rounds = 120;
const meanUsMax = 20;

/**
 * How long one judgement takes, over every line of the golden table, beside reading the same facts from JSON; both in
 * turn within one run. A figure of a busy machine says more of the machine: the ratio holds.
 */
export async function measure(): Promise<BenchResult> {
  const questions = Object.values(goldenTable)
    .flat()
    .map(([, given]) => questionOf(given));
  const texts = questions.map(({ facts, attempts, pin }) => JSON.stringify({ facts, attempts, pin }));
  const judge = questions.map((question) => () => judgeCall(question));
  const parse = texts.map((text) => () => JSON.parse(text) as unknown);
  for (let round = 0; round < warmUpRounds; round += 1) {
    timed(judge);
    timed(parse);
  }
  const judged: number[][] = [];
  const parsed: number[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    judged.push(timed(judge));
    parsed.push(timed(parse));
  }
  const judgeUs = summary(judged);
  const parseUs = summary(parsed);
  const ratio = rounded(judgeUs.mean / parseUs.mean);
  console.log(
    `judge: ${judgeUs.mean} µs on average, ${judgeUs.p99} µs for 99 of 100, ${questions.length} cases`,
  );
  console.log(`JSON.parse of the same facts: ${parseUs.mean} µs on average, ${parseUs.p99} µs for 99 of 100`);
  console.log(
    judgeUs.mean < meanUsMax ? `Below ${meanUsMax} µs on average.` : `Not below ${meanUsMax} µs on average.`,
  );
  return { ratios: { judge_by_parse: ratio }, figures: { cases: questions.length, judgeUs, parseUs } };
}

/** Microseconds of each. */
function timed(calls: readonly (() => unknown)[]): number[] {
  return calls.map((call) => {
    const from = process.hrtime.bigint();
    call();
    return Number(process.hrtime.bigint() - from) / 1_000;
  });
}

type Summary = { readonly mean: number; readonly p50: number; readonly p99: number };

/** `mean`: of the middle round, so that one round in which the machine did something else does not decide. */
function summary(each: readonly (readonly number[])[]): Summary {
  const means = ordered(each.map((values) => values.reduce((a, b) => a + b, 0) / values.length));
  const sorted = ordered(each.flat());
  const at = (values: readonly number[], share: number): number =>
    rounded(values[Math.floor(values.length * share)] ?? 0);
  return { mean: at(means, 0.5), p50: at(sorted, 0.5), p99: at(sorted, 0.99) };
}

function ordered(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
