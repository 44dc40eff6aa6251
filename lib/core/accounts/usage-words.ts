import type { UsageState } from "./compare-usage.ts";
import type { UsageKind } from "./usage-kind.ts";

/** What each usage endpoint of the provider counts, on screen and in reports. */
export const usageKindWords: Readonly<Record<UsageKind, string>> = {
  completions: "Chat, responses and completions",
  embeddings: "Embeddings",
  moderations: "Moderations",
  images: "Images",
  audio_speeches: "Speech",
  audio_transcriptions: "Transcriptions and translations",
};

/** How a day stands, with what it may mean. */
export const usageStateWords: Readonly<
  Record<UsageState, { readonly title: string; readonly sentence: string }>
> = {
  agrees: {
    title: "All recorded",
    sentence: "Every request that OpenAI counted can be one of the record's.",
  },
  more_at_provider: {
    title: "Missing from the record",
    sentence:
      "OpenAI counted more requests than the record can account for, also when every call near the ends of the day, every call of which no project is known, and every call of other tenants with a key of the project, is taken for one of them.",
  },
  fewer_at_provider: {
    title: "Fewer at OpenAI",
    sentence:
      "The record holds more calls answered with a success than OpenAI counted. It leaves nothing out of the record: the figures may come later, or OpenAI does not count all of them.",
  },
  not_comparable: {
    title: "Not comparable",
    sentence:
      "OpenAI counted more requests, and the record holds calls of which one may be any number of requests: runs, sessions, batches, tools that run at OpenAI. Whether any is missing cannot be told.",
  },
};

type MissingDay = {
  readonly day: string;
  readonly kind: UsageKind;
  readonly providerRequests: number;
  readonly missing: number;
};

const namedMax = 10;

/** `2026-11-27, Embeddings: 3 of the 1204 requests that OpenAI counted.` for each, as a case's history has it. */
export function missingWords(missing: readonly MissingDay[]): string {
  const told = missing
    .slice(0, namedMax)
    .map(
      ({ day, kind, missing: none, providerRequests }) =>
        `${day}, ${usageKindWords[kind].toLowerCase()}: ${none} of ${providerRequests}`,
    );
  const more = missing.length > told.length ? `; and ${missing.length - told.length} more` : "";
  return `Requests that OpenAI counted and the record does not hold: ${told.join("; ")}${more}.`;
}
