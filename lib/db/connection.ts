import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { databaseSettings } from "../env/database-settings.ts";
import { PrismaClient } from "./generated/client.ts";

export type Database = { readonly pool: pg.Pool; readonly prisma: PrismaClient };

// On the global object, because a development server loads this module anew with each change.
const held = globalThis as unknown as { domicileDatabases?: Map<string, Database> };

/** The database of this process, under its own role. One pool, shared by Prisma and hand-written SQL. */
export function database(): Database {
  return open(databaseSettings().url);
}

/** For pages that may be a moment behind: a replica, where there is one. */
export function readDatabase(): Database {
  return open(databaseSettings().readUrl);
}

function open(url: string): Database {
  held.domicileDatabases ??= new Map();
  const known = held.domicileDatabases.get(url);
  if (known) return known;
  const pool = new pg.Pool({
    connectionString: url,
    max: databaseSettings().poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    ...noticedDead,
    statement_timeout: 30_000,
    application_name: "domicile",
    types: { getTypeParser },
  });
  // crash: a connection that the server closes, idle or in use, must not end the process. A query on it fails by itself,
  // and the next one opens another.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const opened = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  held.domicileDatabases.set(url, opened);
  return opened;
}

/** Ends every connection this process holds; for a graceful stop and for tests. */
export async function closeDatabases(): Promise<void> {
  const all = [...(held.domicileDatabases?.values() ?? [])];
  held.domicileDatabases?.clear();
  for (const { pool, prisma } of all) {
    await prisma.$disconnect();
    await pool.end();
  }
}

/**
 * A server that vanished without a word, as a host does that loses power, is noticed within half a minute. Without the delay the
 * system's own counts: two hours on Linux (tcp(7), read 2026-11-30), in which whoever had asked waits.
 */
export const noticedDead = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;

const int8 = 20;

/** How values are read, on any connection of ours. */
export const sqlTypes = { getTypeParser };

/** Counts and sums come as numbers; none of ours passes 2^53. */
function getTypeParser(oid: number, format?: "text" | "binary"): unknown {
  if (oid === int8 && format !== "binary") return Number;
  return pg.types.getTypeParser(oid, format);
}
