import { dayMs } from "../calendar.ts";
import { asUuid, int4Max } from "../calls/json-fields.ts";
import type { ReportedCall } from "./reported-call.ts";

/** How far from now a call may have begun. */
export type AcceptedWindow = { readonly backMs: number; readonly aheadMs: number };

export const acceptedWindow: AcceptedWindow = { backMs: 400 * dayMs, aheadMs: 10 * 60_000 };

export type ReportProblem = {
  readonly code: "record_invalid" | "started_too_early" | "started_in_future";
  readonly field: string;
  readonly message: string;
};

/** As the clock reads what the report says, in milliseconds since 1970; NaN: that is no time. */
export type ReportTimes = { readonly startedAt: number; readonly endedAt: number | null };

/**
 * Why a report is not taken; null: it is. trust: mappers keep to their types, but what they were given came from anywhere,
 * so everything that would stop the whole batch later is looked at here.
 */
export function checkReport(
  report: ReportedCall,
  { startedAt, endedAt }: ReportTimes,
  now: number,
  window: AcceptedWindow = acceptedWindow,
): ReportProblem | null {
  if (!/^[\x21-\x7e]{1,200}$/.test(report.clientId))
    return invalid("clientId", "It must be 1 to 200 printable ASCII characters without blanks.");
  if (!timeForm.test(report.startedAt) || Number.isNaN(startedAt))
    return invalid("startedAt", "It must be a time as RFC 3339 in UTC, with milliseconds.");
  if (startedAt < now - window.backMs)
    return {
      code: "started_too_early",
      field: "startedAt",
      message: `Calls are taken up to ${Math.round(window.backMs / dayMs)} days back.`,
    };
  if (startedAt > now + window.aheadMs)
    return {
      code: "started_in_future",
      field: "startedAt",
      message: `It lies more than ${Math.round(window.aheadMs / 60_000)} minutes ahead of the clock here.`,
    };
  if (endedAt !== null) {
    if (!timeForm.test(report.endedAt ?? "") || Number.isNaN(endedAt))
      return invalid("endedAt", "It must be a time as RFC 3339 in UTC.");
    if (endedAt < startedAt) return invalid("endedAt", "It lies before startedAt.");
    // The store counts a call's milliseconds in 32 bits: 24 days.
    if (endedAt - startedAt > int4Max)
      return invalid("endedAt", "It lies more than 24 days behind startedAt.");
  }
  if (report.gatewayCallId !== null && asUuid(report.gatewayCallId) !== report.gatewayCallId)
    return invalid("gatewayCallId", "It must be a UUID.");
  return numberProblem(report);
}

function numberProblem({ usage, ttftMs, status, requestBytes, responseBytes, echo }: ReportedCall) {
  const small: readonly (readonly [string, number | null])[] = [
    ["usage.inputTokens", usage.inputTokens],
    ["usage.outputTokens", usage.outputTokens],
    ["usage.cachedInputTokens", usage.cachedInputTokens],
    ["usage.reasoningTokens", usage.reasoningTokens],
    ["ttftMs", ttftMs],
    ["status", status],
    ["echo.processingMs", echo.processingMs],
  ];
  for (const [field, value] of small)
    if (!isCount(value, int4Max)) return invalid(field, `It must be a whole number from 0 to ${int4Max}.`);
  if (!isCount(requestBytes, Number.MAX_SAFE_INTEGER))
    return invalid("requestBytes", "It must be a whole number.");
  if (!isCount(responseBytes, Number.MAX_SAFE_INTEGER))
    return invalid("responseBytes", "It must be a whole number.");
  return null;
}

function isCount(value: number | null, max: number): boolean {
  return value === null || (Number.isSafeInteger(value) && value >= 0 && value <= max);
}

/** RFC 3339 UTC with milliseconds, as `toISOString` writes it. */
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function invalid(field: string, message: string): ReportProblem {
  return { code: "record_invalid", field, message };
}
