import type { Client } from "pg";
import { OperatorError } from "../state/operator-error.ts";
import { loadDotEnv, readSettings } from "../state/settings.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";
import { quoteIdentifier, withClient } from "./client.ts";
import { runPrisma } from "./prisma-cli.ts";

/**
 * Spread by `tenant_id`, all rows of a tenant on one node: a recording stays one transaction of one node. In the order of
 * their foreign keys; the first one decides where a tenant lies.
 */
const distributed = [
  "recording_head",
  "application",
  "register_version",
  "report",
  "report_chunk",
  "report_link",
  "legal_hold",
  "retention_request",
  "retention_decision",
  "erasure_subject",
  "privacy_erasure",
  "call_intent",
  "call",
  "attempt",
  "late_outcome",
  "intake_key",
  "corroboration",
  "dimension_value",
  "claim_set",
  "rollup_hour",
  "rollup_day",
  "finding",
  "finding_counter",
  "finding_event",
  "finding_analysis",
  "finding_exception",
  "finding_exception_decision",
  "finding_exception_end",
  "audit_event",
  "resource",
  "resource_source",
  "ledger_log",
  "ledger_batch",
  "ledger_entry",
  "ledger_body",
  "ledger_tile",
  "ledger_opening",
  "ledger_checkpoint",
  "ledger_boot_closing",
  "signer_statement",
  "signer_statement_entry",
  "ledger_prune",
  "ledger_prune_done",
  "erased_opening",
] as const;

/** `npm run db:distribute`, with the owner's `DATABASE_URL`: migrates, and does what is not done yet. Harmless to repeat. */
export async function distributeDatabase(): Promise<void> {
  try {
    loadDotEnv();
    const { databaseUrl, directUrl } = readSettings();
    const url = directUrl ?? databaseUrl;
    if (url === null)
      throw new OperatorError("Set DATABASE_URL to the coordinator of the cluster, as the owner.");
    await withClient(url, checkCluster);
    await withClient(url, setDatabase);
    await runPrisma(["migrate", "deploy"], url);
    await withClient(url, (client) => distribute(client, console.log));
  } catch (error) {
    reportAndExit(error);
  }
}

/** Of a migrated database. */
export async function distribute(client: Client, say: (line: string) => void): Promise<void> {
  await setDatabase(client);
  // To drop those that a migration made on a spread table.
  await client.query("SET citus.enable_unsafe_triggers = on");
  await flattenPolicies(client);
  const done = await distributedTables(client);
  const [first] = distributed;
  for (const table of distributed) {
    await dropTriggers(client, table);
    if (done.has(table)) continue;
    await dropKeysAway(client, table);
    await force(client, table, false);
    await client.query("SELECT create_distributed_table($1::regclass, 'tenant_id', colocate_with => $2)", [
      table,
      table === first ? "none" : first,
    ]);
    say(`${table}: by tenant`);
  }
  // Of all of them, also those that a run before this one had left open.
  for (const table of distributed) await force(client, table, true);
  for (const table of distributed) await grantColumns(client, table);
  // It has no password: only nodes let each other in under this name.
  await client.query("ALTER ROLE domicile_retention LOGIN");
  await keepMonthsPlain(client);
  await countByName(client);
  say(`${distributed.length} tables are spread by tenant; all others stay with the coordinator.`);
}

