import type { ImportFormat, ImportSummary } from "../../lib/contracts/imports.ts";
import { formatCount } from "../ui/format-number.ts";

export const formatWords: Readonly<Record<ImportFormat, string>> = {
  ndjson: "Domicile's records",
  csv: "CSV",
  litellm: "LiteLLM",
};

export function stateWord({ state, dryRun }: Pick<ImportSummary, "state" | "dryRun">): string {
  if (state === "receiving") return "Reading";
  if (state === "running") return "Recording";
  if (state === "cancelled") return "Given up";
  return dryRun ? "Checked" : "Recorded";
}

/** What became of a file, in one sentence. */
export function outcomeSentence({ counts, dryRun }: Pick<ImportSummary, "counts" | "dryRun">): string {
  const { records, recorded, duplicate, joined, ignored, rejected, conflict } = counts;
  const parts = [
    `${formatCount(recorded)} ${dryRun ? "would be recorded" : "recorded"}`,
    ...(duplicate > 0 ? [`${formatCount(duplicate)} known already`] : []),
    ...(joined > 0 ? [`${formatCount(joined)} joined to calls of the gateway`] : []),
    ...(ignored > 0 ? [`${formatCount(ignored)} no calls to OpenAI`] : []),
    ...(conflict > 0 ? [`${formatCount(conflict)} known with other content`] : []),
    `${formatCount(rejected)} rejected`,
  ];
  return `${formatCount(records)} records read: ${parts.join(" · ")}.`;
}

const units = ["B", "KB", "MB", "GB", "TB"] as const;

export function sizeWords(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)}\u202f${units[step]}`;
}
