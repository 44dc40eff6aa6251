import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { CallRecord } from "../core/calls/call-record.ts";
import { readBootBody } from "../core/ledger/entries/boot-body.ts";
import { type CallBody, readCallBody } from "../core/ledger/entries/call-body.ts";
import { unknownPin } from "../core/policies/policy.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { sweepExpiredBoots } from "../services/calls/sweep.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { entriesOf, ledgerBalance } from "../testing/ledger-bytes.ts";
import { spawnGateway } from "../testing/spawn-gateway.ts";

const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function worldOf(settings = {}): Promise<{ world: GatewayWorld; lab: WorldTenant }> {
  const world = await createGatewayWorld(settings);
  stops.push(world.stop);
  const lab = await world.addTenant({
    slug: "lab",
    preset: "no_location_requirement",
    secret: "sk-sim-global-lab",
    hosts: ["api.openai.com"],
  });
  return { world, lab };
}

/** Fences and closes every boot that no longer lives, whatever is left of its lease. */
const sweepAll = async (world: GatewayWorld): Promise<void> => {
  for (const minutes of [1, 5])
    await world.as("worker", () => sweepExpiredBoots(new Date(Date.now() + minutes * 60_000)));
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("It did not come about in time.");
    await sleep(25);
  }
}

const bootEntries = async (world: GatewayWorld, tenant: WorldTenant) =>
  (await entriesOf(world.sql, tenant.id))
    .filter(({ type }) => type === "heartbeat" || type === "boot_closed")
    .map(({ type, body }) => ({ type, ...readBootBody(body) }));

/** A stream that the provider never ends. */
async function hang(world: GatewayWorld, key: string, baseUrl = world.baseUrl): Promise<void> {
  const stream = await world
    .openai(key, { baseUrl })
    .chat.completions.create({ ...prompt, model: "sim-hang-stream", stream: true });
  for await (const _piece of stream);
}

/** The call again, as its gateway would tell its end after all. */
function endedAfterAll(tenant: WorldTenant, body: CallBody): CallRecord {
  const [attempt] = body.attempts;
  if (!attempt) throw new Error("The sweeper names the host that was about to be dialled.");
  const { judged: _, ...evidence } = attempt;
  return {
    ...body,
    tenantId: tenant.id,
    policyVersion: body.policy?.version ?? null,
    catalogVersion: body.catalog.version,
    pin: unknownPin,
    endedAt: new Date(Date.parse(body.startedAt) + 90_000).toISOString(),
    attempts: [{ ...evidence, peer: null, progress: "sent", status: 200, durationMs: 90_000 }],
    end: "complete",
    clientRequestId: null,
    endUser: null,
  };
}

describe("heartbeats", () => {
  it("say which calls have no entry yet, and end with nothing open", async () => {
    const { world, lab } = await worldOf({ heartbeatMs: 50, drainMs: 200 });
    await world.openai(lab.key).chat.completions.create(prompt);
    const held = hang(world, lab.key).catch(() => undefined);
    await until(async () => (await bootEntries(world, lab)).some(({ open }) => open.count === 1));
    await world.openai(lab.key).chat.completions.create(prompt);
    await until(async () => (await bootEntries(world, lab)).at(-1)?.issuedTo === 3);
    expect(await ledgerBalance(world.sql, lab.id)).toMatchObject({ intents: 3, missing: 0, objections: [] });
    await world.gateway.stop();
    await held;
    expect((await bootEntries(world, lab)).at(-1)).toMatchObject({
      type: "heartbeat",
      issuedTo: 3,
      open: { ranges: [], count: 0 },
    });
    const balance = await ledgerBalance(world.sql, lab.id);
    expect(balance).toMatchObject({
      intents: 3,
      outcomes: 3,
      unknown: 0,
      open: 0,
      missing: 0,
      objections: [],
    });
  });
});

describe("2.17 row 12: gateway killed in mid-stream", () => {
  it("the bytes of the ledger alone balance: each intent has its entry, those without an end as unknown", async () => {
    const { world, lab } = await worldOf();
    const spawned = await spawnGateway(world);
    stops.push(spawned.kill);
    const baseUrl = `http://127.0.0.1:${spawned.port}/v1`;
    for (let i = 0; i < 3; i += 1) await world.openai(lab.key, { baseUrl }).chat.completions.create(prompt);
    const held = Promise.allSettled([hang(world, lab.key, baseUrl), hang(world, lab.key, baseUrl)]);
    await world.recorded(lab.id, 3);
    await until(async () => world.provider.received.requests().length >= 5);
    await spawned.kill();
    await held;

    await sweepAll(world);
    expect(await bootEntries(world, lab)).toEqual([
      { type: "boot_closed", boot: expect.any(String), issuedTo: 5, open: { ranges: [], count: 0 } },
    ]);
    const closed = await ledgerBalance(world.sql, lab.id);
    expect(closed).toMatchObject({
      intents: 5,
      outcomes: 3,
      unknown: 2,
      open: 0,
      missing: 0,
      objections: [],
    });
    expect(closed.boots).toMatchObject([{ closed: true }]);

    // The sweeper says its last word once.
    await sweepAll(world);
    expect(await bootEntries(world, lab)).toHaveLength(1);

    // A real end that arrives later moves one from unknown to outcomes, once.
    const bodies = (await entriesOf(world.sql, lab.id))
      .filter(({ type }) => type === "call")
      .map(({ body }) => readCallBody(body).body);
    const lost = bodies.find(({ end }) => end === "unknown");
    if (!lost) throw new Error("No call was left open.");
    for (let i = 0; i < 2; i += 1) await recordCalls(lab.id, [endedAfterAll(lab, lost)]);
    const late = await ledgerBalance(world.sql, lab.id);
    expect(late).toMatchObject({ intents: 5, outcomes: 4, unknown: 1, open: 0, missing: 0, objections: [] });
  });
});

describe("what the caller says of its end user", () => {
  it("is in the ledger as a commitment with a sealed opening, and nowhere in clear", async () => {
    const { world, lab } = await worldOf();
    const defaultHeaders = { "x-domicile-end-user": "customer-4711", "x-domicile-app": "crm" };
    await world.openai(lab.key, { defaultHeaders }).chat.completions.create(prompt);
    await world.recorded(lab.id, 1);
    const [entry] = (await entriesOf(world.sql, lab.id)).filter(({ type }) => type === "call");
    expect(entry?.commit).toMatchObject({ end_user: expect.any(String) });
    expect(entry?.body).toMatchObject({ stated_app: "crm" });
    const openings = await world.sql<{ field: string; subject_index: Buffer | null }>(
      lab.id,
      "select field, subject_index from ledger_opening where tenant_id = $1 and index = $2 order by field",
      [lab.id, entry?.index],
    );
    expect(openings.find(({ field }) => field === "end_user")?.subject_index).toHaveLength(32);
    const tables = ["call", "attempt", "ledger_body", "ledger_opening", "call_intent"];
    for (const table of tables) {
      const rows = await world.sql<{ text: string }>(
        lab.id,
        `select row_to_json(t)::text as text from ${table} t where tenant_id = $1`,
        [lab.id],
      );
      expect(rows.length).toBeGreaterThan(0);
      const hex = Buffer.from("customer-4711").toString("hex");
      for (const { text } of rows) expect(text).not.toMatch(new RegExp(`customer-4711|${hex}`));
    }
  });
});
