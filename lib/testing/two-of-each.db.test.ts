import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemLogId } from "../core/ledger/system-log.ts";
import { revokeKey } from "../services/keys/revoke-key.ts";
import { checkRows } from "../services/ledger/check-rows.ts";
import { findSession } from "../services/sessions/find-session.ts";
import { openSession } from "../services/sessions/open-session.ts";
import { revokeSession } from "../services/sessions/revoke-session.ts";
import { recordView } from "../services/trail/record-view.ts";
import { jobs } from "../worker/jobs.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "./gateway-world.ts";
import { entriesOf, ledgerBalance } from "./ledger-bytes.ts";
import { type SpawnedGateway, spawnGateway } from "./spawn-gateway.ts";
import { createStoreWorld, job, type StoreWorld } from "./store-world.ts";

/** Two gateways, two workers and two holders of sessions, each a process of its own, on one database. */
let world: GatewayWorld;
let store: StoreWorld;
let bank: WorldTenant;
let gateways: SpawnedGateway[] = [];
const children: ChildProcess[] = [];
const prompt = { model: "gpt-5.5", messages: [{ role: "user", content: "Where are you?" }] };

beforeAll(async () => {
  world = await createGatewayWorld();
  // Only for its people: the database is dropped by the world of gateways.
  store = await createStoreWorld({ ...world.database, drop: async () => undefined });
  bank = await world.addTenant({
    slug: "bank",
    preset: "eea_ch",
    homeRegion: "eu",
    secret: "sk-sim-eu-bank",
    pin: { kind: "processing", region: "eu" },
  });
  gateways = await Promise.all([spawnGateway(world), spawnGateway(world)]);
  await Promise.all([startWorker(), startWorker()]);
}, 400_000);
afterAll(async () => {
  await Promise.all(gateways.map(({ stop }) => stop()));
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
  await store.drop();
  await world.stop();
});

