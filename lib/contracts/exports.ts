import { z } from "zod";
import { callSearch } from "./calls.ts";
import { findingSearch } from "./findings.ts";
import { latencySearch } from "./latency.ts";
import { instant } from "./range.ts";
import { resourceSearch } from "./resources.ts";
import { tenantInput } from "./tenants.ts";
import { line } from "./text.ts";
import { trailSearch } from "./trail.ts";
import { usageSearch } from "./usage.ts";

export const exportFormats = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const format = z.enum(exportFormats).default("csv");
const page = { cursor: true, limit: true } as const;

/**
 * Search of `/api/calls/export`: exactly the list's filter, up to what its tail shows (`upTo`), and the form of the file.
 * `listedTo` and `listedUpTo` are the end of the list's window and its `liveCursor`: what was recorded up to there is in the file where it
 * began in that window, and what the tail let in since is, whenever it says it began. Both or neither.
 */
export const callExportSearch = callSearch
  .omit(page)
  .extend({ format, listedTo: instant.optional(), listedUpTo: line.min(1).max(2000).optional() });
export type CallExportSearch = z.infer<typeof callExportSearch>;

/** The same for `/api/findings/export`. */
export const findingExportSearch = findingSearch.omit(page).extend({ format });
export type FindingExportSearch = z.infer<typeof findingExportSearch>;

/** The same for `/api/resources/export`. */
export const resourceExportSearch = resourceSearch.omit(page).extend({ format });
export type ResourceExportSearch = z.infer<typeof resourceExportSearch>;

/** The same for `/api/usage/export`. With `range` and the `to` of an answer the span is that answer's. */
export const usageExportSearch = usageSearch.extend({ format });
export type UsageExportSearch = z.infer<typeof usageExportSearch>;

/** The same for `/api/latency/export`. */
export const latencyExportSearch = latencySearch.extend({ format });
export type LatencyExportSearch = z.infer<typeof latencyExportSearch>;

/** The same for `/api/trail/export`. `to` is at the latest when the list was read. */
export const trailExportSearch = trailSearch.omit(page).extend({ format });
export type TrailExportSearch = z.infer<typeof trailExportSearch>;

/** Search of `/api/applications/export`: a tenant has few, and all of them are listed. */
export const applicationExportSearch = tenantInput.extend({ format });
export type ApplicationExportSearch = z.infer<typeof applicationExportSearch>;

/** Header of an answer that is a file: how many rows it has. A file with fewer was cut off. */
export const exportRowsHeader = "x-domicile-rows";
