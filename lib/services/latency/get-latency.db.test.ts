import { afterAll, beforeAll, expect, it } from "vitest";
import { latencySearch } from "../../contracts/latency.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getLatency } from "./get-latency.ts";

let world: StoreWorld;
let bank: StoreTenant;
let ann: PersonActor;
let stranger: PersonActor;
const now = new Date("2026-11-20T12:00:00.000Z");

/** Calls that took 100, 200, … ms, a minute apart. */
function calls(host: string, model: string, from: string, count: number, stepMs: number): CallRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const startedAt = new Date(Date.parse(from) + i * 60_000);
    const call = callAt(bank, startedAt.toISOString(), { host });
    return {
      ...call,
      endedAt: new Date(startedAt.getTime() + (i + 1) * stepMs).toISOString(),
      ttftMs: (i + 1) * 10,
      facts: { ...call.facts, modelRequested: model },
    };
  });
}

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  const other = await world.addTenant("other");
  await world.addTenant("silent");
  ann = await world.addPerson("ann", { bank: "officer" });
  stranger = await world.addPerson("sam", { other: "officer", silent: "officer" });
  await world.as("gateway", async () => {
    await recordCalls(bank.id, [
      ...calls("eu.api.openai.com", "o3", "2026-11-20T08:00:00.000Z", 100, 10),
      ...calls("eu.api.openai.com", "gpt-5.5", "2026-11-20T08:00:30.000Z", 100, 100),
      ...calls("api.openai.com", "o3", "2026-11-20T09:00:00.000Z", 10, 10),
      ...calls("eu.api.openai.com", "o3", "2026-11-19T08:00:00.000Z", 50, 20),
      // Where the record begins: before that, there is nothing to compare with.
      ...calls("eu.api.openai.com", "o3", "2026-11-01T08:00:00.000Z", 1, 20),
      // Answered out of a cache: they reached no provider, and tell nothing of one.
      ...calls("eu.api.openai.com", "o3", "2026-11-20T08:00:15.000Z", 5, 1).map((call) => ({
        ...call,
        attempts: [],
        ttftMs: null,
      })),
      // Domicile's own questions about stored objects are nobody's use.
      ...calls("eu.api.openai.com", "o3", "2026-11-20T08:00:45.000Z", 5, 1).map((call) => ({
        ...call,
        source: "upkeep" as const,
        ttftMs: null,
      })),
    ]);
    await recordCalls(other.id, [callAt(other, "2026-11-20T08:00:00.000Z")]);
  });
});
afterAll(() => world.drop());

const latency = (actor: PersonActor, search: object = {}) =>
  world.as("web", () => getLatency(actor, latencySearch.parse({ range: "24h", ...search }), now));

/** Bounds of buckets lie 22 % apart. */
function near(ms: number | null | undefined, wanted: number): boolean {
  return typeof ms === "number" && Math.abs(ms - wanted) / wanted < 0.22;
}

it("merges histograms by region and model to what sorting every call would say, within a bucket", async () => {
  const { regions, all } = await latency(ann);
  expect(regions.map(({ region, total }) => [region, total.measured])).toEqual([
    ["eu", 200],
    ["global", 10],
  ]);
  const [eu] = regions;
  expect(eu?.models.map(({ model }) => model)).toEqual(["gpt-5.5", "o3"]);
  const [slow, fast] = eu?.models ?? [];
  expect(
    [slow?.total.p50, slow?.total.p95, slow?.total.p99].map((ms, i) =>
      near(ms, [5_000, 9_500, 9_900][i] ?? 0),
    ),
  ).toEqual([true, true, true]);
  expect([fast?.total.p50, fast?.total.p95].map((ms, i) => near(ms, [500, 950][i] ?? 0))).toEqual([
    true,
    true,
  ]);
  expect(near(fast?.firstToken.p50, 500)).toBe(true);
  expect(all.total.measured).toBe(210);
});

it("compares with the period before, and has a point for every hour, without a value where nothing was measured", async () => {
  const [eu] = (await latency(ann)).regions;
  expect(eu?.previous.total.measured).toBe(50);
  expect(near(eu?.previous.total.p95, 950)).toBe(true);
  const measured = eu?.points.filter(({ total }) => total.p95 !== null).map(({ at }) => at.slice(11, 13));
  expect(measured).toEqual(["08", "09"]);
  expect(eu?.points.length).toBe(24);
});

it("compares with nothing that begins before the first recorded call", async () => {
  const { regions, previous } = await latency(ann, { from: "2026-11-10T00:00:00Z" });
  // The one call of 1 November is in it, and the record began in the course of it.
  expect(previous.from).toBe("2026-10-31T00:00:00.000Z");
  expect(regions[0]?.previous.total).toMatchObject({ measured: 0, p95: null });
});

it("compares whole hours only, although the one that has begun is shown", async () => {
  const search = latencySearch.parse({ range: "24h" });
  const within = new Date("2026-11-20T09:30:00.000Z");
  const { regions, compared } = await world.as("web", () => getLatency(ann, search, within));
  expect(compared.to).toBe("2026-11-20T09:00:00.000Z");
  expect(regions.map(({ region, total, compared: whole }) => [region, total.measured, whole.total])).toEqual([
    ["eu", 200, expect.objectContaining({ measured: 120 })],
    ["global", 10, { measured: 0, p50: null, p95: null, p99: null }],
  ]);
});

it("has a point for every seven days of a year, and compares its whole days", async () => {
  const search = latencySearch.parse({ from: "2026-01-14T00:00:00Z" });
  const { step, regions, compared } = await world.as("web", () => getLatency(ann, search, now));
  expect([step, compared.to]).toEqual(["week", "2026-11-20T00:00:00.000Z"]);
  const [eu] = regions;
  const measured = eu?.points.flatMap(({ at, total }) =>
    total.measured > 0 ? [[at.slice(0, 10), total.measured]] : [],
  );
  expect(measured).toEqual([
    ["2026-10-28", 1],
    ["2026-11-18", 250],
  ]);
  expect([eu?.total.measured, eu?.compared.total.measured]).toEqual([251, 51]);
});

it("is confined to a model, an operation and an application, and says what there is to choose", async () => {
  const only = await latency(ann, { model: ["o3"] });
  expect(only.all.total.measured).toBe(110);
  expect(only.models).toEqual(["gpt-5.5", "o3"]);
  expect((await latency(ann, { operation: ["embeddings.create"] })).regions).toEqual([]);
  expect((await latency(ann, { application: ["no-such"] })).regions).toEqual([]);
});

it("tells a time without calls from tenants that have none", async () => {
  const before = { from: "2026-02-01T00:00:00Z", to: "2026-02-02T00:00:00Z" };
  expect(await latency(stranger, { tenant: "other", ...before })).toMatchObject({
    regions: [],
    hasCalls: true,
  });
  expect(await latency(stranger, { tenant: "silent" })).toMatchObject({ regions: [], hasCalls: false });
});

it("shows nothing of a tenant the reader is no member of", async () => {
  expect((await latency(stranger)).all.total.measured).toBe(1);
  await expect(latency(stranger, { tenant: "bank" })).rejects.toMatchObject({ code: "not_found" });
});
