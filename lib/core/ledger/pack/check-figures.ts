import { findingsTable } from "../../reports/findings-table.ts";
import { type Report, ReportError, readReport } from "../../reports/report.ts";
import { type Check, fail, pass, unverifiable } from "../verification.ts";
import { coverProblem } from "./check-cover.ts";
import { differencesOf } from "./compare-figures.ts";
import type { ReadablePack } from "./open-pack.ts";
import { packFiles } from "./pack-files.ts";
import { uncountedWords } from "./pack-limits.ts";

const namedMax = 8;

/**
 * Whether every figure of `report.json` is what the entries add up to, and its cover what the manifest says. `signedAt`: when
 * the end of the range was signed, as far as that is known. `saidIn` null: the entries could not be counted.
 */
export function checkFigures(
  pack: ReadablePack,
  signedAt: bigint | null,
  saidIn: ((version: Report["v"]) => object) | null,
): Check[] {
  const { files, readText } = pack;
  const text = readText(packFiles.report);
  const report = text === null ? "It has no report.json that can be read." : reportOf(text);
  if (typeof report === "string") {
    const nothing = "There is no report to hold against the entries.";
    return [fail("report form", report), unverifiable("figures", nothing)];
  }
  const wrong = coverProblem(report, pack, signedAt);
  return [
    wrong === null
      ? pass("report form", `It is the report of the pack ${report.id}, ${coverWords(report.v)}.`)
      : fail("report form", wrong),
    saidIn === null ? unverifiable("figures", uncountedWords) : compareFigures(report, saidIn(report.v)),
    ...(files.has(packFiles.findings) ? [checkFindings(report, readText(packFiles.findings))] : []),
  ];
}

/** Covers of the first forms say in words of their own when, by which filter and under which policies. */
const coverWords = (version: Report["v"]): string =>
  version < 3
    ? `of the early form ${version}: when it was made, and what its cover says of filter and policies, nobody holds against what is signed`
    : "and its cover follows from what is signed";

function compareFigures(report: Report, computed: object): Check {
  // Through JSON: what stands there, and not how this program holds it.
  const counted: unknown = JSON.parse(JSON.stringify(computed));
  const found = differencesOf(report.computed, counted, namedMax + 1);
  if (found.length === 0)
    return pass(
      "figures",
      "Every figure of report.json was counted again from the entries, and is the same.",
    );
  const more = found.length > namedMax ? " and more" : "";
  return fail(
    "figures",
    `The entries add up to something else at ${found.slice(0, namedMax).join(", ")}${more}.`,
  );
}

/** The table of findings is put together again from the report, whose figures were counted. */
function checkFindings(report: Report, table: string | null): Check {
  const name = "findings table";
  if (table === null) return fail(name, `${packFiles.findings} cannot be read.`);
  if (table === tableOf(report))
    return pass(name, `${packFiles.findings} says of each case what report.json says.`);
  return fail(name, `${packFiles.findings} says something else than report.json.`);
}

/** trust: a report may lack what its form promises; then no table follows from it. */
function tableOf(report: Report): string | null {
  try {
    return findingsTable(report);
  } catch {
    return null;
  }
}

function reportOf(text: string): Report | string {
  try {
    return readReport(text);
  } catch (error) {
    if (error instanceof ReportError) return error.message;
    throw error;
  }
}
