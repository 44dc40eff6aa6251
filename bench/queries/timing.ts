import type { Question } from "./questions.ts";

export type Timing = {
  readonly name: string;
  readonly coldMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
};

const warmUps = 4;
const rounds = 40;

/** Milliseconds of the first answer. */
export async function timeOnce({ ask }: Question): Promise<number> {
  const begin = performance.now();
  await ask();
  return performance.now() - begin;
}

/** Asked one after the other, by one reader, after a few answers that are not counted. */
export async function timeWarm(question: Question): Promise<{ p50Ms: number; p95Ms: number }> {
  for (let i = 0; i < warmUps; i++) await question.ask();
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) times.push(await timeOnce(question));
  times.sort((a, b) => a - b);
  const at = (share: number) => rounded(times[Math.ceil(share * rounds) - 1] ?? 0);
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;
