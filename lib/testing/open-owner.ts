import pg from "pg";
import { scopeStatements, tenantScope } from "../db/with-tenant.ts";

export type Owner = {
  /** In a transaction of its own, with the settings that row security reads. */
  ask<Row>(tenantId: string, query: pg.QueryConfig): Promise<Row[]>;
  end(): Promise<void>;
};

/**
 * Connections of a database's owner, kept: what is waited for is asked about many times, and to open one takes several
 * times as long as to answer.
 */
export function openOwner(ownerUrl: string): Owner {
  const pool = new pg.Pool({
    connectionString: ownerUrl,
    application_name: "domicile-setup",
    idleTimeoutMillis: 0,
  });
  // Tests end them, or their server: the next question opens another.
  pool.on("error", () => undefined);
  const begin = async (tenantId: string): Promise<pg.PoolClient> => {
    for (;;) {
      const isKept = pool.idleCount > 0;
      const client = await pool.connect();
      try {
        // As the processes do it: of settings, a cluster hands on these alone to its nodes.
        await client.query(["BEGIN", ...scopeStatements(tenantScope(tenantId))].join("; "));
        return client;
      } catch (error) {
        client.release(true);
        // One that was kept may have been ended, and nobody has heard of it yet.
        if (!isKept) throw error;
      }
    }
  };
  return {
    async ask<Row>(tenantId: string, query: pg.QueryConfig) {
      const client = await begin(tenantId);
      try {
        const { rows } = await client.query(query);
        await client.query("COMMIT");
        client.release();
        return rows as Row[];
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    end: () => pool.end(),
  };
}
