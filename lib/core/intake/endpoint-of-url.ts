import { matchOperation } from "../calls/match-operation.ts";

export type UrlParts = {
  /** With its port where one is written; null: the text names none that can be read. */
  readonly host: string | null;
  /** From `/v1`, where it is a path of OpenAI's; else null: a base address says nothing of the endpoint. */
  readonly path: string | null;
};

/**
 * Takes an address apart that a log holds: a whole URL, a base URL, or a bare host.
 *
 * Trust: by hand, because `URL` makes a name inside ASCII of letters outside it, and such a name went elsewhere. What
 * programs read in two ways (a backslash, blanks) is not read at all. Credentials and query are dropped.
 */
export function endpointOfUrl(raw: unknown): UrlParts {
  if (typeof raw !== "string" || raw.length > urlCharsMax || /[\s\\]/.test(raw)) return unread;
  const parts = /^(?:(https?|wss?):\/\/)?(?:[^/?#@]*@)?([^/?#@]+)([^?#]*)/i.exec(raw);
  const host = parts?.[2] ?? null;
  if (parts === null || host === null || host.length > hostCharsMax || raw.startsWith("/")) return unread;
  if (parts[1] === undefined && raw.includes("://")) return unread;
  return { host, path: pathOf(parts[3] ?? "") };
}

/** An OpenAI path within a longer one: proxies and Azure put something before it, never behind. */
export function pathOf(raw: unknown): string | null {
  if (typeof raw !== "string" || raw.length > urlCharsMax) return null;
  const bare = raw.replace(/[?#].*$/s, "");
  const path = bare.slice(Math.max(bare.indexOf("/v1/"), 0));
  const known = matchOperation("POST", path) ?? matchOperation("GET", path) ?? matchOperation("DELETE", path);
  return known === null ? null : path;
}

const urlCharsMax = 4096;
const hostCharsMax = 260;
const unread: UrlParts = { host: null, path: null };
