import type { Total } from "../../../core/reports/exact-sum.ts";
import type { Report } from "../../../core/reports/report.ts";
import { describeReason } from "../../../core/verdicts/describe-reason.ts";
import type { FindingCause } from "../../../core/verdicts/verdict.ts";
import { bandOrder, bandWords, basisWords, verdictWords } from "../../../core/verdicts/verdict-words.ts";
import type { BandsBlock, Block, Chapter, Column } from "../block.ts";
import { placeText, regionText } from "../place-text.ts";
import { countText } from "../words.ts";
import { listTable, whole } from "./rows.ts";

const calls: Column = { title: "Calls", share: 1.1, align: "right" };
const tokensIn: Column = { title: "Tokens in", share: 1.4, align: "right" };
const tokensOut: Column = { title: "Tokens out", share: 1.4, align: "right" };

type Volumes = { readonly calls: number; readonly input_tokens: Total; readonly output_tokens: Total };
const volumes = (row: Volumes): string[] => [
  countText(row.calls),
  countText(row.input_tokens),
  countText(row.output_tokens),
];

/** The bands of the calls a report is about, those that apply to none last. */
export function bandsOf({ computed }: Report): BandsBlock {
  const found = new Map(computed.results.bands.map(({ band, calls: n }) => [band, n]));
  const without = found.get(null) ?? 0;
  return {
    kind: "bands",
    caption: "Calls by band",
    pointer: "/computed/results/bands",
    parts: [
      ...bandOrder.map((band) => ({ band, word: bandWords[band], count: found.get(band) ?? 0 })),
      ...(without > 0 ? [{ band: "none" as const, word: "Not applicable", count: without }] : []),
    ],
  };
}

export function resultsChapter(report: Report): Chapter {
  const { results } = report.computed;
  return {
    number: "7",
    title: "Where the calls went",
    breakBefore: true,
    blocks: [
      bandsOf(report),
      {
        kind: "paragraph",
        tone: "muted",
        text: "In region: within policy, and the provider documents processing there for every place the policy restricts. Permitted, no promise: allowed by the policy, and nothing is promised of the place; it never counts as in region.",
      },
      listTable(
        {
          caption: "Verdicts",
          pointer: "/computed/results/verdicts",
          columns: [{ title: "Verdict", share: 3 }, { title: "How it is known", share: 4 }, calls],
          empty: "No call.",
        },
        whole(results.verdicts),
        ({ verdict, basis, calls: n }) => [verdictWords[verdict], basisWords[basis], countText(n)],
      ),
      listTable(
        {
          caption: "Causes",
          pointer: "/computed/results/causes",
          columns: [{ title: "Cause", share: 7 }, calls],
          empty: "No call has one.",
          note: "A call may have several.",
        },
        whole(results.causes),
        ({ cause, calls: n }) => [causeText(cause), countText(n)],
      ),
      { kind: "heading", level: 2, text: "Each place by itself, with its grade of evidence" },
      listTable(
        {
          caption: "Location claims",
          pointer: "/computed/results/claims",
          columns: [
            { title: "Claim", share: 1.6 },
            { title: "Confined to", share: 4 },
            { title: "Grade", share: 0.8 },
            calls,
            tokensIn,
            tokensOut,
          ],
          empty: "No claim was made.",
          note: "Undetermined is unknown, and never counts as within. System data (account, usage, billing) is outside residency at OpenAI by definition.",
        },
        results.claims,
        (row) => [row.claim.replace("_", " "), placeText(row.value), row.grade ?? "–", ...volumes(row)],
      ),
      listTable(
        {
          caption: "Meant for, went to, may have been handled in",
          pointer: "/computed/results/matrix",
          columns: [
            { title: "Meant for", share: 1.4 },
            { title: "Went to", share: 1.6 },
            { title: "Inference", share: 2.2 },
            { title: "At rest", share: 2.2 },
            { title: "Band", share: 2 },
            calls,
          ],
          empty: "No call.",
        },
        results.matrix,
        (row) => [
          regionText(row.intended_region),
          regionText(row.region),
          placeText(row.inference),
          placeText(row.storage),
          row.band === null ? "–" : bandWords[row.band],
          countText(row.calls),
        ],
      ),
      listTable(
        {
          caption: "Hosts",
          pointer: "/computed/results/hosts",
          columns: [
            { title: "Host", share: 4, mono: true },
            { title: "Region", share: 1.8 },
            { title: "Verdict", share: 2 },
            calls,
            tokensIn,
            tokensOut,
          ],
          empty: "No call.",
        },
        results.hosts,
        (row) => [row.host ?? "none", regionText(row.region), verdictWords[row.verdict], ...volumes(row)],
      ),
      listTable(
        {
          caption: "Models",
          pointer: "/computed/results/models",
          columns: [
            { title: "Model", share: 3, mono: true },
            { title: "Region", share: 1.8 },
            { title: "Verdict", share: 2 },
            calls,
            tokensIn,
            tokensOut,
          ],
          empty: "No call named one.",
        },
        results.models,
        (row) => [
          row.model ?? "none named",
          regionText(row.region),
          verdictWords[row.verdict],
          ...volumes(row),
        ],
      ),
      listTable(
        {
          caption: "Operations",
          pointer: "/computed/results/operations",
          columns: [
            { title: "Operation", share: 4, mono: true },
            { title: "Verdict", share: 2 },
            calls,
            tokensIn,
            tokensOut,
          ],
          empty: "No call.",
        },
        results.operations,
        (row) => [row.operation, verdictWords[row.verdict], ...volumes(row)],
      ),
      ...tokensBlock(report),
    ],
  };
}

function tokensBlock({ computed }: Report): Block[] {
  const { tokens, bytes } = computed.results;
  return [
    {
      kind: "facts",
      rows: [
        {
          label: "Tokens in",
          value: `${countText(tokens.input)}, of which ${countText(tokens.cached_input)} cached`,
        },
        {
          label: "Tokens out",
          value: `${countText(tokens.output)}, of which ${countText(tokens.reasoning)} for reasoning`,
        },
        { label: "Calls that told no tokens", value: countText(tokens.calls_without) },
        { label: "Bytes sent", value: countText(bytes.requests) },
        { label: "Bytes received", value: countText(bytes.responses) },
      ],
    },
  ];
}

/** trust: a cause of another version of the judge keeps its code. */
export function causeText(cause: string | null): string {
  if (cause === null) return "none";
  const described = (describeReason as (cause: FindingCause) => { sentence?: string } | undefined)(
    cause as FindingCause,
  );
  return described?.sentence === undefined ? cause : `${cause}: ${described.sentence}`;
}
