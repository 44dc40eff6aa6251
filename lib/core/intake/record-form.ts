import type { RecordForm } from "./split-records.ts";

/** How a file is cut into records, by its format and how it begins: JSON is an array, or one object a line. */
export function recordFormOf(format: string, beginning: string): RecordForm {
  if (format === "csv") return "csv";
  return /^\uFEFF?\s*\[/.test(beginning) ? "json" : "lines";
}

/** What a file probably is, by its name and how it begins. The reader may say otherwise. */
export function formatOfFile(fileName: string, beginning: string): "ndjson" | "csv" | "litellm" {
  if (/\.(csv|tsv|txt)$/i.test(fileName) && !/^\uFEFF?\s*[[{]/.test(beginning)) return "csv";
  return /"(custom_llm_provider|litellm_call_id|call_type|startTime)"/.test(beginning) ? "litellm" : "ndjson";
}
