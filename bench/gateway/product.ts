import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { closeDatabases } from "../../lib/db/connection.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { createCredential } from "../../lib/services/credentials/create-credential.ts";
import { adoptCatalog } from "../../lib/services/deployment/adopt-catalog.ts";
import { checkMasterKey } from "../../lib/services/deployment/check-master-key.ts";
import { createKey } from "../../lib/services/keys/create-key.ts";
import { attestPin } from "../../lib/services/pins/attest-pin.ts";
import { createTenant } from "../../lib/services/tenants/create-tenant.ts";
import { startOwnDatabaseServer } from "../../lib/testing/own-database-server.ts";
import { freePort } from "../../scripts/postgres/ports.ts";
import { gatewayNodeArgs } from "../../scripts/supervisor/process-memory.ts";
import { type RunningProcess, served } from "./processes.ts";

export const upstreamHost = "eu.api.openai.com";

/** The product as it runs: its own gateway process, a durable PostgreSQL, a tenant that blocks what its policy forbids. */
export type Product = {
  readonly gateway: RunningProcess;
  readonly postgresPid: number;
  /** The caller's key. */
  readonly key: string;
  /** How many calls the tenant's record holds: the last number given under the tenant's lock. */
  recorded(): Promise<number>;
  /** Waits until that many are recorded. */
  recordedAll(calls: number): Promise<void>;
  /** Rows of the record, table by table, counted one by one. */
  counts(): Promise<Record<string, number>>;
  /** From now on the store's log goes into files that it has used before, as in a server that has run for an hour. */
  checkpoint(): Promise<void>;
  /** Milliseconds of one-row commits, one after the other. */
  commits(n: number): Promise<number[]>;
  stop(): Promise<void>;
};

const admin: Actor = { kind: "system", job: "bench" };

export async function startProduct(upstreamPort: number, caFile: string): Promise<Product> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-bench-gateway-"));
  const server = await startOwnDatabaseServer();
  const tenant = await createPolicyTenant(server.database.urls.web);
  const port = await freePort();
  const logFile = path.join(folder, "gateway.log");
  const gateway = await served({
    args: [...gatewayNodeArgs, ...(process.env.BENCH_NODE_ARGS?.split(" ") ?? []), "lib/gateway/main.ts"],
    env: {
      DATABASE_URL: server.database.urls.gateway,
      DOMICILE_HOME: folder,
      DOMICILE_MASTER_KEY: process.env.DOMICILE_MASTER_KEY ?? "",
      DOMICILE_RELAY_COUNTRY: "DE",
      DOMICILE_CONNECT_TO: `${upstreamHost}=127.0.0.1:${upstreamPort}`,
      DOMICILE_EXTRA_CA: caFile,
      DOMICILE_PROCESS: "gateway",
      GATEWAY_PORT: String(port),
      LOG_LEVEL: "info",
    },
    production: true,
    cwd: path.resolve(import.meta.dirname, "../.."),
    port,
    readyPath: "/readyz",
    logFile,
  });
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  await client.query("CREATE TABLE bench_commit (n int)");
  const one = async (text: string): Promise<number> =>
    Number((await client.query(text, [tenant.id])).rows[0]?.n ?? 0);
  const recorded = () => one("SELECT seq AS n FROM recording_head WHERE tenant_id = $1");
  return {
    gateway,
    postgresPid: server.pid(),
    key: tenant.key,
    recorded,
    async recordedAll(calls) {
      const deadline = Date.now() + 120_000;
      for (;;) {
        const there = await recorded();
        if (there >= calls) return;
        if (Date.now() > deadline)
          throw new Error(`${there} of ${calls} calls were recorded within two minutes.`);
        await sleep(10);
      }
    },
    async counts() {
      const counts: Record<string, number> = {};
      for (const table of ["call_intent", "call", "attempt"])
        counts[table] = await one(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = $1`);
      counts.ledger_entry = await one(
        "SELECT count(*) AS n FROM ledger_entry WHERE tenant_id = $1 AND type = 'call'",
      );
      counts.rollup_hour = await one("SELECT sum(calls) AS n FROM rollup_hour WHERE tenant_id = $1");
      return counts;
    },
    async checkpoint() {
      await client.query("CHECKPOINT");
    },
    async commits(n) {
      const took: number[] = [];
      for (let i = 0; i < n; i++) {
        const begin = performance.now();
        await client.query("INSERT INTO bench_commit VALUES (1)");
        took.push(performance.now() - begin);
      }
      return took;
    },
    async stop() {
      await gateway.stop();
      await client.end();
      await server.database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** trust: a simulated tenant alone may dial what the map names, and it takes only keys of the simulation. */
async function createPolicyTenant(webUrl: string): Promise<{ id: string; key: string }> {
  process.env.DATABASE_URL = webUrl;
  const slug = "bench";
  await checkMasterKey();
  await adoptCatalog();
  const { id } = await createTenant(admin, {
    name: slug,
    slug,
    mode: "simulated",
    preset: "eea_ch",
    homeRegion: "eu",
    enforcement: "block",
    acceptance: null,
  });
  const credential = await createCredential(admin, {
    tenant: slug,
    label: "project key",
    secret: "sk-sim-eu-bench",
    projectId: null,
    hosts: [upstreamHost],
  });
  await attestPin(admin, {
    tenant: slug,
    credentialId: credential.id,
    kind: "processing",
    region: "eu",
    attestedBy: "Ilse Brandt",
    statement: "Read on the provider's project page on the day of the measurement.",
  });
  const { secret } = await createKey(admin, {
    tenant: slug,
    name: "bench",
    kind: "gateway",
    application: "bench",
    environment: "production",
    purpose: "",
    target: "policy",
  });
  await closeDatabases();
  delete process.env.DATABASE_URL;
  return { id, key: secret };
}
