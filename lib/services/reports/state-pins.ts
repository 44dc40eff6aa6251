import { dayWords } from "../../contracts/instant-words.ts";
import { pinSourceWords } from "../../core/policies/pin-words.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import type { KeyAt } from "../../db/report-keys.ts";

/** What the project behind each key is bound to, as it was known when the range ended, and how. */
export function statePins(keys: readonly KeyAt[]): StatedReport["pins"] {
  if (keys.length === 0) return { not_covered: "No key at OpenAI was in use in the period." };
  return keys.map((key) => ({
    credential: key.id,
    label: key.label,
    project: key.projectId,
    source: key.source ?? "none",
    kind: key.kind ?? "unknown",
    region: key.region,
    since: key.since?.toISOString() ?? null,
    words: wordsOf(key),
    entry: key.index,
  }));
}

function wordsOf({ source, attestedBy, since, statement }: KeyAt): string {
  const how = pinSourceWords[source ?? "none"];
  const by = attestedBy === null ? "" : ` by ${attestedBy}`;
  const day = since === null ? "" : ` on ${dayWords(since)}`;
  return `${how}${by}${day}${statement ? `: ${statement}` : ""}`;
}
