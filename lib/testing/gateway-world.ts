import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import OpenAI from "openai";
import type { CreateTenantInput } from "../contracts/tenants.ts";
import { dayMs } from "../core/calendar.ts";
import type { Pin } from "../core/policies/policy.ts";
import { claimsOf } from "../db/claim-set.ts";
import { closeDatabases } from "../db/connection.ts";
import { type RunningGateway, startGateway } from "../gateway/server.ts";
import type { GatewaySettings } from "../gateway/settings.ts";
import { type SimulatedProvider, startSimulatedProvider } from "../providers/simulated/server.ts";
import type { Actor } from "../services/actor.ts";
import { createCredential } from "../services/credentials/create-credential.ts";
import { adoptCatalog } from "../services/deployment/adopt-catalog.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";
import { createKey } from "../services/keys/create-key.ts";
import { attestPin } from "../services/pins/attest-pin.ts";
import { createTenant } from "../services/tenants/create-tenant.ts";
import { actingOn } from "./acting-on.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { openOwner } from "./open-owner.ts";

/** A recorded call with its attempts, as columns. */
export type RecordedRow = {
  id: string;
  verdict: string;
  policy_version: number | null;
  band: string | null;
  reasons: string[];
  call_end: string;
  host: string | null;
  served_region: string | null;
  intended_region: string | null;
  status: number | null;
  source: string;
  model_requested: string | null;
  model_answered: string | null;
  stream: boolean;
  input_tokens: number | null;
  output_tokens: number | null;
  refusal: { code: string } | null;
  would_block: { code: string } | null;
  attempts: { evidence: Record<string, unknown>; host: string }[];
};

export type TenantWish = {
  readonly slug: string;
  readonly preset: CreateTenantInput["preset"];
  readonly homeRegion?: string | null;
  readonly enforcement?: "block" | "observe";
  readonly mode?: "live" | "simulated";
  readonly target?: string;
  readonly secret?: string;
  readonly hosts?: readonly string[];
  readonly pin?: Pick<Pin, "kind" | "region">;
};

export type WorldTenant = {
  readonly id: string;
  readonly slug: string;
  /** The gateway key. */
  readonly key: string;
  readonly keyId: string;
  readonly intakeKey: string;
};

export type GatewayWorld = {
  readonly database: TestDatabase;
  readonly provider: SimulatedProvider;
  readonly home: string;
  readonly baseUrl: string;
  readonly gateway: RunningGateway;
  addTenant(wish: TenantWish): Promise<WorldTenant>;
  /** The unmodified client, told base URL and key. It does not retry. */
  openai(key: string, options?: { defaultHeaders?: Record<string, string>; baseUrl?: string }): OpenAI;
  /** Another gateway on the same database. */
  startGateway(settings?: Partial<GatewaySettings>): Promise<RunningGateway>;
  /** Runs something under the role of another process. */
  as<T>(role: "web" | "gateway" | "worker", action: () => Promise<T>): Promise<T>;
  sql<Row>(tenantId: string, text: string, values?: unknown[]): Promise<Row[]>;
  /** Waits until the tenant has that many recorded calls; oldest first. */
  recorded(tenantId: string, calls: number): Promise<RecordedRow[]>;
  stop(): Promise<void>;
};

const admin: Actor = { kind: "system", job: "test" };

