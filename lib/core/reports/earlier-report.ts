import type { ComputedReport } from "./computed-report.ts";
import { isCovered } from "./computed-report.ts";
import type { Report } from "./report.ts";

/**
 * The figures as a report of this version says them. What a later version added is not in an earlier one, and a pack that
 * was once handed over is verified for years.
 */
export function asSaidIn(version: Report["v"], computed: ComputedReport): object {
  if (version === 2) return computed;
  const { findings, exceptions } = computed;
  return {
    ...computed,
    findings: { events: findings.events },
    exceptions: isCovered(exceptions) ? exceptions : { not_covered: noExceptionsInV1 },
  };
}

const noExceptionsInV1 =
  "No exception was asked for or granted in the period. None can exist before the findings workflow does.";
