import process from "node:process";
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
    writeError(`${printable(error.message)}\n`);
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
    readonly json: boolean;
    /** Further members of the JSON. */
    readonly more?: Readonly<Record<string, unknown>>;
  },
  write: Write = (text) => process.stdout.write(text),
): number {
  const { title, verdicts, facts, json, more } = outcome;
  const { verdict, checks, notProven } = outcome.verification;
  const status = statuses[verdict];
  if (json) {
    const about = Object.fromEntries(facts.map(([what, value]) => [what.replaceAll(" ", "_"), value]));
    write(
      `${JSON.stringify({ verdict, status, ...about, ...more, checks, not_proven: notProven }, null, 2)}\n`,
    );
    return status;
  }
  const width = Math.max(...facts.map(([what]) => what.length), 0);
  const lines = [
    title,
    "",
    ...facts
      .filter(([, value]) => value !== null)
      .map(([what, value]) => `  ${what.padEnd(width)}  ${value}`),
    "",
    ...checks.map(({ name, result, words }) => `  ${result.padEnd(12)}  ${name}: ${words}`),
    "",
    `${verdict}: ${verdicts[verdict]}`,
    "",
    "Not proven by this:",
    ...notProven.map((words) => `  - ${words}`),
    "",
  ];
  write(lines.map(printable).join("\n"));
  return status;
}

/** When the signer's clock says so; null where it does not. */
export function timeOf(seconds: bigint | null): string | null {
  if (seconds === null) return null;
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? `${seconds} s after 1970-01-01` : time.toISOString();
}

/** trust: files from anywhere must not be able to steer a terminal. */
function printable(line: string): string {
  return line.replace(/[^\P{C}\n]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
