import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import { fenceExpiredBoots } from "../db/gateway-boot.ts";
import { leaseMs } from "../services/boots/register-boot.ts";
import { sweepExpiredBoots } from "../services/calls/sweep.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type RecordedRow,
  type WorldTenant,
} from "../testing/gateway-world.ts";
import { ledgerBalance } from "../testing/ledger-bytes.ts";
import { startOwnDatabaseServer } from "../testing/own-database-server.ts";
import { parseExposition } from "../testing/parse-exposition.ts";
import { type SpawnedGateway, spawnGateway } from "../testing/spawn-gateway.ts";

const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const addLab = (world: GatewayWorld): Promise<WorldTenant> =>
  world.addTenant({
    slug: "lab",
    preset: "no_location_requirement",
    secret: "sk-sim-global-lab",
    hosts: ["api.openai.com"],
  });

/** The silent leak, under a policy for Europe. */
const addApps = (world: GatewayWorld): Promise<WorldTenant> =>
  world.addTenant({
    slug: "apps",
    preset: "eea_ch",
    homeRegion: "eu",
    enforcement: "observe",
    target: "api.openai.com",
    secret: "sk-sim-global-apps",
    hosts: ["api.openai.com"],
  });

async function spawned(world: GatewayWorld): Promise<SpawnedGateway> {
  const gateway = await spawnGateway(world);
  stops.push(gateway.kill);
  return gateway;
}

/** What of the record says that something left, or may have. */
const maySent = (rows: readonly RecordedRow[]) =>
  rows.filter(({ attempts }) =>
    ["sent", "partial", "unknown"].includes(String(attempts[0]?.evidence.progress)),
  );

describe("kill -9 of the gateway in mid-stream", () => {
  it("leaves no call that the provider received out of the record; those without an end are shown as such", async () => {
    const world = await createGatewayWorld();
    stops.push(world.stop);
    const [lab, apps] = [await addLab(world), await addApps(world)];
    const { child, port, log } = await spawned(world);
    const client = (key: string) => world.openai(key, { baseUrl: `http://127.0.0.1:${port}/v1` });

    const begun: string[] = [];
    const hold = async (tenant: WorldTenant): Promise<void> => {
      const { data, response } = await client(tenant.key)
        .chat.completions.create({ ...prompt, model: "sim-hang-stream", stream: true })
        .withResponse();
      begun.push(response.headers.get("x-domicile-call-id") ?? "");
      for await (const _piece of data);
    };
    const held = Promise.allSettled([hold(lab), hold(lab), hold(apps)]);
    let running = true;
    const load = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (running)
          await client(lab.key)
            .chat.completions.create(prompt)
            .catch(() => undefined);
      }),
    );
    while (begun.length < 3 || world.provider.received.requests().length < 60) await sleep(10);
    await world.recorded(lab.id, 1);
    child.kill("SIGKILL");
    await held;
    running = false;
    await load;
    const received = world.provider.received.requests().length;

    const afterLease = new Date(Date.now() + 60_000);
    const swept = await world.as("worker", () => sweepExpiredBoots(afterLease));
    expect(swept.rejected).toBe(0);
    const rows = [...(await world.recorded(lab.id, 1)), ...(await world.recorded(apps.id, 1))];
    expect(maySent(rows).length).toBeGreaterThanOrEqual(received);
    for (const id of begun) expect(rows.find((row) => row.id === id)).toMatchObject({ call_end: "unknown" });
    const leak = rows.find(
      (row) =>
        row.host === "api.openai.com" &&
        row.would_block === null &&
        row.reasons.includes("host_out_of_region"),
    );
    expect(leak).toMatchObject({ verdict: "violation", call_end: "unknown" });
    // What had ended before was recorded with its end.
    expect(rows.filter((row) => row.call_end === "complete").length).toBeGreaterThan(0);
    expect(log()).not.toMatch(/sk-sim-global-lab|dom_[A-Za-z0-9]{8}_[A-Za-z0-9]/);
    expect(await world.as("worker", () => sweepExpiredBoots(afterLease))).toMatchObject({ calls: 0 });
  });
});

describe("SIGTERM of the gateway", () => {
  it("lets open calls end, records them, and leaves nothing to the sweeper", async () => {
    const world = await createGatewayWorld();
    stops.push(world.stop);
    const lab = await addLab(world);
    const { child, port } = await spawned(world);
    const openai = world.openai(lab.key, { baseUrl: `http://127.0.0.1:${port}/v1` });
    const answer = openai.chat.completions.create({ ...prompt, model: "sim-slow" });
    while (world.provider.received.requests().length < 1) await sleep(10);
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect((await answer).choices[0]?.message.content).toContain("simulated provider");
    expect(await exited).toBe(0);
    const rows = await world.recorded(lab.id, 1);
    expect(rows).toMatchObject([{ call_end: "complete" }]);
    const swept = await world.as("worker", () => sweepExpiredBoots(new Date(Date.now() + 60_000)));
    expect(swept.calls).toBe(0);
  });
});

