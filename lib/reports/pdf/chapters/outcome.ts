import type { ComputedReport } from "../../../core/reports/computed-report.ts";
import type { ControlResult } from "../../../core/reports/control-result.ts";
import type { ChangeEntry } from "../../../core/reports/count-changes.ts";
import type { Deviation } from "../../../core/reports/count-deviations.ts";
import type { Report } from "../../../core/reports/report.ts";
import { bandWords, verdictWords } from "../../../core/verdicts/verdict-words.ts";
import type { Chapter, Column } from "../block.ts";
import { countText, momentText } from "../words.ts";
import { covered, listTable, ofWhatIsHere, whole } from "./rows.ts";

const conclusions: Readonly<Record<ControlResult["conclusion"], string>> = {
  met: "met",
  not_met: "not met",
  not_concluded: "not concluded",
  nothing_to_test: "nothing to test",
};

export function controlsChapter({ computed }: Report): Chapter {
  return {
    number: "9",
    title: "Control results",
    breakBefore: true,
    blocks: [
      {
        kind: "paragraph",
        text: ofWhatIsHere(
          computed,
          "Each control is tested over every entry, by the verifier as well as here; no sample stands for the whole.",
        ),
      },
      listTable(
        {
          caption: "Controls",
          pointer: "/computed/controls",
          columns: [
            { title: "Control, and how it is tested", share: 5 },
            { title: "Population", share: 1.3, align: "right" },
            { title: "Passed", share: 1.2, align: "right" },
            { title: "Failed", share: 1, align: "right" },
            { title: "Not testable", share: 1.1, align: "right" },
            { title: "Conclusion", share: 1.5 },
          ],
          empty: "No control was tested.",
        },
        whole(computed.controls),
        ({ title, procedure, population, passed, failed, not_testable, conclusion }) => [
          `${title}. ${procedure}`,
          countText(population),
          countText(passed),
          countText(failed),
          countText(not_testable),
          conclusions[conclusion],
        ],
      ),
    ],
  };
}

export function deviationsChapter({ computed, stated }: Report): Chapter {
  return {
    number: "10",
    title: "Deviations, findings and exceptions",
    breakBefore: true,
    blocks: [
      listTable(
        {
          caption: "Calls outside policy or not verifiable",
          pointer: "/computed/deviations",
          columns: deviationColumns,
          empty: ofWhatIsHere(
            computed,
            `None, among ${countText(computed.population.calls.selected)} calls.`,
          ),
        },
        computed.deviations,
        deviationCells,
      ),
      listTable(
        {
          caption: "Ends that came later, outside policy or not verifiable",
          pointer: "/computed/late_deviations",
          columns: deviationColumns,
          empty: ofWhatIsHere(
            computed,
            `None, among ${countText(lateOutcomes(computed))} ends that came later.`,
          ),
          note: "Their calls stand in all other tables as they were known when nobody had seen their end.",
        },
        computed.late_deviations,
        deviationCells,
      ),
      { kind: "heading", level: 2, text: "Findings" },
      ...covered(stated.findings, (findings) => [
        listTable(
          {
            caption: "Cases",
            pointer: "/computed/findings/cases",
            columns: [
              { title: "Finding", share: 4 },
              { title: "Severity", share: 1.2 },
              { title: "State", share: 1.6 },
              { title: "Calls", share: 1, align: "right" },
              { title: "First – last (UTC)", share: 2.6 },
            ],
            empty: "None.",
          },
          {
            count: computed.findings.cases.count,
            rows: computed.findings.cases.rows.map((row, i) => ({ ...row, ...findings[i] })),
          },
          (row) => [
            row.title ?? row.cause,
            row.severity ?? "not stated",
            row.resolution
              ? `${row.state}: ${row.resolution.replaceAll("_", " ")}`
              : (row.state ?? "not stated"),
            countText(row.calls),
            `${momentText(row.first_at)} – ${momentText(row.last_at)}`,
          ],
        ),
      ]),
      { kind: "heading", level: 2, text: "Exceptions" },
      ...covered(stated.exceptions, (rows) => [{ kind: "list", items: rows.map(({ words }) => words) }]),
      { kind: "heading", level: 2, text: "Restatements" },
      ...covered(computed.restatements, (restatements) => [
        listTable(
          {
            caption: "Verdicts corrected later; the first ones stay",
            pointer: "/computed/restatements",
            columns: [
              { title: "Entry", share: 1, align: "right" },
              { title: "When (UTC)", share: 2.4 },
              { title: "What", share: 3 },
              { title: "Which, and what it changed", share: 4 },
            ],
            empty: "None.",
          },
          restatements,
          ({ index, at, kind, subject, detail }) => [
            countText(index),
            momentText(at),
            kind,
            restated(detail, subject),
          ],
        ),
      ]),
    ],
  };
}

const deviationColumns: readonly Column[] = [
  { title: "Entry", share: 1, align: "right" },
  { title: "Began (UTC)", share: 2.2 },
  { title: "Host", share: 2.8, mono: true },
  { title: "Verdict", share: 1.7 },
  { title: "Reasons", share: 3.4, mono: true },
];

const deviationCells = ({ index, started_at, host, verdict, reasons }: Deviation): string[] => [
  countText(index),
  momentText(started_at),
  host ?? "none",
  verdictWords[verdict],
  reasons.join(", "),
];

const lateOutcomes = ({ population }: ComputedReport): number =>
  population.late_outcomes.reduce((sum, { calls }) => sum + calls, 0);

/** What a restatement's entry says it does; else whom it is about. */
function restated({ statement, moves, callsChanged }: ChangeEntry["detail"], subject: string): string {
  const said = [
    typeof statement === "string" ? statement : null,
    Array.isArray(moves)
      ? moves.join("; ")
      : typeof callsChanged === "number"
        ? `${countText(callsChanged)} calls`
        : null,
  ].filter((part) => part !== null);
  return said.length === 0 ? subject : `${subject}. ${said.join(" ")}`;
}

export function sampleChapter({ computed }: Report): Chapter {
  const { sample } = computed;
  return {
    number: "11",
    title: "A sample to look at by hand",
    blocks: [
      {
        kind: "paragraph",
        text: `The seed follows from the root of the log at the range's end and the report's id, so that nobody could choose it. ${printable(sample.algorithm)}`,
      },
      {
        kind: "facts",
        rows: [
          { label: "Seed", value: sample.seed, mono: true },
          { label: "Size", value: countText(sample.size) },
        ],
      },
      listTable(
        {
          caption: "Drawn calls",
          pointer: "/computed/sample/strata",
          columns: [
            { title: "Band", share: 2 },
            { title: "Of", share: 1.2, align: "right" },
            { title: "Entry", share: 1.2, align: "right" },
            { title: "Call", share: 5, mono: true },
          ],
          empty: "There was no call to draw.",
        },
        whole(
          sample.strata.flatMap(({ band, population, calls }) =>
            calls.map((call) => ({ band, population, ...call })),
          ),
        ),
        ({ band, population, index, call }) => [
          band === "none" ? verdictWords.not_applicable : bandWords[band],
          countText(population),
          countText(index),
          call,
        ],
      ),
    ],
  };
}

/** The font has no sign for "followed by". */
const printable = (algorithm: string): string => algorithm.replaceAll("‖", "||");
