import { afterAll, beforeAll, expect, it } from "vitest";
import { usageDimensions, usageSearch } from "../../contracts/usage.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getUsage } from "./get-usage.ts";

let world: StoreWorld;
let bank: StoreTenant;
let both: PersonActor;
let one: PersonActor;
const now = new Date("2026-11-20T12:00:00.000Z");

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  const other = await world.addTenant("other");
  // The record begins with one call long before.
  const elder = await world.addTenant("elder");
  await world.addTenant("silent");
  both = await world.addPerson("bo", { bank: "auditor", other: "officer", elder: "auditor" });
  one = await world.addPerson("one", { other: "auditor", silent: "auditor" });
  const at = (tenant: StoreTenant, day: number, n: number, host: string) =>
    Array.from({ length: n }, (_, i) =>
      callAt(tenant, `2026-11-${day}T0${i % 8}:0${i % 7}:00.000Z`, { host }),
    );
  await world.as("gateway", async () => {
    await recordCalls(bank.id, [
      ...at(bank, 20, 6, "eu.api.openai.com"),
      ...at(bank, 20, 3, "api.openai.com"),
      ...at(bank, 19, 4, "eu.api.openai.com"),
    ]);
    await recordCalls(other.id, at(other, 20, 2, "eu.api.openai.com"));
    await recordCalls(elder.id, [callAt(elder, "2026-01-20T08:00:00.000Z")]);
  });
});
afterAll(() => world.drop());

const usage = (actor: PersonActor, search: object = {}) =>
  world.as("web", () => getUsage(actor, usageSearch.parse({ range: "24h", ...search }), now));

it("counts each call in one row, whatever it counts by, over time and in its bands", async () => {
  for (const by of usageDimensions) {
    const { rows, total } = await usage(both, { by });
    expect(total.calls, by).toBe(11);
    expect(
      rows.reduce((sum, { calls }) => sum + calls, 0),
      by,
    ).toBe(11);
    for (const row of rows) {
      expect(row.points.reduce((sum, calls) => sum + calls, 0)).toBe(row.calls);
      expect(Object.values(row.bands).reduce((sum, calls) => sum + calls, 0)).toBe(row.calls);
    }
  }
});

it("says by hours, days and weeks what a plain count of the calls says", async () => {
  const columns = { region: "region_dim", model: "model_dim", operation: "operation" } as const;
  const spans = [{ range: "24h" }, { range: "60d" }, { from: "2026-01-14T00:00:00Z" }];
  for (const span of spans)
    for (const by of ["region", "model", "operation"] as const) {
      const { rows, window } = await usage(both, { by, ...span });
      const tenants = await world.sql<{ id: string }>("web", {}, "SELECT id FROM tenant");
      const plain = await world.sql<{ key: string; calls: number; input: number; bytes: number }>(
        "owner",
        { read: tenants.map(({ id }) => id) },
        `SELECT ${columns[by]} AS key, count(*)::int AS calls, sum(input_tokens)::int AS input, sum(response_bytes)::int AS bytes
           FROM call WHERE started_at >= $1 AND started_at < $2 GROUP BY 1 ORDER BY 2 DESC, 1`,
        [window.from, window.to],
      );
      expect(plain.length, `${by} ${window.from}`).toBeGreaterThan(0);
      expect(
        rows.map(({ key, calls, inputTokens, responseBytes }) => [key, calls, inputTokens, responseBytes]),
        `${by} ${window.from}`,
      ).toEqual(plain.map(({ key, calls, input, bytes }) => [key, calls, input, bytes]));
    }
});

it("tells seven days from where the span begins, and the last of them as far as it goes", async () => {
  const search = { from: "2026-08-07T00:00:00Z", to: "2026-11-21T00:00:00Z" };
  const { step, points, compared, previous } = await usage(both, search);
  expect(step).toBe("week");
  // 19 November is the last of the fifteenth seven days; the sixteenth run, and are held against nothing.
  expect(points.flatMap(({ at, calls }, i) => (calls > 0 ? [[i, at.slice(0, 10), calls]] : []))).toEqual([
    [14, "2026-11-13", 4],
    [15, "2026-11-20", 11],
  ]);
  expect(points.map(({ before }) => before?.calls)).toEqual([...Array(15).fill(0), undefined]);
  expect([compared.calls, previous.calls]).toEqual([4, 0]);
});

