import { plainWords } from "./plain-words.ts";

/** One thing that was looked at. UNVERIFIABLE: nothing speaks against it, and what it takes to tell is missing. */
export type Check = {
  readonly name: string;
  readonly result: "PASS" | "FAIL" | "UNVERIFIABLE";
  /** A sentence for whoever reads the outcome. */
  readonly words: string;
};

/** What was looked at, what came of it, and what it does not show. */
export type Verification = {
  /** PASS only where every check passed. */
  readonly verdict: Check["result"];
  readonly checks: readonly Check[];
  readonly notProven: readonly string[];
};

/** FAIL if anything failed; PASS if there was something to look at and all of it passed. */
export function verdictOf(checks: readonly Check[]): Check["result"] {
  if (checks.some(({ result }) => result === "FAIL")) return "FAIL";
  return checks.length > 0 && checks.every(({ result }) => result === "PASS") ? "PASS" : "UNVERIFIABLE";
}

export const pass = (name: string, words: string): Check => said(name, "PASS", words);
export const fail = (name: string, words: string): Check => said(name, "FAIL", words);
export const unverifiable = (name: string, words: string): Check => said(name, "UNVERIFIABLE", words);

/** Words of a check may quote what was checked. */
const said = (name: string, result: Check["result"], words: string): Check => ({
  name,
  result,
  words: plainWords(words),
});
