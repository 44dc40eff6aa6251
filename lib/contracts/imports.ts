import { z } from "zod";
import { type CsvField, csvFieldNames } from "../core/intake/csv-fields.ts";
import { recordBytesMax } from "../core/intake/split-records.ts";
import type { RecordErrorCode } from "./intake.ts";
import { tenantName } from "./tenants.ts";
import { line, prose } from "./text.ts";

export const importFormats = ["ndjson", "csv", "litellm"] as const;
export type ImportFormat = (typeof importFormats)[number];

const column = prose.min(1).max(200);

export const csvMapping = z.object({
  columns: z.partialRecord(z.enum(csvFieldNames as [CsvField, ...CsvField[]]), column),
  hostSource: z.enum(["log", "label", "default"]),
  delimiter: z.enum([",", ";", "\t"]),
});

/** Of the columns of a CSV file. */
export const headerLimits = { columnsMax: 500, nameMax: 200 } as const;

const headers = z.array(prose.max(headerLimits.nameMax)).max(headerLimits.columnsMax);

/** One record as it stands in the file; null: longer than is read, or what `why` says. */
const rawRecord = z.object({
  line: z.number().int().min(1).max(2_147_483_647),
  text: z.string().max(recordBytesMax).nullable(),
  why: z.enum(["not_utf8", "open_quote"]).optional(),
});

/** What a page or a command may send at once. */
export const importPartLimits = {
  recordsMax: 1_000,
  textMax: 512 * 1024,
  bodyBytesMax: 16 * 1024 * 1024,
} as const;

export const previewImportInput = z.object({
  tenant: tenantName,
  format: z.enum(importFormats),
  /** Of a CSV file the first is the line of its columns. */
  records: z.array(rawRecord).max(50),
  /** Left out: one is suggested. */
  mapping: csvMapping.optional(),
});
export type PreviewImportInput = z.infer<typeof previewImportInput>;

export const createImportInput = z
  .object({
    tenant: tenantName,
    application: line.trim().min(1).max(120),
    environment: z.enum(["production", "test"]).default("production"),
    format: z.enum(importFormats),
    fileName: line.trim().min(1).max(200),
    fileBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    /** Of a CSV file: its columns, in their order, and which is what. */
    csv: z.object({ headers, mapping: csvMapping }).optional(),
    dryRun: z.boolean(),
  })
  .refine(({ format, csv }) => (format === "csv") === (csv !== undefined), {
    message: "A CSV file has a mapping, and no other has one.",
    path: ["csv"],
  });
export type CreateImportInput = z.infer<typeof createImportInput>;

export const importPartInput = z.object({
  tenant: tenantName,
  /** From 0 without gaps. One that was taken is taken again as the same. */
  seq: z.number().int().min(0).max(10_000_000),
  /** Bytes of the file that have been read so far. */
  bytesRead: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  records: z.array(rawRecord).max(importPartLimits.recordsMax),
});
export type ImportPartInput = z.infer<typeof importPartInput>;

export const importInput = z.object({ tenant: tenantName });

/** Why a record of a file was not recorded. Each has its anchor in docs/errors.md. */
export type ImportErrorCode = RecordErrorCode | "line_unreadable";

export type ImportCounts = {
  /** Records of the file that were read. */
  readonly records: number;
  /** In a dry run: would be. */
  readonly recorded: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly joined: number;
  /** Sound, and no call to OpenAI. */
  readonly ignored: number;
  readonly rejected: number;
};

export type ImportSummary = {
  readonly id: string;
  readonly tenant: string;
  readonly application: string;
  readonly state: "receiving" | "running" | "done" | "cancelled";
  readonly format: ImportFormat;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly bytesTaken: number;
  readonly dryRun: boolean;
  readonly startedBy: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** Pieces that wait to be recorded. */
  readonly partsWaiting: number;
  readonly partsTaken: number;
  readonly counts: ImportCounts;
  /** How many of the rejected records the error file holds. */
  readonly errorsKept: number;
  /** Hosts as the file tells them, the most named first. `""`: told none. */
  readonly hosts: readonly { readonly host: string; readonly calls: number }[];
  readonly earliest: string | null;
  readonly latest: string | null;
};

export type ImportList = { readonly imports: readonly ImportSummary[]; readonly mayImport: boolean };

/** One record of the preview: what was read of it. */
export type PreviewedRecord = {
  /** Its number in the file, from 1; the line of the columns is none. */
  readonly record: number;
  readonly line: number;
  readonly outcome: "call" | "ignored" | "rejected";
  readonly message: string | null;
  readonly startedAt: string | null;
  readonly host: string | null;
  readonly operation: string | null;
  readonly model: string | null;
  readonly status: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

export type ImportPreview = {
  /** Of a CSV file. */
  readonly headers: readonly string[];
  readonly mapping: z.infer<typeof csvMapping> | null;
  /** What is wrong with the mapping; empty: the file can be read by it. */
  readonly problems: readonly string[];
  readonly records: readonly PreviewedRecord[];
};
