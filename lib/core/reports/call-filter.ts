import type { CallBody } from "../ledger/entries/call-body.ts";

/** Facets by which a report chooses calls: null where nothing is asked, else any of these. As the list of calls has them. */
export type ReportFilter = {
  readonly applications: readonly string[] | null;
  /** As in the entry: what was judged; `none`: without a band. */
  readonly bands: readonly string[] | null;
  readonly bases: readonly string[] | null;
  /** Reasons and standing causes. */
  readonly causes: readonly string[] | null;
  readonly hosts: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly operations: readonly string[] | null;
  /** A region's code, `global`, `unknown`, or `none` where nothing was sent. */
  readonly regions: readonly string[] | null;
  readonly sources: readonly string[] | null;
  readonly verdicts: readonly string[] | null;
};

/** Calls that began from `from` to before `to` (RFC 3339 UTC with milliseconds), and pass the filter. */
export type CallChoice = { readonly from: string; readonly to: string; readonly filter: ReportFilter };

export const everyCall: ReportFilter = {
  applications: null,
  bands: null,
  bases: null,
  causes: null,
  hosts: null,
  models: null,
  operations: null,
  regions: null,
  sources: null,
  verdicts: null,
};

/** What a call counts under: of several attempts the one that decided. */
export type CallDimensions = {
  readonly host: string | null;
  readonly model: string | null;
  /** As in `ReportFilter.regions`. */
  readonly region: string;
  /** Something of the call left for the provider, or may have. */
  readonly left: boolean;
};

export function dimensionsOf(body: CallBody): CallDimensions {
  const { attempts, facts, servedRegion, verdict } = body;
  const deciding = attempts.findLast(({ judged }) => judged.verdict === verdict) ?? attempts.at(-1) ?? null;
  const left = deciding !== null && deciding.progress !== "refused" && deciding.progress !== "not_sent";
  return {
    host: deciding?.host ?? null,
    model: facts.modelRequested ?? facts.modelAnswered,
    region: left ? (servedRegion ?? "unknown") : "none",
    left,
  };
}

export function matchesFilter(filter: ReportFilter, body: CallBody, dimensions: CallDimensions): boolean {
  if (filter === everyCall) return true;
  const { host, model, region } = dimensions;
  return (
    has(filter.applications, body.applicationId) &&
    has(filter.bands, body.band ?? "none") &&
    has(filter.bases, body.basis) &&
    hasAny(filter.causes, [...body.reasons, ...body.standing]) &&
    has(filter.hosts, host) &&
    has(filter.models, model) &&
    has(filter.operations, body.facts.operation) &&
    has(filter.regions, region) &&
    has(filter.sources, body.source) &&
    has(filter.verdicts, body.verdict)
  );
}

/** Whether a report is about a call: it began in the period, and the filter fits. */
export function isOfReport(frame: CallChoice, body: CallBody): boolean {
  const { startedAt } = body;
  if (startedAt < frame.from || startedAt >= frame.to) return false;
  return matchesFilter(frame.filter, body, dimensionsOf(body));
}

function has(asked: readonly string[] | null, value: string | null): boolean {
  return asked === null || (value !== null && asked.includes(value));
}

function hasAny(asked: readonly string[] | null, values: readonly string[]): boolean {
  return asked === null || values.some((value) => asked.includes(value));
}
