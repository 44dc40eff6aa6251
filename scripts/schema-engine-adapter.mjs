import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";

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
  // Simple protocol: the whole script at once, in one implicit transaction.
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script);
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
