import { verdictWords } from "../verdicts/verdict-words.ts";
import type { ReportFilter } from "./call-filter.ts";

/**
 * A filter in one sentence, as page, manifest and report print it. `nameOf` an application. The verifier compares it: who words
 * it otherwise gives the report a new version.
 */
export function filterWords(filter: ReportFilter, nameOf: (applicationId: string) => string): string {
  const parts: string[] = [];
  const say = (values: readonly string[] | null, what: string, word = (value: string) => value): void => {
    if (values !== null) parts.push(`${what} ${listed(values.map(word))}`);
  };
  say(filter.applications, "of the application", nameOf);
  say(filter.regions, "sent to", regionWord);
  say(filter.hosts, "to the host");
  say(filter.models, "for the model");
  say(filter.operations, "by the operation");
  say(filter.verdicts, "judged", (verdict) =>
    Object.hasOwn(verdictWords, verdict)
      ? `"${verdictWords[verdict as keyof typeof verdictWords]}"`
      : verdict,
  );
  say(filter.bands, "in the band");
  say(filter.causes, "because of");
  say(filter.bases, "on the basis");
  say(filter.sources, "known from");
  return parts.length === 0 ? "Every call." : `Calls ${parts.join(", ")}.`;
}

const regionWords: Readonly<Record<string, string>> = {
  global: "the global host",
  unknown: "a place that is not known",
  none: "nowhere",
};
const regionWord = (region: string): string => regionWords[region] ?? region;

function listed(values: readonly string[]): string {
  const last = values.at(-1);
  if (last === undefined) return "none";
  return values.length === 1 ? last : `${values.slice(0, -1).join(", ")} or ${last}`;
}
