import type { ReportPeriod } from "../../contracts/report-period.ts";
import {
  type PreviewSearch,
  type ReportFacet,
  type ReportInput,
  type ReportPreview,
  reportFacets,
} from "../../contracts/reports.ts";
import { dayMs } from "../../core/calendar.ts";
import type { ReportFilter } from "../../core/reports/call-filter.ts";
import { applicationsById } from "../../db/application.ts";
import { choicesOfPeriod, countChosen } from "../../db/report-range.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { type TenantRef, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { filterOf, rowFilter } from "./filter-of.ts";
import { findRange, type PackRange } from "./find-range.ts";

/** Over which a period is refused: 400 days, a year with its leap day and a month. */
const daysMax = 400;

/** What a pack would be: the filter in words, how many calls, which entries; all of one snapshot. */
export async function previewReport(actor: Actor, search: PreviewSearch): Promise<ReportPreview> {
  const tenant = await tenantFor(actor, "report:build", search.tenant);
  return readTenantsSql([tenant.tenantId], async (sql) => {
    const { words, range, calls, choices } = await lookAhead(sql, tenant, search);
    return {
      words,
      calls,
      range: range && {
        log: range.origin,
        epoch: range.key.epoch,
        first: range.first,
        end: range.end,
        signedAt: range.endHead.signedAt.toISOString(),
      },
      final: range?.final ?? false,
      otherEpochs: range?.otherEpochs ?? [],
      choices,
    };
  });
}

type Outlook = {
  readonly filter: ReportFilter;
  readonly words: string;
  readonly range: PackRange | null;
  readonly calls: number;
  readonly choices: ReportPreview["choices"];
};

/** Refuses a period that is none, or one that begins in the future. */
export async function lookAhead(
  sql: SqlTransaction,
  { tenantId }: Pick<TenantRef, "tenantId">,
  search: ReportInput,
): Promise<Outlook> {
  const period = periodOf(search);
  const applications = await applicationsById(sql, [tenantId]);
  const { filter, words } = filterOf(search, applications);
  const { range, calls } = await countIn(sql, tenantId, period, filter);
  const rows = await choicesOfPeriod(sql, tenantId, period.from, period.to);
  const valuesOf = (facet: ReportFacet) => {
    const counts = new Map<string, number>();
    for (const row of rows.filter((each) => each.facet === facet)) {
      const value = facet === "application" ? (applications.get(row.value)?.name ?? row.value) : row.value;
      counts.set(value, (counts.get(value) ?? 0) + Number(row.calls));
    }
    // `other` and `none` are words of the figures; a call has a model or it has not.
    return [...counts]
      .filter(([value]) => facet !== "model" || (value !== "other" && value !== "none"))
      .map(([value, n]) => ({ value, calls: n }));
  };
  const choices = Object.fromEntries(reportFacets.map((facet) => [facet, valuesOf(facet)])) as unknown;
  return {
    filter,
    words,
    range,
    calls,
    choices: choices as Record<ReportFacet, ReturnType<typeof valuesOf>>,
  };
}

/** The entries of a period, and how many calls of them a filter chooses. */
export async function countIn(
  sql: SqlTransaction,
  tenantId: string,
  period: ReportPeriod,
  filter: ReportFilter,
): Promise<{ readonly range: PackRange | null; readonly calls: number }> {
  const range = await findRange(sql, tenantId, period, null);
  if (range === null) return { range, calls: 0 };
  const { key, first, end } = range;
  return {
    range,
    calls: await countChosen(sql, { ...period, ...key, first, end, filter: rowFilter(filter) }),
  };
}

function periodOf({ from, to }: Pick<ReportInput, "from" | "to">): ReportPeriod {
  const period = { from: new Date(from), to: new Date(to) };
  const days = (period.to.getTime() - period.from.getTime()) / dayMs;
  if (days > 0 && days <= daysMax) return period;
  const message =
    days > 0 ? `A report is about ${daysMax} days at most.` : "The period ends before it begins.";
  throw new Refusal("invalid_input", "Some of the input is not accepted.", {
    fields: [{ field: "to", message }],
  });
}
