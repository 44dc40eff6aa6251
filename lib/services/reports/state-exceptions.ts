import { dayWords } from "../../contracts/instant-words.ts";
import { exceptionName } from "../../core/findings/exception.ts";
import { findingTitle } from "../../core/findings/finding-title.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { type ExceptionInForce, exceptionsOfPeriod } from "../../db/report-cases.ts";
import type { PackSource } from "./with-pack-source.ts";

/** The exceptions that held at some time of the period, as the log said at the range's end, with the two people. */
export async function stateExceptions({
  sql,
  range,
  question,
}: PackSource): Promise<StatedReport["exceptions"]> {
  const rows = await exceptionsOfPeriod(sql, range.key, range.end, question.periodFrom, question.periodTo);
  if (rows.length === 0)
    return { not_covered: "No exception was in force in the period. No call is excused." };
  return rows.map((row) => ({ id: exceptionName(row.no), words: wordsOf(row), entry: row.index }));
}

function wordsOf(row: ExceptionInForce): string {
  const {
    no,
    kind,
    cause,
    host,
    model,
    application,
    requestedBy,
    approvedBy,
    approvedAt,
    expiresAt,
    endedAt,
  } = row;
  const title = findingTitle({ cause: cause as FindingCause, host, model, application });
  const until =
    endedAt !== null && endedAt < expiresAt
      ? `ended on ${dayWords(endedAt)}, before its day (${dayWords(expiresAt)})`
      : `until ${dayWords(expiresAt)}`;
  const more = [
    row.transferMechanism === null ? null : `Transfer mechanism: ${row.transferMechanism}.`,
    row.ticket === null ? null : `Ticket: ${row.ticket}.`,
  ].filter((part) => part !== null);
  return [
    `${exceptionName(no)}, ${kind}, for “${title}”: asked for by ${requestedBy}, approved by ${approvedBy} on ${dayWords(approvedAt)}, ${until}.`,
    ...(row.approverAccount === null ? [] : [row.approverAccount]),
    `Reason: ${row.reason}`,
    ...more,
    "The calls keep their verdicts.",
  ].join(" ");
}