describe("immediate stop of PostgreSQL under load", () => {
  it("refuses what cannot be recorded, records all that left, and goes on by itself", async () => {
    const server = await startOwnDatabaseServer();
    const world = await createGatewayWorld({}, server.database);
    stops.push(world.stop);
    const lab = await addLab(world);
    const codes = new Map<string, number>();
    const count = (code: string): void => void codes.set(code, (codes.get(code) ?? 0) + 1);
    let running = true;
    const load = Promise.all(
      Array.from({ length: 16 }, async () => {
        while (running)
          await world
            .openai(lab.key)
            .chat.completions.create(prompt)
            .then(
              () => count("ok"),
              (error: unknown) => {
                // What has no code of ours is told whole.
                count(String((error instanceof OpenAI.APIError && error.code) || error));
                return sleep(20);
              },
            );
      }),
    );
    const reached = async (calls: number, code = "ok"): Promise<void> => {
      while ((codes.get(code) ?? 0) < calls) await sleep(10);
    };
    await reached(100);
    await server.crash();
    const receivedThen = world.provider.received.requests().length;
    await reached(32, "evidence_unavailable");
    // What was under way may still have left; nothing new does.
    expect(world.provider.received.requests().length - receivedThen).toBeLessThanOrEqual(16);
    const okThen = codes.get("ok") ?? 0;
    await server.restart();
    await reached(okThen + 100);
    running = false;
    await load;
    await world.gateway.stop();
    const received = world.provider.received.requests().length;

    const swept = await world.as("worker", () => sweepExpiredBoots(new Date(Date.now() + 60_000)));
    expect(swept.rejected).toBe(0);
    const rows = await world.recorded(lab.id, received);
    expect([...codes.keys()].sort()).toEqual(["evidence_unavailable", "ok"]);
    expect(maySent(rows).length).toBeGreaterThanOrEqual(received);
    expect(rows.filter((row) => row.call_end === "complete").length).toBeGreaterThanOrEqual(
      codes.get("ok") ?? 0,
    );
    // Numbers have no gap, through the crash.
    const [gaps] = await world.sql<{ highest: number; rows: number }>(
      lab.id,
      "select max(n)::int as highest, count(*)::int as rows from call_intent where tenant_id = $1 group by boot_id",
      [lab.id],
    );
    expect(gaps?.highest).toBe(gaps?.rows);
    // 2.17 row 12, intake down: from the bytes of the ledger alone, each number has its entry.
    await world.as("worker", () => sweepExpiredBoots(new Date(Date.now() + 300_000)));
    const balance = await ledgerBalance(world.sql, lab.id);
    expect(balance).toMatchObject({ intents: gaps?.highest, open: 0, missing: 0, objections: [] });
    expect(balance.boots.every(({ closed }) => closed)).toBe(true);
  });
});

describe("a restart of PostgreSQL that outlasts the lease of a gateway", () => {
  it("leaves the open calls to their gateway: the sweeper is there first and waits", async () => {
    const server = await startOwnDatabaseServer({ durable: false });
    const world = await createGatewayWorld({}, server.database);
    stops.push(world.stop);
    const lab = await addLab(world);
    const cut = new AbortController();
    const stream = await world
      .openai(lab.key)
      .chat.completions.create({ ...prompt, model: "sim-hang-stream", stream: true }, { signal: cut.signal });
    const held = (async () => {
      for await (const _piece of stream);
    })().catch(() => undefined);
    await server.crash();
    await server.restart();
    // What the outage does when it lasts: nobody could renew.
    const leases = (text: string) =>
      withClient(server.superuserUrl, async (client) => (await client.query(text)).rows);
    await leases("UPDATE gateway_boot SET lease_until = now() - interval '1 second'");
    const question = { now: null, leaseMs, reachedMs: 3_600_000, askedAt: new Date() };
    expect(await world.as("worker", () => fenceExpiredBoots(question))).toEqual([]);
    expect(await world.as("worker", () => sweepExpiredBoots())).toMatchObject({ boots: 0, calls: 0 });
    while ((await leases("SELECT FROM gateway_boot WHERE lease_until > now()")).length === 0) await sleep(50);
    cut.abort();
    await held;
    const rows = await world.recorded(lab.id, 1);
    expect(rows).toMatchObject([{ call_end: "client_abort" }]);
  });
});

describe("a store that is read only for a while", () => {
  it("keeps ended calls until it can be written again, and records each with its end", async () => {
    const server = await startOwnDatabaseServer({ durable: false });
    const world = await createGatewayWorld({}, server.database);
    stops.push(world.stop);
    const lab = await addLab(world);
    const ask = (model: string) => world.openai(lab.key).chat.completions.create({ ...prompt, model });
    const readOnly = (
      wish: "SET default_transaction_read_only = on" | "RESET default_transaction_read_only",
    ) =>
      withClient(server.superuserUrl, async (client) => {
        await client.query("SET default_transaction_read_only = off");
        await client.query(`ALTER DATABASE domicile ${wish}`);
        await client.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
      });
    const figure = async (name: string): Promise<number | undefined> => {
      const text = await (await fetch(new URL("/metrics", world.baseUrl))).text();
      return parseExposition(text).samples.find((sample) => sample.name === `domicile_gateway_${name}`)
        ?.value;
    };
    await ask("gpt-5.5");
    await world.recorded(lab.id, 1);
    const slow = Array.from({ length: 12 }, () => ask("sim-slow"));
    while (world.provider.received.requests().length < 1 + slow.length) await sleep(10);
    await readOnly("SET default_transaction_read_only = on");
    await Promise.all(slow);
    await expect(ask("gpt-5.5")).rejects.toMatchObject({ code: "evidence_unavailable" });
    // They have been tried meanwhile, more than once.
    while (((await figure("recorder_lag_seconds")) ?? 0) < 1) await sleep(20);
    expect(await figure("close_queue_calls")).toBeGreaterThan(0);
    await readOnly("RESET default_transaction_read_only");
    const rows = await world.recorded(lab.id, 1 + slow.length);
    expect(rows.filter((row) => row.call_end === "complete")).toHaveLength(1 + slow.length);
    expect(await figure("unrecorded_total")).toBe(0);
    while (
      await ask("gpt-5.5").then(
        () => false,
        () => true,
      )
    )
      await sleep(20);
  });
});
