import { pino } from "pino";
import { logSettings } from "./env.ts";

const { level, name } = logSettings();

/** JSON lines on stdout. Whatever looks like a secret is taken out of the finished line. */
export const log = pino(
  {
    level,
    base: name === null ? {} : { process: name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["authorization", "cookie", "password", "secret", "token", "apiKey"].flatMap((key) => [
        key,
        `*.${key}`,
        `*.*.${key}`,
      ]),
      censor: "[redacted]",
    },
  },
  { write },
);

let pending = "";

/** Lines of one turn of the loop leave together: a busy gateway has one per call. */
function write(line: string): void {
  if (pending === "") setImmediate(leave);
  pending += line;
}

function leave(): void {
  const lines = pending;
  pending = "";
  if (lines !== "") process.stdout.write(withoutSecrets(lines));
}

process.on("exit", leave);

const secretShapes: readonly [RegExp, string][] = [
  [/\bsk-[A-Za-z0-9_-]{6,}/g, "sk-[redacted]"],
  [/\bdompg_[A-Za-z0-9._-]+/g, "dompg_[redacted]"],
  [/\bdom_([A-Za-z0-9]{8})_[A-Za-z0-9_]+/g, "dom_$1_[redacted]"],
  [/\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]+/gi, "$1 [redacted]"],
  [/\b(postgres(?:ql)?:\/\/[^:@/\s"]*):[^@\s"]*@/g, "$1:[redacted]@"],
];

/** Keys of ours and of the provider, bearer tokens, and passwords inside addresses. */
export function withoutSecrets(text: string): string {
  return secretShapes.reduce((clean, [shape, instead]) => clean.replace(shape, instead), text);
}
