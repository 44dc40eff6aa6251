import { pino, stdSerializers } from "pino";
import { timeText } from "./core/time-text.ts";
import { logSettings } from "./env/log-settings.ts";

const { level, name } = logSettings();

/** JSON lines on stdout. Whatever looks like a secret is taken out of the finished line. */
export const log = pino(
  {
    level,
    base: name === null ? {} : { process: name },
    timestamp: () => `,"time":"${timeText(Date.now())}"`,
    formatters: { level: (label) => ({ level: label }), log: (members) => withoutNamed(members) },
    serializers: { err: (error: Error) => withoutNamed(stdSerializers.err(error), 1) },
  },
  { write },
);

type Members = Record<string, unknown>;

const secretNames: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "apiKey",
]);
const depthMax = 2;

/** Members that are named like a secret are none of a line's business. What holds none is not copied. */
export function withoutNamed(members: object, depth = 0): Members {
  let clean: Members | null = null;
  for (const [name, value] of Object.entries(members)) {
    const kept = secretNames.has(name) ? "[redacted]" : depth < depthMax ? inside(value, depth + 1) : value;
    if (kept !== value) clean = { ...(clean ?? members), [name]: kept };
  }
  return clean ?? (members as Members);
}

/** An error has its own way into a line. */
function inside(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error) return value;
  return Array.isArray(value) ? value : withoutNamed(value, depth);
}

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

/** What stands in all that has a shape, in whatever letters; the shape; what is written instead. */
const secretShapes: readonly [sign: string, shape: RegExp, instead: string][] = [
  ["sk-", /\bsk-[A-Za-z0-9_-]{6,}/g, "sk-[redacted]"],
  ["dom(?:p[gpc]|up|ac)_", /\b(dompg|dompp|dompc|domup|domac)_[A-Za-z0-9._-]+/g, "$1_[redacted]"],
  ["dom_", /\bdom_([A-Za-z0-9]{8})_[A-Za-z0-9_]+/g, "dom_$1_[redacted]"],
  ["(?:Bearer|Basic) ", /\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]+/gi, "$1 [redacted]"],
  ["postgres", /\b(postgres(?:ql)?:\/\/[^:@/\s"]*):[^@\s"]*@/g, "$1:[redacted]@"],
];

/** Hardly a line has one: then one look is enough. */
const secretSigns = new RegExp(secretShapes.map(([sign]) => sign).join("|"), "i");

/** Keys of ours and of the provider, bearer tokens, and passwords inside addresses. */
export function withoutSecrets(text: string): string {
  if (!secretSigns.test(text)) return text;
  return secretShapes.reduce((clean, [, shape, instead]) => clean.replace(shape, instead), text);
}