/** One call to its end, whatever the provider answers: its status, and its id in the record. */
async function call({ port }: SpawnedGateway): Promise<{ status: number; id: string | null }> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${bank.key}`, "content-type": "application/json" },
    body: JSON.stringify(prompt),
  });
  await answer.arrayBuffer();
  return { status: answer.status, id: answer.headers.get("x-domicile-call-id") };
}

// Six processes share the machine with it.
describe("two of each process on one database", () => {
  it("record every call of both gateways exactly once, in one dense and whole ledger", async () => {
    const given: (string | null)[] = [];
    await Promise.all(
      gateways.flatMap((gateway) =>
        Array.from({ length: 4 }, async () => {
          for (let i = 0; i < 10; i++) given.push((await call(gateway)).id);
        }),
      ),
    );
    const rows = await world.recorded(bank.id, 80);
    expect(rows.map(({ id }) => id).sort()).toEqual(given.toSorted());
    const boots = await world.sql<{ boots: number }>(
      bank.id,
      "SELECT count(DISTINCT boot_id)::int AS boots FROM call WHERE tenant_id = $1",
      [bank.id],
    );
    expect(boots).toEqual([{ boots: 2 }]);
    const bodies = await world.sql<{ index: number; entries: number }>(
      bank.id,
      "SELECT index::int, coalesce(bundled, 1)::int AS entries FROM ledger_body WHERE tenant_id = $1 ORDER BY epoch, index",
      [bank.id],
    );
    const indexes = bodies.flatMap(({ index, entries }) =>
      Array.from({ length: entries }, (_, i) => index + i),
    );
    expect(indexes).toEqual(indexes.map((_, i) => i));
    const entries = await entriesOf(world.sql, bank.id);
    expect(entries.filter(({ type }) => type === "call")).toHaveLength(80);
    expect(await ledgerBalance(world.sql, bank.id)).toMatchObject({
      ...{ intents: 80, outcomes: 80, open: 0, unknown: 0, missing: 0, objections: [] },
    });
    expect(await world.as("worker", () => checkRows(new Date(), "now"))).toMatchObject({ differences: 0 });
  });

  it("have each job led by one worker, which does what is to be done once", async () => {
    const olga = await store.addPerson("olga", { bank: "officer" });
    const lastMinute = new Date(Date.now() - 60_000);
    await world.as("web", () => recordView(olga, bank.id, "call", "one", lastMinute));
    await until(async () => (await looks()).length > 0);
    const led = await store.sql<{ job: string; fence: number }>(
      "owner",
      {},
      "SELECT job, fence::int FROM job_leader ORDER BY job",
    );
    // Nobody has taken a lead from another.
    expect(led).toEqual(
      jobs.map(({ name }) => ({ job: name, fence: 1 })).sort((a, b) => (a.job < b.job ? -1 : 1)),
    );
    expect(await looks()).toEqual([{ actor_id: olga.personId }]);
    const [held] = await store.sql<{ locks: number; holders: number }>(
      "owner",
      {},
      `SELECT count(*)::int AS locks, count(DISTINCT (classid, objid))::int AS holders FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND pid IN (SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'domicile %')`,
    );
    expect(held?.locks).toBe(held?.holders);
  });

  it("believe the same sessions, and no longer once one is revoked", async () => {
    const otto = await store.addPerson("otto", { bank: "auditor" });
    const { token } = await world.as("web", () =>
      openSession({ personId: otto.personId, userAgent: "another browser", way: "password" }),
    );
    const webs = [startWeb(), startWeb()];
    for (const web of webs) expect(await web.holder(token)).toBe(otto.personId);
    const session = await world.as("web", () => findSession(token));
    await world.as("web", () => revokeSession(otto, session?.sessionId ?? ""));
    for (const web of webs) {
      expect(await web.holder(token)).toBeNull();
      expect(await web.holder(otto.token)).toBe(otto.personId);
    }
  });

  it("refuse a revoked key at both gateways within five seconds", async () => {
    for (const gateway of gateways) expect(await call(gateway)).toMatchObject({ status: 200 });
    const revokedAt = Date.now();
    await world.as("web", () => revokeKey(job, { tenant: "bank", keyId: bank.keyId }));
    const refusedAfter = await Promise.all(
      gateways.map(async (gateway) => {
        await until(async () => (await call(gateway)).status === 401);
        return Date.now() - revokedAt;
      }),
    );
    for (const ms of refusedAfter) expect(ms).toBeLessThan(5_000);
  });
});

const looks = () =>
  store.sql<{ actor_id: string }>(
    "owner",
    { read: [bank.id, systemLogId] },
    "SELECT actor_id FROM audit_event WHERE kind = 'evidence.viewed'",
  );

async function until(is: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await is())) {
    if (Date.now() > deadline) throw new Error("It did not come to be in time.");
    await sleep(50);
  }
}

function start(file: string, role: "web" | "worker"): { child: ChildProcess; lines: Interface } {
  const child = spawn(process.execPath, [file], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DOMICILE_PROCESS: role,
      DOMICILE_HOME: world.home,
      DOMICILE_MASTER_KEY: process.env.DOMICILE_MASTER_KEY,
      DATABASE_URL: world.database.urls[role],
      // The server of the tests gives up durability for speed.
      DOMICILE_ALLOW_LOSSY_DATABASE: "on",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  if (child.stdout === null) throw new Error("A process without an output.");
  return { child, lines: createInterface({ input: child.stdout }) };
}

async function startWorker(): Promise<void> {
  const { child, lines } = start("lib/worker/main.ts", "worker");
  await new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => line.includes("worker ready") && resolve());
    child.once("exit", () => reject(new Error("The worker ended.")));
  });
}

/** Who holds a session, asked of one process after the other. */
function startWeb(): { holder(token: string): Promise<unknown> } {
  const { child, lines } = start("lib/testing/session-process.ts", "web");
  return {
    async holder(token) {
      const answer = once(lines, "line");
      child.stdin?.write(`${token}\n`);
      const [line] = await answer;
      return JSON.parse(String(line));
    },
  };
}
