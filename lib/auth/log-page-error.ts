import { log } from "../log.ts";
import { wordlessError } from "./wordless-error.ts";

/** What a page threw, under the digest that its reader sees, without its words. `target`: path and search. */
export function logPageError(error: unknown, target: string, route: string): void {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  log.error({ err: wordlessError(error), digest, path: target.split("?")[0], route }, "page failed");
}
