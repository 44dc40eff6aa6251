import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { IntakeAnswer } from "../contracts/intake.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { startOwnDatabaseServer } from "../testing/own-database-server.ts";
import { spawnGateway } from "../testing/spawn-gateway.ts";
import { createIntakeDoor } from "./intake-door.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const addReporter = (world: GatewayWorld) =>
  world.addTenant({ slug: "reporter", preset: "eea_ch", homeRegion: "eu" });

const batchOf = (name: string) =>
  Array.from({ length: 20 }, (_, i) => ({
    clientId: `${name}-${i}`,
    startedAt: new Date().toISOString(),
    host: "api.openai.com",
    path: "/v1/chat/completions",
    model: "gpt-4o-2024-08-06",
    status: 200,
    endUser: `u-${i}`,
  }));

/** What is sent of a batch, and the ids that an answer of 200 acknowledges; with the call's, where the answer tells it. */
type Protocol = {
  readonly path: string;
  body(name: string): string;
  acknowledged(name: string, answer: object): (readonly [clientId: string, callId: string | null])[];
};

const native: Protocol = {
  path: "/intake/v1/calls",
  body: (name) => JSON.stringify(batchOf(name)),
  acknowledged: (_, answer) =>
    (answer as IntakeAnswer).results
      .filter(({ outcome }) => ["recorded", "duplicate"].includes(outcome))
      .map(({ clientId, callId }) => [clientId ?? "", callId]),
};

const spanIdsOf = (name: string) =>
  batchOf(name).map(({ clientId }) => {
    const hash = createHash("sha256").update(clientId).digest("hex");
    return { traceId: hash.slice(0, 32), spanId: hash.slice(32, 48) };
  });

const otlp: Protocol = {
  path: "/otlp/v1/traces",
  body(name) {
    const nanos = `${Date.now()}000000`;
    const attributes = [
      ["gen_ai.operation.name", "chat"],
      ["gen_ai.provider.name", "openai"],
      ["server.address", "api.openai.com"],
    ].map(([key, stringValue]) => ({ key, value: { stringValue } }));
    const spans = spanIdsOf(name).map((ids) => ({ ...ids, startTimeUnixNano: nanos, attributes }));
    return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  },
  // Nothing was rejected, so all of it is taken.
  acknowledged: (name, answer) =>
    "partialSuccess" in answer
      ? []
      : spanIdsOf(name).map(({ traceId, spanId }) => [`otlp:${traceId}:${spanId}`, null]),
};

/** Reporters that send each batch until it is acknowledged, as the documents ask. */
function reporters(tenant: WorldTenant, portOf: () => number, protocol: Protocol = native) {
  const acknowledged = new Map<string, string | null>();
  const statuses = new Set<number>();
  let running = true;
  const reporter = async (n: number): Promise<void> => {
    for (let i = 0; running; i++) {
      const name = `r${n}-${i}`;
      const body = protocol.body(name);
      for (let done = false; !done; ) {
        const answer = await post(portOf(), tenant.intakeKey, protocol.path, body).catch(() => null);
        if (answer) statuses.add(answer.status);
        if (answer?.body) {
          done = true;
          for (const [clientId, callId] of protocol.acknowledged(name, answer.body))
            acknowledged.set(clientId, callId);
        } else await sleep(50);
      }
    }
  };
  const all = Promise.all(Array.from({ length: 6 }, (_, n) => reporter(n)));
  return {
    acknowledged,
    statuses,
    /** Each reporter gets its last batch through. */
    async stop() {
      running = false;
      await all;
    },
  };
}

async function post(port: number, key: string, path: string, body: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body,
  });
  const answer = (await response.json()) as object;
  return { status: response.status, body: response.status === 200 ? answer : null };
}

/** Everything acknowledged is there under the id that was said; nothing is there twice, in no table and in no count. */
async function expectNothingLostOrDoubled(
  world: GatewayWorld,
  tenant: WorldTenant,
  acknowledged: ReadonlyMap<string, string | null>,
): Promise<void> {
  const keys = await world.sql<{ client_id: string; call_id: string }>(
    tenant.id,
    "select client_id, call_id from intake_key where tenant_id = $1",
    [tenant.id],
  );
  const stored = new Map(keys.map((row) => [row.client_id, row.call_id]));
  const lost = [...acknowledged].filter(
    ([clientId, callId]) => !stored.has(clientId) || (callId !== null && stored.get(clientId) !== callId),
  );
  expect(lost).toEqual([]);
  const [counts] = await world.sql<Record<string, number>>(
    tenant.id,
    `select (select count(*)::int from call where tenant_id = $1) as calls,
            (select count(distinct id)::int from call where tenant_id = $1) as ids,
            (select count(*)::int from attempt where tenant_id = $1) as attempts,
            (select sum(calls)::int from rollup_hour where tenant_id = $1) as hours,
            (select sum(calls)::int from rollup_day where tenant_id = $1) as days,
            (select count(*)::int from ledger_entry where tenant_id = $1 and type = 'call') as entries,
            (select seq::int from recording_head where tenant_id = $1) as head,
            (select count(*)::int from intake_key k where tenant_id = $1 and not exists
               (select 1 from call c where c.tenant_id = k.tenant_id and c.id = k.call_id)) as keys_without_call`,
    [tenant.id],
  );
  const n = keys.length;
  expect(counts).toEqual({
    calls: n,
    ids: n,
    attempts: n,
    hours: n,
    days: n,
    entries: n,
    head: n,
    keys_without_call: 0,
  });
}

const reached = async (acknowledged: ReadonlyMap<string, string | null>, records: number): Promise<void> => {
  while (acknowledged.size < records) await sleep(20);
};

describe("kill -9 of the gateway under load", () => {
  it.each([
    ["native", native],
    ["OTLP", otlp],
  ])("loses no acknowledged record, and what is sent again is recorded once: %s", async (_, protocol) => {
    const world = await createGatewayWorld();
    stops.push(world.stop);
    const tenant = await addReporter(world);
    let gateway = await spawnGateway(world);
    stops.push(() => gateway.kill());
    const load = reporters(tenant, () => gateway.port, protocol);
    await reached(load.acknowledged, 300);
    await gateway.kill();
    const then = load.acknowledged.size;
    gateway = await spawnGateway(world);
    await reached(load.acknowledged, then + 300);
    await load.stop();
    await expectNothingLostOrDoubled(world, tenant, load.acknowledged);
  });
});

describe("immediate stop of PostgreSQL under load", () => {
  it("acknowledges nothing meanwhile, loses no acknowledged record and doubles none", async () => {
    const server = await startOwnDatabaseServer();
    const doors = [(host: Parameters<typeof createIntakeDoor>[0]) => createIntakeDoor(host)];
    const world = await createGatewayWorld({ doors }, server.database);
    stops.push(world.stop);
    const tenant = await addReporter(world);
    const load = reporters(tenant, () => world.gateway.port);
    await reached(load.acknowledged, 300);
    await server.crash();
    while (!load.statuses.has(503)) await sleep(20);
    const then = load.acknowledged.size;
    await server.restart();
    await reached(load.acknowledged, then + 300);
    await load.stop();
    expect([...load.statuses].sort()).toEqual([200, 503]);
    await expectNothingLostOrDoubled(world, tenant, load.acknowledged);
  });
});
