"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { previewQuery } from "../../lib/client/reports.ts";
import { periodOf, reportPageParsers } from "../../lib/contracts/report-parsers.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";

/** What the form asks, as the URL has it, and what a pack of it would be. `today`: when the page was made. */
export function useReportQuestion(tenant: TenantSummary, today: string) {
  const [state, setState] = useQueryStates(reportPageParsers);
  const period = periodOf(state, new Date(today));
  const { application, region, verdict, model, source } = state;
  const filter = { application, region, verdict, model, source };
  const search = {
    tenant: tenant.slug,
    from: period?.from.toISOString() ?? "",
    to: period?.to.toISOString() ?? "",
    ...filter,
  };
  const preview = useQuery({ ...previewQuery(search), enabled: period !== null });
  return { state, setState, period, filter, search, preview };
}

export type ReportQuestion = ReturnType<typeof useReportQuestion>;
