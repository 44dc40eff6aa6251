import { type Environment, environment } from "./environment.ts";
import { readEnvironment } from "./read-environment.ts";

/** `name` is null in tests and scripts, which no supervisor started. */
export function logSettings(): { level: Environment["LOG_LEVEL"]; name: string | null } {
  const named = environment.shape.DOMICILE_PROCESS.safeParse(process.env.DOMICILE_PROCESS);
  return { level: readEnvironment("LOG_LEVEL").LOG_LEVEL, name: named.success ? named.data : null };
}
