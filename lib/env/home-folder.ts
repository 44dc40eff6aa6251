import { readEnvironment } from "./read-environment.ts";

/** The folder for generated state, absolute. */
export function homeFolder(): string {
  return readEnvironment("DOMICILE_HOME").DOMICILE_HOME;
}