it("keeps the seven days of the period before apart from those of this one", async () => {
  const later = new Date("2027-03-03T12:00:00.000Z");
  const search = usageSearch.parse({ from: "2026-11-20T00:00:00Z", to: "2027-03-03T00:00:00Z" });
  const { points, compared, previous, total } = await world.as("web", () => getUsage(both, search, later));
  // The period before: 9 August to 19 November, 103 days, of which the last five make a step.
  expect([previous.from.slice(0, 10), previous.calls]).toEqual(["2026-08-09", 4]);
  expect([total.calls, compared.calls]).toEqual([11, 11]);
  expect([points[0]?.calls, points.at(-1)?.before?.calls]).toEqual([11, 4]);
  expect(points.reduce((sum, { calls }) => sum + calls, 0)).toBe(11);
  expect(points.reduce((sum, { before }) => sum + (before?.calls ?? 0), 0)).toBe(4);
});

it("draws each day beside the same weekday, and nothing beside a time before the record", async () => {
  const search = { from: "2026-11-10T13:37:00Z", to: "2026-11-20T07:11:00Z" };
  const wide = await usage(both, search);
  expect(wide.window).toMatchObject({
    from: "2026-11-10T00:00:00.000Z",
    to: now.toISOString(),
    asked: { from: "2026-11-10T13:37:00.000Z", to: "2026-11-20T07:11:00.000Z" },
  });
  expect([wide.comparable, wide.lineMs]).toEqual([true, 7 * 86_400_000]);
  // 19 November is the tenth day, 12 November the third; the eighth is 17 November, beside the tenth.
  expect(wide.points.map(({ before }) => before?.calls ?? null)).toEqual([...Array(10).fill(0), null]);
  const young = await usage(one, search);
  expect([young.comparable, young.points.map(({ before }) => before)]).toEqual([false, Array(11).fill(null)]);
});

it("keeps the global endpoint apart from every region, beside the period before", async () => {
  const { rows, previous } = await usage(both, { by: "region" });
  expect(rows.map(({ key, calls, previousCalls }) => [key, calls, previousCalls])).toEqual([
    ["eu", 8, 4],
    ["global", 3, 0],
  ]);
  expect(previous.calls).toBe(4);
});

it("holds the period before against the hours that are over, and not against one more that has begun", async () => {
  const at = (search: object) =>
    world.as("web", () =>
      getUsage(
        both,
        usageSearch.parse({ range: "1h", by: "region", ...search }),
        new Date("2026-11-20T02:59:00.000Z"),
      ),
    );
  const { rows, total, compared, previous } = await at({});
  expect([compared.from, compared.to, previous.from, previous.to]).toEqual([
    "2026-11-20T01:00:00.000Z",
    "2026-11-20T02:00:00.000Z",
    "2026-11-20T00:00:00.000Z",
    "2026-11-20T01:00:00.000Z",
  ]);
  // Those of the hour that has begun are in no comparison.
  expect([total.calls, compared.calls, previous.calls]).toEqual([5, 3, 3]);
  expect(rows.map(({ comparedCalls, previousCalls }) => [comparedCalls, previousCalls])).toEqual([
    [2, 2],
    [1, 1],
  ]);
});

it("sums tokens and bytes as they were reported", async () => {
  const { rows, total } = await usage(both, { by: "tenant", tenant: "bank" });
  expect(rows.map(({ key }) => key)).toEqual(["bank"]);
  const { usage: tokens, requestBytes } = callAt(bank, "2026-11-20T00:00:00.000Z");
  expect(total).toMatchObject({
    calls: 9,
    inputTokens: 9 * (tokens.inputTokens ?? 0),
    outputTokens: 9 * (tokens.outputTokens ?? 0),
    requestBytes: 9 * (requestBytes ?? 0),
  });
});

it("tells a time without calls from tenants that have none", async () => {
  const before = { from: "2026-02-01T00:00:00Z", to: "2026-02-02T00:00:00Z" };
  expect(await usage(one, { tenant: "other", ...before })).toMatchObject({ rows: [], hasCalls: true });
  expect(await usage(one, { tenant: "silent" })).toMatchObject({ rows: [], hasCalls: false });
  expect(await usage(one)).toMatchObject({ hasCalls: true });
});

it("shows nothing of a tenant the reader is no member of", async () => {
  expect((await usage(one, { by: "tenant" })).rows.map(({ key }) => key)).toEqual(["other"]);
  await expect(usage(one, { tenant: "bank" })).rejects.toMatchObject({ code: "not_found" });
});