/** A real gateway on a real database before a simulated provider with real TLS, in this process. */
export async function createGatewayWorld(
  settings: Partial<GatewaySettings> = {},
  given?: TestDatabase,
): Promise<GatewayWorld> {
  const home = mkdtempSync(path.join(os.tmpdir(), "domicile-gateway-"));
  const database = given ?? (await createTestDatabase());
  const provider = await startSimulatedProvider({ home });
  const as: GatewayWorld["as"] = (role, action) => actingOn(database.urls[role], action);
  await as("web", checkMasterKey);
  process.env.DATABASE_URL = database.urls.gateway;
  await adoptCatalog();
  const base: Partial<GatewaySettings> = {
    port: 0,
    relayCountry: "DE",
    connectTo: connectToOf(provider.connectTo),
    simulatedAuthorities: readFileSync(provider.caFile, "utf8"),
    ...settings,
  };
  const started: RunningGateway[] = [];
  const start = async (changed: Partial<GatewaySettings> = {}): Promise<RunningGateway> => {
    const gateway = await as("gateway", () => startGateway({ ...base, ...changed }));
    started.push(gateway);
    return gateway;
  };
  const gateway = await start();
  const baseUrl = `http://127.0.0.1:${gateway.port}/v1`;
  const owner = openOwner(database.ownerUrl);
  const sql = <Row>(tenantId: string, text: string, values: unknown[] = []): Promise<Row[]> =>
    owner.ask<Row>(tenantId, { text, values });
  return {
    database,
    provider,
    home,
    gateway,
    baseUrl,
    addTenant: (wish) => as("web", () => addTenant(wish)),
    openai: (apiKey, options = {}) =>
      new OpenAI({
        apiKey,
        baseURL: options.baseUrl ?? baseUrl,
        maxRetries: 0,
        defaultHeaders: options.defaultHeaders,
      }),
    startGateway: start,
    as,
    sql,
    async recorded(tenantId, calls) {
      const deadline = Date.now() + 60_000;
      for (;;) {
        const rows = await owner.ask<RecordedRow>(tenantId, { ...recordedQuery, values: [tenantId] });
        if (rows.length >= calls) return rows;
        if (Date.now() > deadline) throw new Error(`${rows.length} of ${calls} calls were recorded in time.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await as("gateway", () => Promise.all(started.map((running) => running.stop())));
      await closeDatabases();
      await provider.stop();
      await owner.end();
      await database.drop();
      delete process.env.DATABASE_URL;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Named, so that a server plans it once: that takes longer than to answer it. */
const recordedQuery = {
  name: "recorded",
  text: `select c.*, ${claimsOf("c")} as claims, array(select to_jsonb(a) from attempt a
    where a.tenant_id = c.tenant_id and a.call_id = c.id order by a.no) as attempts
  from call c where c.tenant_id = $1 order by c.started_at, c.id`,
};

function connectToOf(text: string) {
  return text.split(",").map((pair) => {
    const [host = "", address = ""] = pair.split("=");
    const [ip = "", port = ""] = address.split(":");
    return { host, address: ip, port: Number(port) };
  });
}

async function addTenant(wish: TenantWish): Promise<WorldTenant> {
  const { slug } = wish;
  const tenant = await createTenant(admin, {
    name: slug,
    slug,
    mode: wish.mode ?? "simulated",
    preset: wish.preset,
    homeRegion: wish.homeRegion ?? null,
    enforcement: wish.enforcement ?? "block",
    acceptance: wish.preset.includes("global")
      ? { acceptedBy: "Dana Reyes", reason: "Accepted for the test of the gateway.", reviewOn: reviewOn() }
      : null,
  });
  if (wish.secret) {
    const credential = await createCredential(admin, {
      tenant: slug,
      label: "project key",
      secret: wish.secret,
      projectId: null,
      hosts: [...(wish.hosts ?? ["eu.api.openai.com"])],
    });
    if (wish.pin)
      await attestPin(admin, {
        tenant: slug,
        credentialId: credential.id,
        kind: wish.pin.kind,
        region: wish.pin.region,
        attestedBy: "Ilse Brandt",
        statement: "Read on the provider's project page on the day of the test.",
      });
  }
  const key = { name: "key", application: "app", environment: "test" as const, purpose: "" };
  const target = wish.target ?? "policy";
  const made = await createKey(admin, { tenant: slug, ...key, kind: "gateway", target });
  const intake = await createKey(admin, {
    tenant: slug,
    ...key,
    name: "intake",
    kind: "intake",
    target: "policy",
  });
  return { id: tenant.id, slug, key: made.secret, keyId: made.key.id, intakeKey: intake.secret };
}

/** A year ahead at most is accepted, by the clock of the day the test runs. */
function reviewOn(): string {
  return new Date(Date.now() + 90 * dayMs).toISOString().slice(0, 10);
}
