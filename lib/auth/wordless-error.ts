export type WordlessError = {
  readonly type: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: WordlessError;
};

/**
 * What the log may say of an error: its kind, its code, where it arose, and the same of its causes.
 *
 * trust: never its message. Parsers, drivers and databases quote in theirs what a stranger sent, passwords included.
 */
export function wordlessError(error: unknown, depth = 0): WordlessError {
  if (typeof error !== "object" || error === null) return { type: typeof error };
  const { name, message, stack, code, cause } = error as Record<string, unknown>;
  const frames = framesOf(stack, message);
  return {
    type: isWord(name) ? name : "Error",
    ...(isWord(code) ? { code } : {}),
    ...(frames === "" ? {} : { stack: frames }),
    ...(cause === undefined || depth >= depthMax ? {} : { cause: wordlessError(cause, depth + 1) }),
  };
}

const depthMax = 4;

function isWord(value: unknown): value is string {
  return typeof value === "string" && /^\w{1,64}$/.test(value);
}

/** A stack begins with the message; where it does not hold it whole, nothing says where the message ends. */
function framesOf(stack: unknown, message: unknown): string {
  if (typeof stack !== "string" || typeof message !== "string") return "";
  const at = stack.indexOf(message);
  if (at === -1) return "";
  const lines = stack.slice(at + message.length).split("\n");
  return lines.filter((line) => /^\s+at /.test(line)).join("\n");
}
