import type { ServiceName } from "./services.ts";

/** What is told of a service that ended by itself; `tail`: the end of its log. */
export function wordsOfEnd(
  name: ServiceName,
  { how, logFile, tail }: { readonly how: string; readonly logFile: string; readonly tail: string },
): string {
  if (/EADDRINUSE/.test(tail)) {
    const setting = portOf[name];
    const otherwise = setting === undefined ? "and start again" : `or set ${setting}`;
    return `The port of ${name} was taken while it started. Free it, ${otherwise}.`;
  }
  if (/ENOSPC/.test(tail)) return `The disk is full: ${name} ended.`;
  return `${name} ended unexpectedly (${how}). The end of ${logFile}:\n\n${tail}`;
}

/** Which setting says it. The others take a port that is free, or none. */
const portOf: Partial<Record<ServiceName, string>> = { web: "PORT", gateway: "GATEWAY_PORT" };
