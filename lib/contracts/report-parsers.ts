import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsIsoDate,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { dayMs } from "../core/calendar.ts";
import { rangeParsers } from "./range-parsers.ts";
import { lastWhole, type ReportPeriod } from "./report-period.ts";

/** Periods the form offers; `custom` is `from` and `to`, whole UTC days, the last one included. */
export const periodIds = ["month", "quarter", "this_month", "custom"] as const;
export type PeriodId = (typeof periodIds)[number];

const values = parseAsArrayOf(parseAsString).withDefault([]);

/** What the URL of `/reports` says: tenant, period and filter of the form. */
export const reportPageParsers = {
  tenant: rangeParsers.tenant,
  period: parseAsStringLiteral(periodIds).withDefault("month"),
  first: parseAsIsoDate,
  last: parseAsIsoDate,
  application: values,
  region: values,
  verdict: values,
  model: values,
  source: values,
};
export type ReportPageState = inferParserType<typeof reportPageParsers>;

/** The state as a page's `searchParams` have it. */
export const readReportsState = createLoader(reportPageParsers);

/** The period that the form is about; null while a day of it is missing, or they stand in the wrong order. */
export function periodOf(
  { period, first, last }: Pick<ReportPageState, "period" | "first" | "last">,
  today: Date,
): ReportPeriod | null {
  if (period === "month") return lastWhole("monthly", today);
  if (period === "quarter") return lastWhole("quarterly", today);
  if (period === "this_month") {
    const from = lastWhole("monthly", today).to;
    return { from, to: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1)) };
  }
  if (first === null || last === null || first > last) return null;
  return { from: first, to: new Date(last.getTime() + dayMs) };
}
