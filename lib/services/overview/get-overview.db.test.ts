import { afterAll, beforeAll, expect, it } from "vitest";
import { overviewSearch } from "../../contracts/overview.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getOverview } from "./get-overview.ts";

let world: StoreWorld;
let bank: StoreTenant;
let reader: PersonActor;
const now = new Date("2026-11-20T12:00:00.000Z");

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  reader = await world.addPerson("rea", { bank: "auditor" });
  const at = (day: string, n: number, host = "eu.api.openai.com") =>
    Array.from({ length: n }, (_, i) => callAt(bank, `${day}T0${i}:00:00.000Z`, { host }));
  await world.as("gateway", () =>
    recordCalls(bank.id, [
      ...at("2026-11-20", 3),
      ...at("2026-11-20", 2, "api.openai.com"),
      ...at("2026-11-19", 4),
      ...at("2026-08-06", 5),
    ]),
  );
});
afterAll(() => world.drop());

const overview = (search: object) =>
  world.as("web", () => getOverview(reader, overviewSearch.parse(search), now));
const filled = ({ points }: Awaited<ReturnType<typeof overview>>) =>
  points.flatMap(({ at, bands }) => {
    const calls = Object.values(bands).reduce((sum, count) => sum + count, 0);
    return calls > 0 ? [[at.slice(0, 10), calls]] : [];
  });

it("tells days up to a quarter and seven days beyond, and holds whole days against as many before", async () => {
  const days = await overview({ from: "2026-08-21T00:00:00Z" });
  expect([days.step, filled(days)]).toEqual([
    "day",
    [
      ["2026-11-19", 4],
      ["2026-11-20", 5],
    ],
  ]);
  const weeks = await overview({ from: "2026-08-07T00:00:00Z" });
  expect([weeks.step, filled(weeks)]).toEqual([
    "week",
    [
      ["2026-11-13", 4],
      ["2026-11-20", 5],
    ],
  ]);
  for (const { calls, compared, previous, bands } of [days, weeks]) {
    // The day that runs is counted, and in no comparison.
    expect([calls, compared.calls, previous.calls]).toEqual([9, 4, 5]);
    expect(bands.in_region + bands.outside + bands.stopped).toBe(9);
    expect(compared.bands.in_region).toBe(4);
    expect(previous.bands.in_region).toBe(5);
  }
});

it("says what it is wider than, and flags no call outside the range that was asked for", async () => {
  const { window, bands, newestFlags, step } = await overview({
    from: "2026-11-10T13:37:00Z",
    to: "2026-11-20T00:30:00Z",
  });
  expect(step).toBe("day");
  expect(window).toEqual({
    from: "2026-11-10T00:00:00.000Z",
    to: now.toISOString(),
    coverage: "complete",
    asked: { from: "2026-11-10T13:37:00.000Z", to: "2026-11-20T00:30:00.000Z" },
  });
  expect(bands.outside).toBe(2);
  expect(newestFlags.map(({ startedAt }) => startedAt)).toEqual(["2026-11-20T00:00:00.000Z"]);
});

it("compares with nothing that begins before the first recorded call", async () => {
  const comparable = async (search: object) => (await overview(search)).comparable;
  expect(await comparable({ range: "30d" })).toBe(true);
  expect(await comparable({ range: "60d" })).toBe(false);
});

it("says which regions the calls of a range went to, and flags those outside policy", async () => {
  const { regions, newestFlags, openFindings, openFindingCount } = await overview({ range: "24h" });
  expect(regions.map(({ region, calls }) => [region, calls])).toEqual([
    ["eu", 3],
    ["global", 2],
  ]);
  expect(newestFlags).toHaveLength(2);
  expect(openFindings.length).toBeGreaterThan(0);
  expect(openFindingCount).toBe(openFindings.length);
});

it("tells a range and an application without calls from a record without calls", async () => {
  for (const search of [
    { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" },
    { application: ["nobody"] },
  ]) {
    const { calls, previous, hasCalls } = await overview(search);
    expect([calls, previous.calls, hasCalls]).toEqual([0, 0, true]);
  }
  await world.addTenant("new");
  const newcomer = await world.addPerson("nia", { new: "auditor" });
  const { hasCalls } = await world.as("web", () => getOverview(newcomer, overviewSearch.parse({}), now));
  expect(hasCalls).toBe(false);
});
