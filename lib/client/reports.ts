import { queryOptions } from "@tanstack/react-query";
import type {
  PreviewSearch,
  ReportInput,
  ReportLink,
  ReportList,
  ReportPart,
  ReportPreview,
  ScheduleInput,
} from "../contracts/reports.ts";
import { fetchJson } from "./fetch-json.ts";

/** The reports of a tenant, or of all the reader's. Asked for again while one is under way. */
export function reportsQuery(tenant: string | null) {
  const params = new URLSearchParams(tenant === null ? {} : { tenant });
  return queryOptions({
    queryKey: ["reports", tenant] as const,
    queryFn: ({ signal }) => fetchJson<ReportList>(`/api/reports?${params}`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => ["queued", "building", "signing"].includes(item.state))
        ? 1_000
        : 30_000,
  });
}

/** What a pack would be, before it is built. */
export function previewQuery(search: PreviewSearch) {
  const params = new URLSearchParams({ tenant: search.tenant, from: search.from, to: search.to });
  for (const facet of ["application", "region", "verdict", "model", "source"] as const)
    for (const value of search[facet]) params.append(facet, value);
  return queryOptions({
    queryKey: ["reports", "preview", params.toString()] as const,
    queryFn: ({ signal }) => fetchJson<ReportPreview>(`/api/reports/preview?${params}`, { signal }),
    retry: false,
  });
}

export const requestReport = (input: ReportInput) =>
  fetchJson<{ id: string }>("/api/reports", { method: "POST", body: input });

export const scheduleReport = (input: ScheduleInput) =>
  fetchJson<{ id: string }>("/api/reports/schedules", { method: "POST", body: input });

export const endSchedule = (tenant: string, id: string) =>
  fetchJson<void>(`/api/reports/schedules/${encodeURIComponent(id)}`, { method: "DELETE", body: { tenant } });

export const cancelReport = (tenant: string, id: string) =>
  fetchJson<void>(`/api/reports/${encodeURIComponent(id)}/cancel`, { method: "POST", body: { tenant } });

/** A link that is used by following it, once, within a minute. */
export const linkReport = (id: string, part: ReportPart) =>
  fetchJson<ReportLink>(`/api/reports/${encodeURIComponent(id)}/links`, { method: "POST", body: { part } });
