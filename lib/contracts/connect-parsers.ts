import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** The ways in: through the gateway, which sends the call, or beside it, by reporting a call that went elsewhere. */
export const waysIn = [
  "environment",
  "python",
  "node",
  "curl",
  "ai-sdk",
  "langchain",
  "litellm-proxy",
  "otlp",
  "litellm-callback",
  "intake",
  "recorder",
] as const;
export type WayIn = (typeof waysIn)[number];

/** What the URL of `/connect` says. A key is never in it. */
export const connectParsers = {
  /** A slug; absent: the first the reader may make keys for. */
  tenant: parseAsString,
  /** Name of an application; absent: the tenant's first. */
  application: parseAsString,
  way: parseAsStringLiteral(waysIn).withDefault("environment"),
};