/** Has Citus and nodes, and nobody works on it: a process asks once whether its tables are spread. */
async function checkCluster(client: Client): Promise<void> {
  const { rows: extension } = await client.query("SELECT FROM pg_extension WHERE extname = 'citus'");
  if (extension.length === 0)
    throw new OperatorError(
      "This database has no Citus. Create the extension on every node and add the nodes (docs/database.md, Citus).",
    );
  const { rows: nodes } = await client.query(
    "SELECT FROM pg_dist_node WHERE isactive AND shouldhaveshards AND noderole = 'primary'",
  );
  if (nodes.length === 0)
    throw new OperatorError("No node of the cluster may hold shards: add one with citus_add_node.");
  const { rows: sessions } = await client.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
      WHERE datname = current_database() AND application_name ~ '^domicile( |$)'`,
  );
  if (sessions.length > 0)
    throw new OperatorError(
      `Stop Domicile first: ${sessions.map(({ name }) => name).join(", ")} is connected to this database.`,
    );
  console.log(`Citus with ${nodes.length} nodes that hold shards.`);
}

/**
 * Whose rows a transaction may see is a setting of it (`lib/db/with-tenant.ts`); Citus hands such settings on where the
 * first of these says so. The second makes an error of a join between a spread table and one that is not, which none of
 * our statements has: Citus 13.0 brings the coordinator down over one under row security. The third lets a migration change
 * more than one thing in its transaction.
 */
export async function setDatabase(client: Client): Promise<void> {
  for (const [name, value] of [
    ["citus.propagate_set_commands", "local"],
    ["citus.local_table_join_policy", "never"],
    ["citus.multi_shard_modify_mode", "sequential"],
  ] as const) {
    await client.query(`DO $set$ BEGIN
      EXECUTE format('ALTER DATABASE %I SET ${name} = ${value}', current_database());
    END $set$`);
    await client.query(`SET ${name} = ${value}`);
  }
  // Functions of the worker's run as this role, and the coordinator goes to the nodes under the name of whoever runs a statement.
  await client.query(`DO $grant$ BEGIN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO domicile_retention', current_database());
  END $grant$`);
}

/**
 * Citus takes no sub-select in a policy. Here one computes the list of tenants once per statement; without it the same
 * function is asked in place.
 */
async function flattenPolicies(client: Client): Promise<void> {
  const { rows } = await client.query<{
    table: string;
    policy: string;
    using: string | null;
    check: string | null;
  }>(
    `SELECT c.oid::regclass::text AS table, p.polname AS policy, pg_get_expr(p.polqual, p.polrelid) AS using,
            pg_get_expr(p.polwithcheck, p.polrelid) AS check
       FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace`,
  );
  const flat = (expression: string | null): string | null =>
    expression?.replace(/\(\s*SELECT (\w+\(\)) AS \w+\)/g, "$1") ?? null;
  for (const { table, policy, using, check } of rows) {
    const [flatUsing, flatCheck] = [flat(using), flat(check)];
    if (flatUsing === using && flatCheck === check) continue;
    const clauses = [flatUsing && `USING (${flatUsing})`, flatCheck && `WITH CHECK (${flatCheck})`];
    await client.query(
      `ALTER POLICY ${quoteIdentifier(policy)} ON ${table} ${clauses.filter(Boolean).join(" ")}`,
    );
  }
}

async function distributedTables(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT logicalrelid::regclass::text AS name FROM pg_dist_partition WHERE partmethod = 'h'",
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * Citus has no triggers on such tables. What they refused is refused by privilege as well: no process may update or delete
 * there. The owner could; he is watched by the signer alone.
 */
async function dropTriggers(client: Client, table: string): Promise<void> {
  const { rows } = await client.query<{ drop: string }>(
    `SELECT format('DROP TRIGGER IF EXISTS %I ON %s', t.tgname, t.tgrelid::regclass) AS drop
       FROM pg_trigger t
      WHERE NOT t.tgisinternal AND t.tgparentid = 0
        AND (t.tgrelid = $1::regclass OR t.tgrelid IN (SELECT relid FROM pg_partition_tree($1::regclass)))`,
    [table],
  );
  for (const { drop } of rows) await client.query(drop);
}

/** Rows that are there already are copied to their nodes, and PostgreSQL copies into no table whose row security holds for its owner. */
async function force(client: Client, table: string, holds: boolean): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relrowsecurity AND (c.oid = $1::regclass OR c.oid IN (SELECT relid FROM pg_partition_tree($1::regclass)))`,
    [table],
  );
  for (const { name } of rows)
    await client.query(`ALTER TABLE ${name} ${holds ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`);
}

/** Citus keeps no foreign key between a spread table and one that is not: to tenants, to requests of retention, of keys to applications. */
async function dropKeysAway(client: Client, table: string): Promise<void> {
  const { rows } = await client.query<{ drop: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop FROM pg_constraint
      WHERE contype = 'f' AND conparentid = 0
        AND ((conrelid = $1::regclass AND NOT confrelid::regclass::text = ANY ($2))
             OR (confrelid = $1::regclass AND NOT conrelid::regclass::text = ANY ($2)))`,
    [table, distributed],
  );
  for (const { drop } of rows) await client.query(drop);
}

/**
 * Citus hands on what is granted on a table, and not what is granted on a column. Its inserts name every column that has a
 * default, so on the nodes those are granted as well; on the coordinator they are not.
 */
async function grantColumns(client: Client, table: string): Promise<void> {
  const { rows } = await client.query<{ grant: string }>(
    `SELECT format('GRANT %s (%s) ON %%s TO %I', acl.privilege_type, string_agg(DISTINCT quote_ident(b.attname), ', '), acl.grantee::regrole) AS grant
       FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) AS acl
       JOIN pg_attribute b ON b.attrelid = a.attrelid AND b.attnum > 0 AND NOT b.attisdropped
        AND (b.attnum = a.attnum OR (acl.privilege_type = 'INSERT' AND b.atthasdef))
      WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
      GROUP BY acl.privilege_type, acl.grantee`,
    [table],
  );
  for (const { grant } of rows) {
    const { rows: refused } = await client.query<{ result: string }>(
      "SELECT result FROM run_command_on_shards($1::regclass, $2) WHERE NOT success LIMIT 1",
      [table, grant],
    );
    if (refused[0]) throw new OperatorError(`A node refused the grants on ${table}: ${refused[0].result}`);
  }
}

/** Months that are made from now on get no triggers either. */
async function keepMonthsPlain(client: Client): Promise<void> {
  const { rows } = await client.query<{ definition: string }>(
    "SELECT pg_get_functiondef('create_call_months(timestamptz, timestamptz)'::regprocedure) AS definition",
  );
  const definition = rows[0]?.definition ?? "";
  const asks = "to_regprocedure('public.refuse_change()') IS NOT NULL";
  if (definition.includes(asks)) await client.query(definition.replaceAll(asks, "false"));
}

/** On a node a part of a month has a name of its own; here as there the rows are reached through the parent. */
async function countByName(client: Client): Promise<void> {
  const { rows } = await client.query<{ definition: string }>(
    "SELECT pg_get_functiondef('rows_without_month()'::regprocedure) AS definition",
  );
  const definition = rows[0]?.definition ?? "";
  const named = definition.replace(
    /SELECT FROM (\w+) WHERE tableoid = '(\w+_default)'::regclass/g,
    "SELECT 1 AS one FROM $1 WHERE tableoid::regclass::text LIKE '$2%'",
  );
  if (named === definition) return;
  // Only an owner replaces a function; a member is seen by its policies, so not for longer than this.
  await client.query("BEGIN");
  await client.query("GRANT domicile_retention TO CURRENT_USER");
  await client.query(named);
  await client.query("REVOKE domicile_retention FROM CURRENT_USER");
  await client.query("COMMIT");
}
