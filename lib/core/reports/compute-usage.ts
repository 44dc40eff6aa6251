import { dayMs, millisecondsOf } from "../calendar.ts";
import { type ComputedReport, isCovered } from "./computed-report.ts";
import type { ToldDay, UsageRow } from "./count-usage.ts";
import { addSum, exactSum, totalOf } from "./exact-sum.ts";
import { listedMax } from "./first-rows.ts";
import { listed } from "./group-shapes.ts";
import { noneSaid } from "./none-said.ts";
import type { ReportFrame } from "./report-frame.ts";
import type { TallyPart } from "./tally-part.ts";
import type { UsageDay, UsageOfProject } from "./usage-rows.ts";

/** The provider's own count beside the record, by project and kind of usage: all that settled entries say of it. */
export function computeUsage(
  { from, to }: Pick<ReportFrame, "from" | "to">,
  part: TallyPart,
): ComputedReport["provider_usage"] {
  const { rows, differing, differingCount, unreadable } = part.usage;
  if (rows.size === 0 && unreadable === 0)
    return noneSaid(part, "No day was held against the provider's own count");
  const inOrder = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const ofPeriod = inOrder.filter((row) => row.ofPeriod);
  return {
    period_days: Math.ceil((millisecondsOf(to) - startOfDay(from)) / dayMs),
    compared_until:
      ofPeriod
        .map(({ lastDay }) => lastDay)
        .sort()
        .at(-1) ?? null,
    projects: listed(ofPeriod.map(rowOf), listedMax),
    earlier: listed(inOrder.filter((row) => !row.ofPeriod).map(rowOf), listedMax),
    differing: listed(differing.map(dayOf), listedMax, differingCount),
    unreadable,
  };
}

/** What the provider counted on the days that the report tells of, what of it the record does not hold, and what cannot be said. */
export function providerRequestsOf({ usage: { rows } }: Pick<TallyPart, "usage">) {
  const [counted, missing, notComparable] = [exactSum(), exactSum(), exactSum()];
  for (const row of rows.values()) {
    addSum(counted, row.sums.providerRequests);
    addSum(missing, row.sums.missing);
    addSum(notComparable, row.notComparable);
  }
  const whole = (sum: typeof counted): number => Math.min(Number(totalOf(sum)), Number.MAX_SAFE_INTEGER);
  return { counted: whole(counted), missing: whole(missing), notComparable: whole(notComparable) };
}

/** The same as a report says it; null: no day was compared. */
export function providerCountOf({ provider_usage, controls }: ComputedReport) {
  const control = controls.find(({ id }) => id === "provider_count_accounted");
  if (!isCovered(provider_usage) || control === undefined) return null;
  return { counted: control.population, missing: control.failed, notComparable: control.not_testable };
}

const startOfDay = (at: string): number => millisecondsOf(`${at.slice(0, 10)}T00:00:00.000Z`);

function rowOf({ project, kind, states, firstDay, lastDay, sums }: UsageRow): UsageOfProject {
  return {
    project,
    kind,
    days: Object.values(states).reduce((sum, n) => sum + n, 0),
    ...states,
    first_day: firstDay,
    last_day: lastDay,
    provider_requests: totalOf(sums.providerRequests),
    batch_requests: totalOf(sums.batchRequests),
    sent: totalOf(sums.sent),
    accepted: totalOf(sums.accepted),
    reported: totalOf(sums.reported),
    edge: totalOf(sums.edge),
    own_edge: totalOf(sums.ownEdge),
    unnamed: totalOf(sums.unnamed),
    elsewhere: totalOf(sums.elsewhere),
    open: totalOf(sums.open),
    missing: totalOf(sums.missing),
  };
}

function dayOf(told: ToldDay): UsageDay {
  return {
    index: told.index,
    project: told.project,
    day: told.day,
    kind: told.kind,
    state: told.state,
    provider_requests: told.providerRequests,
    batch_requests: told.batchRequests,
    sent: told.sent,
    accepted: told.accepted,
    reported: told.reported,
    edge: told.edge,
    own_edge: told.ownEdge,
    unnamed: told.unnamed,
    elsewhere: told.elsewhere,
    open: told.open,
    missing: told.missing,
    of_period: told.ofPeriod,
  };
}
