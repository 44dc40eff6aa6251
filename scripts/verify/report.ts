import process from "node:process";
import { plainWords } from "../../lib/core/ledger/plain-words.ts";
import { TrustRootError } from "../../lib/core/ledger/trust-root.ts";
import type { Verification } from "../../lib/core/ledger/verification.ts";
import { UsageError } from "./inputs.ts";

export type Write = (text: string) => unknown;

const statuses = { PASS: 0, FAIL: 1, UNVERIFIABLE: 2 } as const;
const usageStatus = 3;

/** Facts of an outcome, in the order they are printed: what, and its value in words. */
export type Facts = readonly (readonly [what: string, value: string | null])[];

/** Runs a command and answers its exit status: 0 holds, 1 does not, 2 cannot be told, 3 was not asked properly. */
export function runCommand(
  work: () => number,
  writeError: Write = (text) => process.stderr.write(text),
): number {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof TrustRootError)) throw error;
    writeError(`${error.message.split("\n").map(plainWords).join("\n")}\n`);
    return usageStatus;
  }
}

/** Prints an outcome for people, or for programs, and answers the exit status. */
export function report(
  outcome: {
    readonly title: string;
    readonly verdicts: Readonly<Record<Verification["verdict"], string>>;
    readonly verification: Verification;
    readonly facts: Facts;
    /** What the file says of itself: kept apart, since it is claimed, and the checks say how far to believe it. */
    readonly says?: { readonly title: string; readonly facts: Facts; readonly content: unknown };
    readonly json: boolean;
  },
  write: Write = (text) => process.stdout.write(text),
): number {
  const { title, verdicts, facts, says, json } = outcome;
  const { verdict, checks, notProven } = outcome.verification;
  const status = statuses[verdict];
  if (json) {
    const written = {
      verdict,
      status,
      ...named(facts),
      ...(says && { says: { ...named(says.facts), content: says.content } }),
    };
    write(`${JSON.stringify({ ...written, checks, not_proven: notProven }, null, 2)}\n`);
    return status;
  }
  const lines = [
    title,
    "",
    ...aligned(facts),
    "",
    ...checks.map(({ name, result, words }) => `  ${result.padEnd(12)}  ${name}: ${words}`),
    ...(says && says.facts.length > 0 ? ["", says.title, "", ...aligned(says.facts)] : []),
    "",
    `${verdict}: ${verdicts[verdict]}`,
    "",
    "Not proven by this:",
    ...notProven.map((words) => `  - ${words}`),
    "",
  ];
  write(lines.map(plainWords).join("\n"));
  return status;
}

function aligned(facts: Facts): string[] {
  const width = Math.max(...facts.map(([what]) => what.length), 0);
  return facts.flatMap(([what, value]) => (value === null ? [] : [`  ${what.padEnd(width)}  ${value}`]));
}

function named(facts: Facts): Record<string, string | null> {
  return Object.fromEntries(facts.map(([what, value]) => [what.replaceAll(" ", "_"), value]));
}

/** When the signer's clock says so; null where it does not. */
export function timeOf(seconds: bigint | null): string | null {
  if (seconds === null) return null;
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? `${seconds} s after 1970-01-01` : time.toISOString();
}
