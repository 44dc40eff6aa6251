import pg from "pg";
import { v7 } from "uuid";
import type { CreateTenantInput } from "../contracts/tenants.ts";
import type { Role } from "../core/access/role.ts";
import type { CallIntent, CallRecord } from "../core/calls/call-record.ts";
import { unknownPin } from "../core/policies/policy.ts";
import { openaiCatalog } from "../core/regions/openai-catalog.ts";
import { chat, dialled } from "../core/testing/case.ts";
import { closeDatabases } from "../db/connection.ts";
import { tenantScope, withTenant } from "../db/with-tenant.ts";
import type { Actor } from "../services/actor.ts";
import { adoptCatalog } from "../services/deployment/adopt-catalog.ts";
import { createKey } from "../services/keys/create-key.ts";
import { addMember } from "../services/people/add-member.ts";
import { findSession, type PersonActor } from "../services/sessions/find-session.ts";
import { openSession } from "../services/sessions/open-session.ts";
import { createTenant } from "../services/tenants/create-tenant.ts";
import { actingOn } from "./acting-on.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

export type ProcessRole = "web" | "gateway" | "worker" | "signer" | "owner";

export type StoreTenant = {
  readonly id: string;
  readonly slug: string;
  readonly applicationId: string;
  readonly keyId: string;
  readonly key: string;
};

