import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { insertPolicyVersion, newestPolicies } from "../../db/policy-version.ts";
import { tenantScope, withTenant, withTenantSql } from "../../db/with-tenant.ts";
import { sweepExpiredBoots } from "../../services/calls/sweep.ts";
import { storedForm } from "../../services/policies/checked-policy.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../../testing/gateway-world.ts";
import { ledgerBalance } from "../../testing/ledger-bytes.ts";
import { type OwnDatabaseServer, startOwnDatabaseServer } from "../../testing/own-database-server.ts";
import { spawnGateway } from "../../testing/spawn-gateway.ts";

const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };
const endUser = "user-47110815";
const stops: (() => Promise<unknown>)[] = [];

let server: OwnDatabaseServer;
let world: GatewayWorld;

beforeAll(async () => {
  server = await startOwnDatabaseServer();
  world = await createGatewayWorld({}, server.database);
}, 300_000);
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
afterAll(() => world.stop());

const addLab = (world: GatewayWorld, slug: string): Promise<WorldTenant> =>
  world.addTenant({
    slug,
    preset: "no_location_requirement",
    secret: `sk-sim-global-${slug}`,
    hosts: ["api.openai.com"],
  });

const spools = (world: GatewayWorld, { id }: WorldTenant): Promise<void> =>
  world.as("web", async () => {
    const [newest] = await withTenantSql(tenantScope(id), (sql) => newestPolicies(sql, id, 1));
    const policy = { ...parsePolicy(newest?.body), onEvidenceLoss: "spool" as const };
    const at = new Date(Date.now() - 1_000);
    await withTenant(tenantScope(id), (tx) =>
      insertPolicyVersion(tx, {
        tenantId: id,
        version: 2,
        preset: policy.preset,
        ...storedForm(policy),
        effectiveAt: at,
        createdAt: at,
        createdBy: "test",
        createdById: null,
        reason: "The test spools.",
        proposalId: null,
        approvedBy: null,
      }),
    );
  });

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

type GapRow = { id: string; gap: string | null; call_end: string; policy_version: number };
const rowsOf = (world: GatewayWorld, { id }: WorldTenant): Promise<GapRow[]> =>
  world.sql<GapRow>(id, "select id, gap, call_end, policy_version from call where tenant_id = $1", [id]);

