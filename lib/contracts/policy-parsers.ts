import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

/** What the simulator asks, in its URL: the same words make the same answer. */
export const simulatorParsers = {
  /** A saved version; absent: the one in force. */
  version: parseAsInteger,
  subject: parseAsString.withDefault(""),
  model: parseAsString.withDefault(""),
  endpoint: parseAsString.withDefault("/v1/chat/completions"),
  target: parseAsString.withDefault("policy"),
  features: parseAsArrayOf(parseAsString).withDefault([]),
  store: parseAsStringLiteral(["unsaid", "true", "false"] as const).withDefault("unsaid"),
  tier: parseAsString.withDefault(""),
  relay: parseAsString.withDefault(""),
};

/** What a replay asks, in its URL. */
export const replayParsers = {
  version: parseAsInteger,
  /** UTC days, both included. */
  from: parseAsString,
  to: parseAsString,
};
