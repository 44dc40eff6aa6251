import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { runSets, type SetResult, unknownEntries } from "./run-sets.ts";

/**
 * Says what came of every set. Status 0: all that we build passed; 1: something failed; 2: sets are missing or unknown;
 * 3: CONFORMANCE_VECTORS is no folder.
 */
export function conformance(
  vectors: string | undefined,
  write = (text: string) => process.stdout.write(text),
): number {
  if (!vectors || !fs.existsSync(vectors) || !fs.statSync(vectors).isDirectory()) {
    write("Set CONFORMANCE_VECTORS to the folder with the published vectors. docs/ledger.md says which.\n");
    return 3;
  }
  const folder = path.resolve(vectors);
  const results = runSets(folder);
  const unknown = unknownEntries(folder);
  write(`\nPublished vectors under ${folder}\n\n`);
  for (const result of results) write(wordsOf(result));
  for (const name of unknown) write(`- ${name}: this program does not know it; not run\n`);
  const status = statusOf(results, unknown);
  write(`\n${lastLine(results, unknown)}\n`);
  return status;
}

export function statusOf(results: readonly SetResult[], unknown: readonly string[]): number {
  if (results.some(({ failed }) => failed.length > 0)) return 1;
  return results.some(({ missing }) => missing) || unknown.length > 0 ? 2 : 0;
}

function wordsOf({ set, missing, passed, failed, skipped, deviations, remarks }: SetResult): string {
  const head = `${missing ? "-" : failed.length > 0 ? "✗" : passed > 0 ? "✓" : "-"} ${set.name} (${set.source})`;
  if (missing) return `${head}\n    not run: ${set.folder} is not there\n`;
  const ran = passed + failed.length;
  const notRun = skipped.reduce((count, each) => count + each.count, 0);
  return [
    head,
    `    ran ${ran}, passed ${passed}, failed ${failed.length}, skipped ${notRun}`,
    ...failed.map((what) => `    FAILED ${what}`),
    ...deviations.map(({ what, why }) => `    wanted deviation: ${what}: ${why}`),
    ...skipped.map(({ what, count, why }) => `    skipped ${count}: ${what}: ${why}`),
    ...remarks.map((words) => `    note: ${words}`),
    "",
  ].join("\n");
}

function lastLine(results: readonly SetResult[], unknown: readonly string[]): string {
  const sum = (count: (result: SetResult) => number) => results.reduce((all, each) => all + count(each), 0);
  const passed = sum((each) => each.passed);
  const failed = sum((each) => each.failed.length);
  const skipped = sum((each) => each.skipped.reduce((count, { count: n }) => count + n, 0));
  const missing = results.filter((each) => each.missing).length;
  const deviations = sum((each) => each.deviations.length);
  return [
    `${results.length} sets: ran ${passed + failed}, passed ${passed} (${deviations} wanted deviations), failed ${failed}, skipped ${skipped}`,
    ...(missing > 0 ? [`${missing} sets missing`] : []),
    ...(unknown.length > 0 ? [`${unknown.length} unknown`] : []),
  ].join("; ");
}