async function until(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come to this: ${what}.`);
    await sleep(25);
  }
}

/** Everything adds up in the ledger's bytes, boots of spools among it. */
async function expectBalance(world: GatewayWorld, tenant: WorldTenant): Promise<void> {
  await world.as("worker", () => sweepExpiredBoots(new Date(Date.now() + 60_000)));
  await world.as("worker", () => sweepExpiredBoots(new Date(Date.now() + 300_000)));
  const balance = await ledgerBalance(world.sql, tenant.id);
  expect(balance).toMatchObject({ open: 0, missing: 0, objections: [] });
}

describe("PostgreSQL stopped under load", () => {
  it("lets tenants that spool go on, refuses the others, and loses and doubles nothing", {
    timeout: 300_000,
  }, async () => {
    const [lab, strict] = [await addLab(world, "lab"), await addLab(world, "strict")];
    await spools(world, lab);
    const root = path.join(world.home, "spool");
    const gateway = await world.startGateway({ spoolFolder: root });
    const baseUrl = `http://127.0.0.1:${gateway.port}/v1`;
    const answered = new Set<string>();
    const codes: string[] = [];
    const ask = async (tenant: WorldTenant): Promise<void> => {
      const defaultHeaders = { "x-domicile-end-user": endUser };
      const client = world.openai(tenant.key, { baseUrl, defaultHeaders });
      try {
        const { response } = await client.chat.completions.create(prompt).withResponse();
        if (tenant === lab) answered.add(response.headers.get("x-domicile-call-id") ?? "");
      } catch (error) {
        codes.push(`${tenant.slug} ${(error as { code?: string }).code}`);
      }
    };
    let running = true;
    const load = (tenant: WorldTenant) =>
      Promise.all(
        Array.from({ length: 4 }, async () => {
          while (running) {
            await ask(tenant);
            await sleep(20);
          }
        }),
      );
    const loads = [load(lab), load(strict)];
    await until(() => answered.size > 30, "calls before the store went");
    await server.crash();
    const [before, crashed] = [answered.size, performance.now()];
    // Longer than keys and policies count as confirmed.
    const isLong = () => performance.now() - crashed > 5_000;
    await until(() => isLong() && answered.size > before + 50, "calls while the store was away");
    expect(codes.filter((code) => code.startsWith("lab"))).toEqual([]);
    expect(codes.filter((code) => code === "strict evidence_unavailable").length).toBeGreaterThan(0);
    const files = filesBelow(root);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
      const text = readFileSync(file, "latin1");
      for (const secret of [endUser, "sk-sim", "Where are you", lab.key]) expect(text).not.toContain(secret);
    }
    await server.restart();
    const atRestart = answered.size;
    await until(() => answered.size > atRestart + 30, "calls after the store was back");
    running = false;
    await Promise.all(loads);
    await until(() => filesBelow(root).length === 0, "the spool was replayed");
    const figures = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
    const figure = (name: string) =>
      Number(new RegExp(`^domicile_gateway_${name} (.+)$`, "m").exec(figures)?.[1]);
    expect(figure("spool_replayed_total")).toBeGreaterThan(50);
    expect([figure("spool_bytes"), figure("spool_damaged_total"), figure("unrecorded_total")]).toEqual([
      0, 0, 0,
    ]);
    await gateway.stop();
    expect(filesBelow(root)).toEqual([]);

    const rows = await rowsOf(world, lab);
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect(byId.size).toBe(rows.length);
    for (const id of answered)
      expect(byId.get(id)).toMatchObject({ call_end: "complete", policy_version: 2 });
    const gaps = rows.filter(({ gap }) => gap === "spooled");
    expect(gaps.length).toBeGreaterThan(50);
    expect(gaps.length).toBeLessThan(rows.length);
    expect((await rowsOf(world, strict)).filter(({ gap }) => gap !== null)).toEqual([]);
    await expectBalance(world, lab);
    await expectBalance(world, strict);
  });
});

describe("kill -9 of a gateway that spools", () => {
  it("leaves its spool to the next one, which records every call once, and those without an end as such", {
    timeout: 300_000,
  }, async () => {
    const lab = await addLab(world, "killed");
    await spools(world, lab);
    const { child, port, kill } = await spawnGateway(world);
    stops.push(kill);
    const client = world.openai(lab.key, { baseUrl: `http://127.0.0.1:${port}/v1` });
    const root = path.join(world.home, "spool");
    const answered: string[] = [];
    const ask = async (): Promise<void> => {
      const { response } = await client.chat.completions.create(prompt).withResponse();
      answered.push(response.headers.get("x-domicile-call-id") ?? "");
    };
    await ask();
    await server.crash();
    for (let i = 0; i < 10; i += 1) await ask();
    const { response, data } = await client.chat.completions
      .create({ ...prompt, model: "sim-hang-stream", stream: true })
      .withResponse();
    const hanging = response.headers.get("x-domicile-call-id") ?? "";
    const cut = (async () => {
      for await (const _piece of data);
    })().catch(() => undefined);
    child.kill("SIGKILL");
    await cut;
    await server.restart();
    // A gateway that dies in the middle of the replay, at any place, leaves it to the next.
    for (let i = 0; i < 2; i += 1) {
      const next = await spawnGateway(world);
      await next.kill();
    }
    const next = await spawnGateway(world);
    stops.push(next.kill);
    await until(() => filesBelow(root).length === 0, "the spool was replayed");
    await next.stop();
    const rows = await rowsOf(world, lab);
    for (const id of answered.slice(1))
      expect(rows.filter((row) => row.id === id)).toMatchObject([{ gap: "spooled", call_end: "complete" }]);
    expect(rows.filter(({ id }) => id === hanging)).toMatchObject([{ gap: "spooled", call_end: "unknown" }]);
    await expectBalance(world, lab);
  });
});
