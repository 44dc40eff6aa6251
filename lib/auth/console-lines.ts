import { log } from "../log.ts";
import { wordlessError } from "./wordless-error.ts";

/** What libraries say while all is well is none of an operator's business: their greetings are lines for whoever debugs. */
const levels = { error: "error", warn: "warn", log: "debug", info: "debug", debug: "debug" } as const;

/**
 * From now on what libraries write to the console are lines of our log: which error, and where it arose. Node's own warnings
 * are, too. Answers how to stop.
 *
 * trust: never their words. Next prints each error of a page whole, and databases and parsers quote in theirs what a stranger sent.
 */
export function writeConsoleAsLines(): () => void {
  const before = { ...console };
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, "error" | "warn" | "debug"][])
    console[method] = (...said: unknown[]) => {
      const error = said.find((each) => each instanceof Error);
      log[isSaid(error) ? "debug" : level](
        { console: method, err: wordlessError(error ?? new Error("")) },
        "written to the console",
      );
    };
  const warners = process.listeners("warning");
  const warn = (warning: Error): void => log.warn({ err: wordlessError(warning) }, "warned by Node");
  process.removeAllListeners("warning");
  process.on("warning", warn);
  return () => {
    Object.assign(console, before);
    process.removeListener("warning", warn);
    for (const warner of warners) process.on("warning", warner);
  };
}

/** What a page threw has a digest, and a line of its own: `logPageError`. */
function isSaid(error: unknown): boolean {
  return error instanceof Error && "digest" in error;
}
