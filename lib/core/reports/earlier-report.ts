import { computeControls, conclusionOf } from "./compute-controls.ts";
import { countOf, sortedCounts } from "./compute-report.ts";
import { computeTransfers } from "./compute-transfers.ts";
import type { ComputedReport, Listed, Place, Section } from "./computed-report.ts";
import { isCovered } from "./computed-report.ts";
import { casesInOrder } from "./count-cases.ts";
import type { ChangeEntry } from "./count-changes.ts";
import { listedMax } from "./first-rows.ts";
import { listed } from "./group-shapes.ts";
import { notShown } from "./not-shown.ts";
import type { Report } from "./report.ts";
import type { ReportFrame } from "./report-frame.ts";
import type { TallyPart } from "./tally-part.ts";

/**
 * The figures as a report of this version says them. What a later version added or corrected is not in an earlier one, and a
 * pack that was once handed over is verified for years.
 */
export function asSaidIn(
  version: Report["v"],
  computed: ComputedReport,
  frame: ReportFrame,
  part: TallyPart,
): object {
  if (version === 6) return computed;
  const fifth = asSaidInV5(computed, frame, part);
  if (version === 5) return fifth;
  const fourth = asSaidInV4(fifth, frame, part);
  if (version === 4) return fourth;
  const third = asSaidInV3(fourth, part);
  if (version === 3) return third;
  const second = asSaidInV2(third, frame, part);
  return version === 2 ? second : asSaidInV1(second);
}

/** Version 5 knew nothing of the provider's own count, and listed no pins. */
function asSaidInV5(computed: ComputedReport, frame: ReportFrame, part: TallyPart) {
  const { provider_usage: _usage, pins: _pins, controls, population, ...rest } = computed;
  const { retrospective } = population.calls;
  return {
    ...rest,
    population,
    controls: controls.filter(({ id }) => id !== "provider_count_accounted"),
    not_shown: notShown(frame, part, { retrospective }),
  };
}

/**
 * Version 4 did not tell calls that began before the first policy from others, nor full checks that failed from those that found
 * nothing.
 */
function asSaidInV4(computed: ReturnType<typeof asSaidInV5>, frame: ReportFrame, part: TallyPart) {
  const { population, integrity, controls } = computed;
  const { retrospective: _before, ...calls } = population.calls;
  const { failed_checks: _failed, ...said } = integrity;
  const earlier = new Map(computeControls(part, null, 4).map((control) => [control.id, control]));
  return {
    ...computed,
    population: { ...population, calls },
    integrity: said,
    controls: controls.map((control) =>
      control.id === "policy_in_force" || control.id === "record_unbroken"
        ? (earlier.get(control.id) ?? control)
        : control,
    ),
    not_shown: notShown(frame, part),
  };
}

/**
 * Version 3 was written by programs that could grant no exception, and listed the cases that attempts make, and none that only
 * the call as a whole does.
 */
function asSaidInV3(computed: ReturnType<typeof asSaidInV4>, part: TallyPart) {
  const { exceptions } = computed;
  const cases = listed(casesInOrder(part.cases), listedMax);
  return {
    ...computed,
    findings: { ...computed.findings, cases },
    exceptions: isCovered(exceptions)
      ? exceptions
      : { not_covered: `${exceptions.not_covered} ${noVerbInV3}` },
  };
}

/**
 * Version 2 held the place of processing for known where either part of it was, cut restatements with all other events, spoke
 * of entries that are not here as of none, and counted late outcomes whatever the filter.
 */
function asSaidInV2(computed: ReturnType<typeof asSaidInV3>, frame: ReportFrame, part: TallyPart) {
  const { late_deviations: _late, dora: _dora, population, changes, controls, ...rest } = computed;
  const { late_outcomes_other_filter: _other, ...counted } = population;
  const { looks: _looks, copies: _copies, ...changed } = changes;
  const late = new Map(part.otherLateOutcomes);
  for (const [verdict, n] of part.lateOutcomes) late.set(verdict, (late.get(verdict) ?? 0) + n);
  return {
    ...rest,
    population: {
      ...counted,
      late_outcomes: sortedCounts(late, (verdict, n) => ({ verdict, calls: n })),
    },
    changes: changed,
    controls: controls.map((control) => ({ ...control, conclusion: conclusionOf(control) })),
    transfers: computeTransfers(part.shapes, eitherPlace),
    restatements: eventsInV2(part, "restatement", "No verdict of the period was restated in it."),
    exceptions: eventsInV2(part, "exception", noExceptionsInV2),
    not_shown: notShown(frame, part, { provisional: "The rest of the period, which was not over." }),
  };
}

function asSaidInV1(second: ReturnType<typeof asSaidInV2>) {
  const { findings, exceptions } = second;
  return {
    ...second,
    findings: { events: findings.events },
    exceptions: isCovered(exceptions) ? exceptions : { not_covered: noExceptionsInV1 },
  };
}

function eitherPlace(inference: Place, handling: Place): Place {
  const known = [inference, handling].filter((place) => place !== "undetermined");
  return known.length === 0 ? "undetermined" : [...new Set(known.flat())].sort();
}

function eventsInV2(part: TallyPart, noun: string, none: string): Section<Listed<ChangeEntry>> {
  const isOfNoun = (kind: string): boolean => kind.startsWith(`${noun}.`);
  const count = countOf(part, isOfNoun);
  if (count === 0) return { not_covered: none };
  return listed(
    part.changes.rows.filter(({ kind }) => isOfNoun(kind)),
    listedMax,
    count,
  );
}

const noVerbInV3 =
  "Domicile has no verb that grants one: a finding is acknowledged or resolved, and no call is excused.";
const noExceptionsInV2 = `No exception was asked for or granted in the period. ${noVerbInV3}`;
const noExceptionsInV1 =
  "No exception was asked for or granted in the period. None can exist before the findings workflow does.";
