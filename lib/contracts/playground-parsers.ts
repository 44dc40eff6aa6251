import { parseAsString } from "nuqs/server";

/** What of the playground is in its URL. The prompt never is: it may hold what nobody should store. */
export const playgroundParsers = {
  /** A slug; absent: the reader's first tenant. */
  tenant: parseAsString,
  target: parseAsString.withDefault("policy"),
  /** The second target of a comparison; absent: one target only. */
  versus: parseAsString,
  model: parseAsString,
};
