import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { splitSql } from "./split-sql.mjs";

const charOid = 18;
const textOid = 25;

/**
 * @prisma/adapter-pg 7.10.0 made safe for migrations. As shipped, `executeScript` cuts at every `;` (which
 * breaks `$$` bodies and literals), `"char"` columns are refused (which breaks introspection), and the pool of
 * the shadow database keeps `connectionString` and so reaches the main database.
 */
export class MigrationAdapter extends PrismaPg {
  /** @param opened adapters the caller must dispose of */
  constructor(connection, opened) {
    super({ ...connection, max: 1, idleTimeoutMillis: 0 });
    this.opened = opened;
  }

  async connect() {
    const adapter = mended(await super.connect());
    this.opened.add(adapter);
    return adapter;
  }

  async connectToShadowDb() {
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const main = await this.connect();
    await main.executeScript(`CREATE DATABASE "${database}"`);
    const shadow = await new MigrationAdapter({ ...this.config, database }, this.opened).connect();
    this.opened.delete(main);
    this.opened.delete(shadow);
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await main.executeScript(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
      await main.dispose();
    };
    this.opened.add(shadow);
    return shadow;
  }
}

/** Discrete fields, never a connection string: see the class above. */
export function connectionOf(url, database) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const ssl = searchParams.get("sslmode");
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : 5432,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: database ?? (decodeURIComponent(pathname.slice(1)) || "postgres"),
    ...(ssl && ssl !== "disable" ? { ssl: { rejectUnauthorized: ssl.startsWith("verify") } } : {}),
  };
}

function mended(adapter) {
  adapter.executeScript = async (script) => {
    try {
      // Simple protocol: the whole script at once, in one implicit transaction.
      if (await isSpread(adapter.client)) await runOnCluster(adapter.client, script);
      else await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  const { queryRaw } = Object.getPrototypeOf(adapter);
  adapter.queryRaw = async (query) => {
    const answer = await adapter.performIO(query);
    const fields = answer.fields.map((field) =>
      field.dataTypeID === charOid ? { name: field.name, dataTypeID: textOid } : field,
    );
    const replay = Object.create(adapter, { performIO: { value: async () => ({ ...answer, fields }) } });
    const result = await queryRaw.call(replay, query);
    result.columnTypes = result.columnTypes.map((type, i) =>
      answer.fields[i].dataTypeID === charOid ? ColumnTypeEnum.Character : type,
    );
    return result;
  };
  return adapter;
}

/** Whether `npm run db:distribute` has spread tables of this database over the nodes of a Citus cluster. */
async function isSpread(client) {
  const { rows } = await client.query("SELECT FROM pg_class WHERE oid = to_regclass('pg_dist_partition')");
  if (rows.length === 0) return false;
  return (await client.query("SELECT FROM pg_dist_partition WHERE partmethod = 'h' LIMIT 1")).rows.length > 0;
}

/**
 * Citus takes a change of a spread table as a statement of its own, a trigger on one only where it is told to, and a grant on a
 * column not at all: that stays with the coordinator until `npm run db:distribute` hands it on.
 */
async function runOnCluster(client, script) {
  const connection = await client.connect();
  try {
    await connection.query("BEGIN; SET LOCAL citus.enable_unsafe_triggers = on");
    for (const statement of splitSql(script)) {
      const ofColumns = /^(--[^\n]*\s+)*(GRANT|REVOKE)\s[^;]*?\([^;]*?\sON\s/i.test(statement);
      await connection.query(`SET LOCAL citus.enable_ddl_propagation = ${ofColumns ? "off" : "on"}`);
      await connection.query(statement);
    }
    await connection.query("COMMIT");
  } catch (error) {
    await connection.query("ROLLBACK");
    throw error;
  } finally {
    connection.release();
  }
}