export type StoreWorld = {
  readonly database: TestDatabase;
  /** Runs under the role of a process. */
  as<T>(role: ProcessRole, action: () => Promise<T>): Promise<T>;
  /** `at`: when it was made, and its log opened. */
  addTenant(slug: string, wish?: Partial<CreateTenantInput>, at?: Date): Promise<StoreTenant>;
  addPerson(
    slug: string,
    memberships: Readonly<Record<string, Role>>,
  ): Promise<PersonActor & { token: string }>;
  /** Raw SQL, with the settings that row security reads. */
  sql<Row>(
    role: ProcessRole,
    scope: { read?: readonly string[]; write?: string },
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  drop(): Promise<void>;
};

export const job: Actor = { kind: "system", job: "test" };

/** A migrated database of its own, or a given one, and each process's role on it. */
export async function createStoreWorld(given?: TestDatabase): Promise<StoreWorld> {
  const database = given ?? (await createTestDatabase());
  const urlOf = (role: ProcessRole) => (role === "owner" ? database.ownerUrl : database.urls[role]);
  const clients = new Map<ProcessRole, pg.Client>();
  const world: StoreWorld = {
    database,
    as: (role, action) => actingOn(urlOf(role), action),
    addTenant: (slug, wish = {}, at = new Date()) => world.as("web", () => makeTenant(slug, wish, at)),
    addPerson: (name, memberships) => world.as("web", () => makePerson(name, memberships)),
    sql: async (role, { read = [], write = "" }, text, values = []) => {
      const client = clients.get(role) ?? new pg.Client({ connectionString: urlOf(role) });
      if (!clients.has(role)) await client.connect();
      clients.set(role, client);
      try {
        await client.query(
          `BEGIN; SET LOCAL domicile.read_tenants = '${read.join(",")}'; SET LOCAL domicile.write_tenant = '${write}'`,
        );
        const { rows } = await client.query(text, [...values]);
        await client.query("COMMIT");
        return rows;
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      }
    },
    drop: async () => {
      for (const client of clients.values()) await client.end();
      await closeDatabases();
      await database.drop();
    },
  };
  await world.as("worker", adoptCatalog);
  return world;
}

async function makeTenant(slug: string, wish: Partial<CreateTenantInput>, at: Date): Promise<StoreTenant> {
  const wanted: CreateTenantInput = {
    name: slug,
    slug,
    mode: "simulated",
    preset: "eea_ch",
    homeRegion: "eu",
    enforcement: "block",
    acceptance: null,
    ...wish,
  };
  const { id } = await createTenant(job, wanted, { at });
  const { key, secret } = await createKey(
    job,
    {
      tenant: slug,
      name: "first",
      kind: "gateway",
      application: "loan-desk",
      environment: "production",
      purpose: "",
      target: "policy",
    },
    { at },
  );
  return { id, slug, keyId: key.id, key: secret, applicationId: await applicationOf(id) };
}

async function applicationOf(tenantId: string): Promise<string> {
  const found = await withTenant(tenantScope(tenantId), (tx) =>
    tx.application.findFirstOrThrow({ where: { tenantId, name: "loan-desk" } }),
  );
  return found.id;
}

async function makePerson(name: string, memberships: Readonly<Record<string, Role>>) {
  const email = `${name}-${v7().slice(-6)}@example.com`;
  const personId = v7();
  // Nobody signs in with this password: hashing one takes long, and these people hold a session already.
  const passwordHash = "scrypt$2$1$1$AA$AA";
  await withTenant({ read: [], write: null }, (tx) =>
    tx.person.createMany({
      data: [{ id: personId, email, name, passwordHash, deploymentAdmin: name === "root" }],
    }),
  );
  for (const [tenant, role] of Object.entries(memberships)) await addMember(job, { tenant, email, role });
  const { token } = await openSession({ personId, userAgent: "test", way: "password" });
  const actor = await findSession(token);
  if (!actor) throw new Error("The session just opened was not found.");
  return { ...actor, token };
}

/** A recorded chat call that is within policy for a European tenant, begun at a moment; cases state what differs. */
export function callAt(
  tenant: StoreTenant,
  startedAt: string,
  over: Partial<CallRecord> & { readonly host?: string } = {},
): CallRecord {
  const { host = "eu.api.openai.com", ...rest } = over;
  const at = Date.parse(startedAt);
  return {
    id: v7({ msecs: at }),
    tenantId: tenant.id,
    intent: null,
    startedAt: new Date(at).toISOString(),
    endedAt: new Date(at + 800).toISOString(),
    source: "gateway",
    keyId: tenant.keyId,
    applicationId: tenant.applicationId,
    credentialId: null,
    target: "policy",
    intendedRegion: "eu",
    policyVersion: 1,
    catalogVersion: openaiCatalog.version,
    pin: unknownPin,
    facts: chat({ simulated: true, store: { said: true, value: false } }),
    attempts: [{ ...dialled(host), startedAt: new Date(at + 5).toISOString(), durationMs: 790 }],
    end: "complete",
    refusal: null,
    wouldBlock: null,
    usage: { inputTokens: 100, outputTokens: 20, cachedInputTokens: null, reasoningTokens: null },
    ttftMs: 120,
    requestBytes: 900,
    responseBytes: 1200,
    bodyDigest: null,
    providerObjectId: "chatcmpl-1",
    clientRequestId: null,
    statedApp: null,
    endUser: null,
    ...rest,
  };
}

/** The intent of a call, as its gateway would have written it. */
export function intentOf(
  tenant: StoreTenant,
  bootId: string,
  n: number,
  over: Partial<CallIntent> = {},
): CallIntent {
  const startedAt = over.startedAt ?? new Date().toISOString();
  return {
    tenantId: tenant.id,
    bootId,
    n,
    callId: v7({ msecs: Date.parse(startedAt) }),
    startedAt,
    keyId: tenant.keyId,
    applicationId: tenant.applicationId,
    credentialId: null,
    source: "gateway",
    operation: "chat.completions.create",
    endpoint: "/v1/chat/completions",
    path: "/v1/chat/completions",
    modelRequested: "gpt-4o-2024-08-06",
    target: "policy",
    host: "eu.api.openai.com",
    intendedRegion: "eu",
    policyVersion: 1,
    catalogVersion: openaiCatalog.version,
    relayCountry: null,
    simulated: true,
    ...over,
  };
}
