import { keptSettings, readEnvironment } from "./read-environment.ts";

/** The address of this process's own role; reads may go to a replica, session locks past a pooler. `poolSize`: connections of one pool. */
export const databaseSettings = keptSettings(
  ["DATABASE_URL", "DATABASE_READ_URL", "DATABASE_DIRECT_URL", "DOMICILE_POOL_SIZE"],
  (
    env,
  ): {
    readonly url: string;
    readonly readUrl: string;
    readonly directUrl: string;
    readonly poolSize: number;
  } => ({
    url: env.DATABASE_URL,
    readUrl: env.DATABASE_READ_URL ?? env.DATABASE_URL,
    directUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    poolSize: env.DOMICILE_POOL_SIZE,
  }),
);

/** For tests and machines without anything to lose: start on a database that may forget what it has acknowledged. */
export function allowsLossyDatabase(): boolean {
  return readEnvironment("DOMICILE_ALLOW_LOSSY_DATABASE").DOMICILE_ALLOW_LOSSY_DATABASE === "on";
}
