/**
 * What a case came from. The five of the template by which banks of the Union report major incidents (Commission Implementing
 * Regulation (EU) 2025/302, Annex II, data field 4.1 "High-level classification of root causes of the incident", 2026-11-30), so
 * that one word serves both; and that it could not be found out. On screen in this order, the likeliest first.
 */
export const rootCauses = [
  "process_failure",
  "system_failure",
  "human_error",
  "external_event",
  "malicious_action",
  "not_determined",
] as const;
export type RootCause = (typeof rootCauses)[number];

export const rootCauseWords: Readonly<
  Record<RootCause, { readonly title: string; readonly meaning: string }>
> = {
  process_failure: {
    title: "Process failure",
    meaning: "A procedure, a review or a duty was missing, or was not followed.",
  },
  system_failure: {
    title: "System failure or malfunction",
    meaning: "Software or its configuration did something else than was meant.",
  },
  human_error: { title: "Human error", meaning: "Somebody made a mistake or left something out." },
  external_event: {
    title: "External event",
    meaning: "A third party failed, or changed something on its side: the provider, a vendor.",
  },
  malicious_action: { title: "Malicious action", meaning: "Somebody did it on purpose." },
  not_determined: { title: "Not determined", meaning: "It was looked for and not found. Say where." },
};

/** What somebody states of a case: what caused it, and what keeps it from coming again. */
export type Analysis = {
  readonly rootCause: RootCause;
  readonly explanation: string;
  readonly action: string;
  /** Who carries it out: a person or a team, by name. */
  readonly actionOwner: string;
  /** RFC 3339 in UTC. */
  readonly actionDueAt: string;
};

/** An analysis in the words of a history and of a file, where it has to stand without its form. */
export function analysisWords(analysis: Analysis): string {
  const { rootCause, explanation, action, actionOwner, actionDueAt } = analysis;
  return [
    `Root cause: ${rootCauseWords[rootCause].title}. ${explanation}`,
    `Corrective action: ${action}`,
    `${actionOwner}, by ${actionDueAt.slice(0, 10)}.`,
  ].join("\n");
}
