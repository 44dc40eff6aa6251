import { type RecordedUsage, type UsageState, usageStates } from "../accounts/compare-usage.ts";
import { dayNumber } from "../calendar.ts";
import type { DetailValue } from "../ledger/entries/detail-codec.ts";
import type { EventBody } from "../ledger/entries/event-body.ts";

/** A UTC day of a project as the provider counted it beside the record, as its entry says it. Counts are of requests or calls. */
export type ComparedDay = RecordedUsage & {
  /** The provider's id of the project. */
  readonly project: string;
  /** `2026-11-27` */
  readonly day: string;
  /** Which of the provider's usage endpoints counted it. */
  readonly kind: string;
  /** Number of the rule by which state and missing follow from the counts. */
  readonly rule: number;
  readonly providerRequests: number;
  readonly batchRequests: number;
  readonly state: UsageState;
  readonly missing: number;
};

/** Kind of the event that says so. */
export const usageCompared = "usage.compared";

/** trust: an entry may say anything. Null: it is no comparison that this program knows. */
export function readComparedDay({
  subject,
  detail,
}: Pick<EventBody, "subject" | "detail">): ComparedDay | null {
  const { day, kind, state } = detail;
  const known = usageStates.find((each) => each === state);
  if (known === undefined || typeof kind !== "string" || !isDay(day)) return null;
  const counts = {
    rule: detail.rule,
    providerRequests: detail.providerRequests,
    batchRequests: detail.batchRequests,
    sent: detail.sent,
    accepted: detail.accepted,
    reported: detail.reported,
    edge: detail.edge,
    ownEdge: detail.ownEdge,
    unnamed: detail.unnamed,
    elsewhere: detail.elsewhere,
    open: detail.open,
    missing: detail.missing,
  };
  if (!areCounts(counts)) return null;
  return { project: subject, day, kind, state: known, ...counts };
}

function isDay(value: DetailValue | undefined): value is string {
  return typeof value === "string" && dayNumber(value) !== null;
}

function areCounts<Name extends string>(
  counts: Readonly<Record<Name, DetailValue | undefined>>,
): counts is Readonly<Record<Name, number>> {
  return Object.values<DetailValue | undefined>(counts).every(
    (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
  );
}
