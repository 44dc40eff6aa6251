import type pg from "pg";
import { database, readDatabase } from "./connection.ts";
import { Prisma } from "./generated/client.ts";
import { statementName } from "./statement-name.ts";
import { openStatementQueue } from "./statement-queue.ts";

/** Which tenants a transaction may read, and the one it may write. Whoever makes it has checked the actor. */
export type TenantScope = { readonly read: readonly string[]; readonly write: string | null };

export type PrismaTransaction = Prisma.TransactionClient;

/** Hand-written SQL inside one transaction. */
export type SqlTransaction = {
  /**
   * Asked for while another is under way, it is sent behind that one. `prepared`: the server keeps how it is done. For what
   * each recording says; not where the plan hangs on the values.
   */
  query<Row>(text: string, values?: readonly unknown[], how?: "prepared"): Promise<Row[]>;
};

/** One tenant, read and write. */
export function tenantScope(tenantId: string): TenantScope {
  return { read: [tenantId], write: tenantId };
}

/**
 * The only way to tenant rows for Prisma: opens a transaction and says whose rows it may see.
 *
 * trust: row security is the second line. The first is the verb's own check of the actor.
 */
export async function withTenant<T>(
  scope: TenantScope,
  fn: (tx: PrismaTransaction) => Promise<T>,
): Promise<T> {
  const statements = scopeStatements(scope);
  return database().prisma.$transaction(
    async (tx) => {
      for (const statement of statements) await tx.$executeRaw(Prisma.raw(statement));
      return fn(tx);
    },
    { maxWait: 5_000, timeout: 20_000 },
  );
}

/** Hand-written SQL in a transaction of Prisma's. Whole numbers of eight bytes come as bigint here. */
export function sqlOf(tx: PrismaTransaction): SqlTransaction {
  return { query: (text, values = []) => tx.$queryRawUnsafe(text, ...values) };
}

/** The same for hand-written SQL. */
export async function withTenantSql<T>(
  scope: TenantScope,
  fn: (sql: SqlTransaction) => Promise<T>,
): Promise<T> {
  return transaction(database().pool, "BEGIN", scope, fn);
}

/** For pages: one snapshot of some tenants, from the replica where there is one. Changes nothing. */
export async function readTenantsSql<T>(
  tenantIds: readonly string[],
  fn: (sql: SqlTransaction) => Promise<T>,
): Promise<T> {
  const begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  return transaction(readDatabase().pool, begin, { read: tenantIds, write: null }, fn);
}

async function transaction<T>(
  pool: pg.Pool,
  begin: string,
  scope: TenantScope,
  fn: (sql: SqlTransaction) => Promise<T>,
): Promise<T> {
  const opening = [begin, ...scopeStatements(scope)].join("; ");
  const client = await pool.connect();
  const queue = openStatementQueue();
  let broken: Error | undefined;
  try {
    await client.query(opening);
    const result = await fn({
      query: (text, values = [], how) =>
        queue.take(async () =>
          how === "prepared" ? (await client.query(named(text, values))).rows : rowsOf(client, text, values),
        ),
    });
    await queue.over();
    queue.close();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    queue.close();
    await queue.over().catch(() => undefined);
    await client.query("ROLLBACK").catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** For what stands outside tenant row security: keys, boots, intents, jobs. */
export async function querySql<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return rowsOf(database().pool, text, values);
}

/** The same for a statement that answers no rows; how many it touched. */
export async function executeSql(text: string, values: readonly unknown[] = []): Promise<number> {
  const { rowCount } = await database().pool.query(text, [...values]);
  return rowCount ?? 0;
}

/** The same for one that the server keeps; how many it touched. */
export async function executePrepared(text: string, values: readonly unknown[]): Promise<number> {
  const { rowCount } = await database().pool.query(named(text, values));
  return rowCount ?? 0;
}

async function rowsOf<Row>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await on.query(text, [...values]);
  return rows as Row[];
}

function named(text: string, values: readonly unknown[]): pg.QueryConfig {
  const name = statementName(text);
  return { text, values: [...values], ...(name !== null && { name }) };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// SET takes no parameters and Citus forwards SET LOCAL alone, so the ids are checked here, letter by letter.
export function scopeStatements(scope: TenantScope): string[] {
  for (const id of [...scope.read, ...(scope.write === null ? [] : [scope.write])])
    if (!uuid.test(id)) throw new Error("A tenant scope holds something that is no UUID.");
  return [
    `SET LOCAL domicile.read_tenants = '${scope.read.join(",")}'`,
    `SET LOCAL domicile.write_tenant = '${scope.write ?? ""}'`,
  ];
}
