import { findingTitle } from "../findings/finding-title.ts";
import type { FindingCause } from "../verdicts/verdict.ts";
import { countWords } from "../words/number-words.ts";
import type { Alert, AlertFacts, WaitingRequest } from "./alert.ts";
import { type AlertKind, alertKinds } from "./alert-kinds.ts";

export type DescribedAlert = {
  /** One line. */
  readonly title: string;
  readonly sentence: string;
  /** Path of the page to look at. */
  readonly page: string;
  /** Facts in words, in the order in which they are read. */
  readonly lines: readonly { readonly name: string; readonly text: string }[];
};

/** An alert for a person. `slug`: of the tenant. */
export function describeAlert(
  { kind, facts, count }: Pick<Alert, "kind" | "facts" | "count">,
  slug: string,
): DescribedAlert {
  const { title, sentence } = alertKinds[kind];
  if (count > 1)
    return {
      title: `${title}: ${countWords(count, " ")} at once`,
      sentence: `${countWords(count, " ")} things of this kind came together and are told as one. ${sentence}`,
      page: pageOf(kind, {}, slug),
      lines: [],
    };
  const what = subjectOf(kind, facts);
  return {
    title: what === null ? title : `${title}: ${what}`,
    sentence,
    page: pageOf(kind, facts, slug),
    lines: linesOf(facts),
  };
}

/** What waits for a second person, in words within a sentence. */
export const waitingWords: Readonly<Record<WaitingRequest, string>> = {
  policy: "a change of the policy that widens it",
  exception: "an exception for a finding",
  restatement: "a restatement of calls",
  retention: "another period of retention",
  lift_hold: "lifting a legal hold",
  erasure: "erasing a person",
};

const bases: Readonly<Record<string, string>> = {
  observed: "seen by the gateway",
  reported: "reported by another program",
  none: "no evidence of a call",
};

function subjectOf(kind: AlertKind, facts: AlertFacts): string | null {
  if (facts.exception !== undefined) return facts.exception;
  if (facts.request !== undefined) return waitingWords[facts.request];
  if (facts.period !== undefined) return periodText(facts.period);
  if (kind.startsWith("finding_") && facts.cause !== undefined) return findingText(facts.cause, facts);
  return null;
}

/** Without the application, whose name somebody typed; with the model, by which two of a host differ. */
function findingText(cause: FindingCause, { host = null, model = null }: AlertFacts): string {
  const title = findingTitle({ cause, host, model, application: null });
  return oneLine(model === null || title.includes(model) ? title : `${title}, ${model}`);
}

function linesOf(facts: AlertFacts): { name: string; text: string }[] {
  const { host, model, basis, due, until, why, policy, problem, records, log, key } = facts;
  const lines: (readonly [string, string | null | undefined])[] = [
    ["Host", host],
    ["Model", model],
    ["Evidence", basis && (bases[basis] ?? basis)],
    ["Due", due && minuteText(due)],
    ["Until", until && minuteText(until)],
    ["Why", why && (why === "expired" ? "its day has come" : "somebody ended it before its day")],
    ["Policy in force", policy === undefined ? null : `version ${policy}`],
    ["Problem", problem],
    [
      "Records",
      records && `${countWords(records.refused, " ")} of ${countWords(records.all, " ")} were not recorded`,
    ],
    ["Checked", log && checkedText(log)],
    ["Key", key],
  ];
  return lines.flatMap(([name, text]) => (text ? [{ name, text: oneLine(text) }] : []));
}

function checkedText({ part, epoch, atIndex }: NonNullable<AlertFacts["log"]>): string {
  const what = part === "rows" ? "the rows beside the log" : "the log itself";
  return `${what}${epoch === null ? "" : `, epoch ${epoch}`}${atIndex === null ? "" : `, first at entry ${atIndex}`}`;
}

function pageOf(kind: AlertKind, { finding, request }: AlertFacts, slug: string): string {
  const tenant = encodeURIComponent(slug);
  if (finding !== undefined) return `/findings/${encodeURIComponent(finding)}`;
  switch (kind) {
    case "check_failed":
      return `/ledger?tenant=${tenant}`;
    case "decision_waiting":
      return waitingPage(request ?? "exception", tenant);
    case "report_ready":
    case "report_failed":
      return `/reports?tenant=${tenant}`;
    case "import_incomplete":
      return `/connect/import?tenant=${tenant}`;
    case "key_ending":
      return `/settings/tenants/${tenant}`;
    case "test":
      return `/settings/alerts/${tenant}`;
    default:
      return `/findings?tenant=${tenant}`;
  }
}

/** Path of the page on which it is decided. */
export function waitingPage(request: WaitingRequest, tenant: string): string {
  if (request === "policy") return `/settings/policies/${tenant}`;
  if (request === "restatement") return `/settings/policies/${tenant}/restatements`;
  if (request === "exception") return `/findings?tenant=${tenant}`;
  return `/settings/retention/${tenant}`;
}

/** `2026-11-22 to 2026-11-30`: the last day is of the period. */
function periodText({ from, to }: { from: string; to: string }): string {
  return `${minuteText(from)} to ${minuteText(to)}`;
}

/** `2026-11-22 14:05 UTC` */
export function minuteText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** trust: hosts and models are what a caller wrote. No line of theirs begins one of ours. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ").slice(0, 300);
}
