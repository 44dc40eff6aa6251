import pg from "pg";
import { noticedDead, sqlTypes } from "./connection.ts";
import { type BodyRow, entriesWithin, reaching } from "./entry-bundle.ts";
import type { LogKey } from "./ledger-walk.ts";
import { type SqlTransaction, scopeStatements } from "./with-tenant.ts";

/** A place of a log. `bytes` null: they expired, and the leaf hash is left; both null: there is nothing, though there must be. */
export type PackRow = { readonly leafHash: Buffer | null; readonly bytes: Uint8Array | null };

/** One unchanging view of a tenant, for as long as it takes. */
export type PackSnapshot = {
  readonly sql: SqlTransaction;
  /** The places of [from, to), in order. */
  rows(log: LogKey, from: number, to: number): Promise<PackRow[]>;
};

/**
 * Read by withPackSource. A connection of its own: it is held for as long as a pack is built, and changes nothing.
 */
export async function withPackSnapshot<T>(
  tenantId: string,
  url: string,
  fn: (snapshot: PackSnapshot) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    ...noticedDead,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 60_000,
    application_name: "domicile pack",
    types: sqlTypes as pg.CustomTypesConfig,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const scope = scopeStatements({ read: [tenantId], write: null });
    await client.query(["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ...scope].join("; "));
    const sql: SqlTransaction = {
      query: async (text, values = []) => (await client.query(text, [...values])).rows,
    };
    const answer = await fn({ sql, rows: (log, from, to) => readRows(client, log, from, to) });
    await client.query("COMMIT");
    return answer;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Bytes alone where all are there; the leaf hashes are asked for where some expired. */
async function readRows(client: pg.Client, log: LogKey, from: number, to: number): Promise<PackRow[]> {
  const values = [log.tenantId, log.epoch, from, to];
  // As text: the driver reads what comes in binary as UTF-8, and a byte above 127 is lost in it.
  const { rows: bodies } = await client.query<BodyRow>({
    name: "pack_bodies",
    text: `SELECT (index - $3::bigint)::int AS index, bytes, bundled FROM ledger_body
      WHERE tenant_id = $1 AND epoch = $2 AND ${reaching("$3", "$4")} ORDER BY index`,
    values,
  });
  const bytesAt = new Map<number, Uint8Array>();
  for (const { index: at, bytes } of entriesWithin(bodies, 0, to - from)) bytesAt.set(at, bytes);
  const whole = bytesAt.size === to - from;
  const leaves = whole ? new Map<number, Buffer>() : await readLeaves(client, values);
  return Array.from({ length: to - from }, (_, at) => ({
    bytes: bytesAt.get(at) ?? null,
    leafHash: leaves.get(at) ?? null,
  }));
}

async function readLeaves(client: pg.Client, values: unknown[]): Promise<Map<number, Buffer>> {
  const { rows } = await client.query<{ at: number; leaf: Buffer }>({
    name: "pack_leaves",
    text: `SELECT (index - $3::bigint)::int AS at, leaf_hash AS leaf FROM ledger_entry
      WHERE tenant_id = $1 AND epoch = $2 AND index >= $3 AND index < $4`,
    values,
  });
  return new Map(rows.map(({ at, leaf }) => [at, leaf]));
}
