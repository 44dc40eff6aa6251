import { z } from "zod";
import { callSearch } from "./calls.ts";

export const exportFormats = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Search of `/api/calls/export`: exactly the list's filter, and the form of the file. */
export const callExportSearch = callSearch
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(exportFormats).default("csv") });
export type CallExportSearch = z.infer<typeof callExportSearch>;

/** Header of an answer that is a file: how many rows it has. A file with fewer was cut off. */
export const exportRowsHeader = "x-domicile-rows";
