import type { ComputedReport } from "../../../core/reports/computed-report.ts";
import type { Report } from "../../../core/reports/report.ts";
import { verdictWords } from "../../../core/verdicts/verdict-words.ts";
import type { Block, Chapter } from "../block.ts";
import { countText } from "../words.ts";
import { providerUsageBlocks } from "./provider.ts";
import { covered, listTable, whole } from "./rows.ts";

export function populationChapter(report: Report): Chapter {
  const { computed } = report;
  const { population, balance } = computed;
  const { calls } = population;
  return {
    number: "6",
    title: "Population and completeness",
    breakBefore: true,
    blocks: [
      {
        kind: "paragraph",
        tone: "lead",
        text: `${countText(calls.selected)} calls, out of ${countText(population.entries)} entries of the log. ${countText(calls.left)} of them left for a provider or may have; ${countText(calls.refused)} were refused before${calls.selected > calls.left + calls.refused ? "; of the others nothing was sent" : ""}.`,
      },
      listTable(
        {
          caption: "Entries of the range",
          pointer: "/computed/population/by_type",
          columns: [
            { title: "Type", share: 5 },
            { title: "Entries", share: 1.4, align: "right" },
          ],
          empty: "The range is empty.",
        },
        whole(Object.entries(population.by_type).filter(([, entries]) => entries > 0)),
        ([type, entries]) => [entryWords[type] ?? type, countText(entries)],
      ),
      listTable(
        {
          caption: "Entries of which the pack holds the leaf hash alone",
          pointer: "/computed/population/absent",
          columns: [
            { title: "Why", share: 5 },
            { title: "Entries", share: 1.4, align: "right" },
          ],
          empty: "None: every entry of the range is in the pack.",
        },
        whole(Object.entries(population.absent).filter(([, entries]) => entries > 0)),
        ([why, entries]) => [why, countText(entries)],
      ),
      {
        kind: "facts",
        rows: [
          { label: "Of the period, not of the filter", value: countText(calls.other_filter) },
          { label: "Begun before the period", value: countText(calls.earlier) },
          { label: "Arrived too late for an earlier report", value: countText(calls.earlier_arrived) },
          { label: "Begun after the period", value: countText(calls.later) },
          { label: "Simulated", value: countText(calls.simulated) },
          { label: "Assessed retrospectively", value: countText(calls.retrospective) },
          { label: "Kept on a gateway's disk meanwhile", value: countText(population.spooled) },
        ],
      },
      listTable(
        {
          caption: "Where the records came from",
          pointer: "/computed/population/by_source",
          columns: [
            { title: "Source", share: 5 },
            { title: "Calls", share: 1.4, align: "right" },
          ],
          empty: "No call.",
        },
        whole(population.by_source),
        ({ source, calls: n }) => [source ?? "not stated", countText(n)],
      ),
      listTable(
        {
          caption: "Ends that came later, of calls whose end nobody had seen",
          pointer: "/computed/population/late_outcomes",
          columns: [
            { title: "Verdict", share: 5 },
            { title: "Calls", share: 1.4, align: "right" },
          ],
          empty: "None.",
          note: `They count in no other table. Of the period and not of the filter: ${countText(population.late_outcomes_other_filter)}.`,
        },
        whole(population.late_outcomes),
        ({ verdict, calls: n }) => [verdictText(verdict), countText(n)],
      ),
      { kind: "heading", level: 2, text: "Do the gateways' numbers add up?" },
      ...covered(balance, balanceBlocks),
      ...providerUsageBlocks(report),
    ],
  };
}

const verdictText = (verdict: string | null): string =>
  verdict === null
    ? "none"
    : (Object.entries(verdictWords).find(([each]) => each === verdict)?.[1] ?? verdict);

type Balance = Extract<ComputedReport["balance"], { intents: number }>;

function balanceBlocks(balance: Balance): readonly Block[] {
  return [
    {
      kind: "paragraph",
      text: "A gateway numbers each call before its first byte leaves. Every number must come back as an outcome, as a call whose end nobody saw, or be open still.",
    },
    {
      kind: "facts",
      rows: [
        { label: "Intents", value: countText(balance.intents) },
        { label: "Outcomes", value: countText(balance.outcomes) },
        { label: "End unknown", value: countText(balance.unknown) },
        { label: "Still open", value: countText(balance.open) },
        { label: "Missing", value: countText(balance.missing) },
        { label: "Refused before a number was given", value: countText(balance.refused_before_dial) },
        { label: "Reported by other software", value: countText(balance.imported) },
        {
          label: "Gateway runs",
          value: `${countText(balance.boots)}, of which ${countText(balance.boots_closed)} closed`,
        },
      ],
    },
    listTable(
      {
        caption: "What does not add up",
        pointer: "/computed/balance/objections",
        columns: [{ title: "Objection", share: 1 }],
        empty: "Nothing.",
      },
      balance.objections,
      (sentence) => [sentence],
    ),
  ];
}

const entryWords: Readonly<Record<string, string>> = {
  call: "Calls, each at its close",
  late_outcome: "Ends that arrived later",
  heartbeat: "Heartbeats of gateways: numbers given out and still open",
  boot_closed: "Last words on a gateway's run",
  event: "Changes, views, exports and other events",
  signer: "Statements of the signer",
  epoch_opened: "Beginnings of an epoch of the log",
};
