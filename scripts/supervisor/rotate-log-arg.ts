import { type LogLimits, logLimits } from "./rotate-log.ts";

/** Node's arguments for a process that keeps short what we let it write to: `file`, its stdout and stderr. */
export function withRotation(file: string, limits: LogLimits = logLimits, everyMs = 5_000): string[] {
  const module = new URL("./rotate-log-main.ts", import.meta.url);
  const told = { file, supervisor: process.pid, everyMs, ...limits };
  for (const [name, value] of Object.entries(told)) module.searchParams.set(name, String(value));
  return ["--import", module.href];
}
