import { afterAll, beforeAll, expect, it } from "vitest";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { repairRollups } from "./repair-rollups.ts";

let world: StoreWorld;
let bank: StoreTenant;
const now = new Date("2026-11-20T12:30:00.000Z");

/** Calls of every kind that a rollup counts differently, two days long, not in the order of time. */
function story(): CallRecord[] {
  return Array.from({ length: 120 }, (_, i) => {
    const at = new Date(Date.parse("2026-11-19T00:00:00.000Z") + ((i * 37) % 120) * 18 * 60_000);
    const call = callAt(bank, at.toISOString(), i % 9 === 0 ? { host: "api.openai.com" } : {});
    if (i % 11 === 0) return { ...call, end: "unknown", endedAt: null, ttftMs: null };
    if (i % 13 === 0)
      return {
        ...call,
        // Some turned away, some not.
        attempts: call.attempts.map((attempt) => ({ ...attempt, status: i % 2 === 0 ? 429 : 400 })),
        usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null },
      };
    const attempts = call.attempts.map((attempt) => ({ ...attempt, status: i % 7 === 0 ? 500 : 200 }));
    return { ...call, attempts, endedAt: new Date(at.getTime() + 5 + i * i).toISOString(), ttftMs: i * 3 };
  });
}

function ended(call: CallRecord, i: number): CallRecord {
  const attempts = call.attempts.map((attempt) => ({ ...attempt, status: i % 2 === 0 ? 503 : 200 }));
  const usage = { inputTokens: 70 + i, outputTokens: 7, cachedInputTokens: 3, reasoningTokens: 1 };
  const endedAt = new Date(Date.parse(call.startedAt) + 2_345).toISOString();
  return { ...call, end: "complete", endedAt, ttftMs: 90, usage, attempts, responseBytes: 4_321 };
}

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  // In two recordings: what comes later adds to hours that are there.
  const calls = story();
  await world.as("gateway", () => recordCalls(bank.id, calls.slice(0, 70)));
  await world.as("gateway", () => recordCalls(bank.id, calls.slice(70)));
  // And ends that come late, some of them failures.
  const late = calls.filter(({ end }, i) => end === "unknown" && i % 2 === 0);
  await world.as("gateway", () => recordCalls(bank.id, late.map(ended)));
});
afterAll(() => world.drop());

const rows = (table: string) =>
  world.sql("owner", { read: [bank.id] }, `SELECT * FROM ${table} r ORDER BY to_jsonb(r)::text`);
const repair = () => world.as("worker", () => repairRollups(now));
const spoil = (text: string) => world.sql("worker", { read: [bank.id], write: bank.id }, text);

it("finds nothing to mend in what recording counted", async () => {
  expect(await repair()).toBe(0);
});

it("counts again exactly what recording counted, histograms and days included", async () => {
  const hours = await rows("rollup_hour");
  const days = await rows("rollup_day");
  await spoil("UPDATE rollup_hour SET calls = calls + 1, latency = 9e24 WHERE hour = '2026-11-19T03:00:00Z'");
  await spoil("DELETE FROM rollup_hour WHERE hour = '2026-11-19T09:00:00Z'");
  await spoil("UPDATE rollup_hour SET input_tokens = 7 WHERE hour = '2026-11-20T05:00:00Z'");
  await spoil("UPDATE rollup_day SET calls = 1 WHERE day = '2026-11-19'");
  await spoil("UPDATE rollup_hour SET without_end = without_end + 1 WHERE hour = '2026-11-20T07:00:00Z'");
  expect(await repair()).toBe(4);
  expect(await rows("rollup_hour")).toEqual(hours);
  expect(await rows("rollup_day")).toEqual(days);
  expect(await repair()).toBe(0);
});

it("leaves what is older than it looks, and mends so many hours at a time", async () => {
  const before = await rows("rollup_hour");
  await spoil("DELETE FROM rollup_hour");
  expect(await repair()).toBe(24);
  for (let mended = 24; mended > 0; ) mended = await repair();
  expect(await rows("rollup_hour")).toEqual(before);
});

it("counts an end that lies ages away, though no call lasts so long", async () => {
  const tenant = await world.addTenant("ages");
  const call = callAt(tenant, "2026-11-20T01:00:00.000Z", { attempts: [], end: "complete" });
  await world.as("gateway", () => recordCalls(tenant.id, [{ ...call, endedAt: "9999-12-31T23:59:59.000Z" }]));
  const owned = (text: string) => world.sql("worker", { read: [tenant.id], write: tenant.id }, text);
  await owned("DELETE FROM rollup_hour");
  expect(await repair()).toBe(1);
});

it("mends everybody's, though one tenant's cannot be, and says whose", async () => {
  const later = await world.addTenant("later");
  await world.as("gateway", () => recordCalls(later.id, [callAt(later, "2026-11-20T02:00:00.000Z")]));
  await spoil("DELETE FROM rollup_hour WHERE hour = '2026-11-20T05:00:00Z'");
  await world.sql("worker", { read: [later.id], write: later.id }, "DELETE FROM rollup_hour");
  const owner = (text: string) => world.sql("owner", {}, text);
  await owner(
    `CREATE FUNCTION refuse_bank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NEW.tenant_id = '${bank.id}' THEN RAISE EXCEPTION 'integer out of range'; END IF; RETURN NEW; END $$`,
  );
  await owner(
    "CREATE TRIGGER refuse_bank BEFORE INSERT ON rollup_hour FOR EACH ROW EXECUTE FUNCTION refuse_bank()",
  );
  await expect(repair()).rejects.toThrow(`failed for ${bank.id};`);
  expect(await world.sql("owner", { read: [later.id] }, "SELECT calls FROM rollup_hour")).toHaveLength(1);
  await owner("DROP TRIGGER refuse_bank ON rollup_hour");
  expect(await repair()).toBe(1);
});
