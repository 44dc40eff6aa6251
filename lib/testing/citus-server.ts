import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { quoteIdentifier, quoteLiteral, withClient } from "../../scripts/database/client.ts";
import { distribute, setDatabase } from "../../scripts/database/distribute.ts";
import { runPrisma } from "../../scripts/database/prisma-cli.ts";
import { newPassword } from "../../scripts/state/secrets.ts";

/**
 * Databases on the cluster of `CITUS_URL`: the superuser's address of a database on its coordinator in which the nodes are
 * known (citus_add_node). The nodes must let each other's users in.
 */
export async function startCitusTemplate(
  clusterUrl: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const name = `domicile_template_${randomBytes(4).toString("hex")}`;
  const owner = "domicile_test_owner";
  const password = newPassword();
  const nodes = await nodesOf(clusterUrl);
  await onEach(nodes, "postgres", async (client) => {
    await client.query(
      `DO $$ BEGIN CREATE ROLE ${owner} LOGIN CREATEROLE CREATEDB; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    );
    await client.query(`ALTER ROLE ${owner} PASSWORD ${quoteLiteral(password)}`);
    await client.query(`CREATE DATABASE ${quoteIdentifier(name)} OWNER ${owner}`);
  });
  await onEach(nodes, name, async (client) => {
    await client.query("CREATE EXTENSION citus");
    await client.query(`GRANT ALL ON SCHEMA public TO ${owner}`);
  });
  const [coordinator, ...workers] = nodes;
  await withClient(at(coordinator ?? "", name), async (client) => {
    await client.query("SELECT citus_set_coordinator_host($1, $2::int)", placeOf(coordinator ?? ""));
    for (const worker of workers) await client.query("SELECT citus_add_node($1, $2::int)", placeOf(worker));
  });
  const url = new URL(at(coordinator ?? "", name));
  url.username = owner;
  url.password = password;
  await runPrisma(["migrate", "deploy"], url.href);
  await withClient(url.href, async (client) => {
    // Fewer than in production: each test file gets a copy of all of them.
    await client.query("SET citus.shard_count = 4");
    await distribute(client, () => undefined);
  });
  // Citus keeps a connection of its own, and of a database that somebody uses no copy is made.
  await onEach(nodes, "postgres", async (client) => {
    await client.query(`ALTER DATABASE ${quoteIdentifier(name)} ALLOW_CONNECTIONS false`);
    await client.query("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = $1", [
      name,
    ]);
  });
  return { url: url.href, stop: () => dropCitusDatabase(clusterUrl, name) };
}

/** A copy of the template under the same name on every node: what each knows of the others is copied, too. */
export async function copyCitusTemplate(clusterUrl: string, template: string, name: string): Promise<void> {
  const nodes = await nodesOf(clusterUrl);
  await onEach(nodes, "postgres", async (client) => {
    await client.query(
      `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE ${quoteIdentifier(template)} OWNER domicile_test_owner`,
    );
  });
  await onEach(nodes, name, setDatabase);
}

/** With the roles that were made for it: each node has its own. */
export async function dropCitusDatabase(
  clusterUrl: string,
  name: string,
  roles: readonly string[] = [],
): Promise<void> {
  await onEach(await nodesOf(clusterUrl), "postgres", async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
    for (const role of roles) await client.query(`DROP ROLE IF EXISTS ${role}`);
  });
}

/** The superuser's addresses, the coordinator's first. */
async function nodesOf(clusterUrl: string): Promise<string[]> {
  return withClient(clusterUrl, async (client) => {
    const { rows } = await client.query<{ nodename: string; nodeport: number }>(
      "SELECT nodename, nodeport FROM pg_dist_node WHERE noderole = 'primary' ORDER BY groupid",
    );
    return rows.map(({ nodename, nodeport }) => {
      const url = new URL(clusterUrl);
      url.host = `${nodename}:${nodeport}`;
      return url.href;
    });
  });
}

/** One after the other; what is done here is done on each node by itself. */
async function onEach(
  nodes: readonly string[],
  database: string,
  act: (client: Client) => Promise<void>,
): Promise<void> {
  for (const node of nodes)
    await withClient(at(node, database), async (client) => {
      await client.query("SET citus.enable_ddl_propagation = off").catch(() => undefined);
      await act(client);
    });
}

function at(node: string, database: string): string {
  const url = new URL(node);
  url.pathname = `/${database}`;
  return url.href;
}

function placeOf(node: string): [string, number] {
  const { hostname, port } = new URL(node);
  return [hostname, Number(port)];
}
