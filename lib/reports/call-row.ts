import type { CsvValue } from "../core/exports/csv-line.ts";
import type { CallBody } from "../core/ledger/entries/call-body.ts";
import type { CallDimensions } from "../core/reports/call-filter.ts";
import { verdictWords } from "../core/verdicts/verdict-words.ts";

/** Columns of the tables of calls, in their order. */
export const callHeader = [
  "index",
  "call",
  "started_at",
  "ended_at",
  "application",
  "application_id",
  "source",
  "operation",
  "model",
  "host",
  "region",
  "intended_region",
  "end",
  "verdict",
  "verdict_words",
  "band",
  "basis",
  "reasons",
  "policy_version",
  "catalog_version",
  "judge_version",
  "input_tokens",
  "output_tokens",
  "request_bytes",
  "response_bytes",
  "simulated",
] as const;

/** A call as a row of a table. `nameOf` an application. */
export function callRow(
  index: number,
  body: CallBody,
  { host, model, region }: CallDimensions,
  nameOf: (applicationId: string) => string,
): CsvValue[] {
  return [
    index,
    body.id,
    body.startedAt,
    body.endedAt,
    nameOf(body.applicationId),
    body.applicationId,
    body.source,
    body.facts.operation,
    model,
    host,
    region,
    body.intendedRegion,
    body.end,
    body.verdict,
    verdictWords[body.verdict],
    body.band,
    body.basis,
    body.reasons.join(" "),
    body.policy?.version ?? null,
    body.catalog.version,
    body.judgeVersion,
    body.usage.inputTokens,
    body.usage.outputTokens,
    body.requestBytes,
    body.responseBytes,
    body.facts.simulated ? "yes" : "no",
  ];
}
