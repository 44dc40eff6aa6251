import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReplayChunk } from "../../contracts/replays.ts";
import { policyFromPreset } from "../../core/policies/presets.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { replayPeriod } from "./replay-period.ts";

let world: StoreWorld;
let bank: StoreTenant;
let officer: PersonActor;
let stranger: PersonActor;
const noon = "2026-11-20T12:00:00.000Z";
const minutes = (n: number) => new Date(Date.parse(noon) + n * 60_000).toISOString();
const period = { tenant: "bank", from: "2026-11-01T00:00:00Z", to: "2026-11-21T00:00:00Z" };

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank", { enforcement: "observe" });
  officer = await world.addPerson("olga", { bank: "officer" });
  stranger = await world.addPerson("nob", {});
  const calls = [
    ...Array.from({ length: 9 }, (_, i) => callAt(bank, minutes(i))),
    ...Array.from({ length: 4 }, (_, i) =>
      callAt(bank, minutes(20 + i), { host: "api.openai.com", target: "api.openai.com" }),
    ),
  ];
  await world.as("gateway", () => recordCalls(bank.id, calls));
});
afterAll(() => world.drop());

const replay = (input: Parameters<typeof replayPeriod>[1], actor = officer) =>
  world.as("web", () => replayPeriod(actor, input));
const blocking = {
  ...policyFromPreset("eea_ch", { homeRegion: "eu", enforcement: { mode: "block" }, acceptance: null }),
};
const add = (chunks: readonly ReplayChunk[], key: "looked" | "stopped") =>
  chunks.reduce((sum, chunk) => sum + chunk[key], 0);

describe("replayPeriod", () => {
  it("counts what a policy that is not saved would have stopped, and says why", async () => {
    const chunk = await replay({ ...period, under: { policy: blocking } });
    expect(chunk).toMatchObject({
      looked: 13,
      totalCalls: 13,
      stopped: 4,
      stoppedBefore: 0,
      nextCursor: null,
    });
    expect(chunk.stopReasons).toEqual([{ reason: "host_out_of_region", calls: 4 }]);
    expect(chunk.verdicts).toContainEqual({ before: "violation", after: "blocked", calls: 4 });
    expect(chunk.differing).toHaveLength(4);
    expect(chunk.differing[0]).toMatchObject({ application: "loan-desk", host: "api.openai.com" });
  });

  it("finds no difference under the version that was in force", async () => {
    const chunk = await replay({ ...period, under: { version: 1 } });
    expect(chunk).toMatchObject({ stopped: 0, wouldStop: 4, differing: [] });
    expect(chunk.verdicts.every(({ before, after }) => before === after)).toBe(true);
  });

  it("goes through a period in parts that leave out none and count none twice", async () => {
    const chunks: ReplayChunk[] = [];
    let cursor: string | null = null;
    do {
      const chunk: ReplayChunk = await replay({ ...period, under: { policy: blocking }, cursor, limit: 5 });
      chunks.push(chunk);
      cursor = chunk.nextCursor;
    } while (cursor !== null);
    expect(chunks.map(({ looked }) => looked)).toEqual([5, 5, 3]);
    expect(add(chunks, "looked")).toBe(13);
    expect(add(chunks, "stopped")).toBe(4);
  });

  it("changes nothing that is stored", async () => {
    const stored = () =>
      world.sql("owner", { read: [bank.id] }, "SELECT id, verdict, band, reasons FROM call ORDER BY id");
    const before = await stored();
    await replay({
      ...period,
      under: { policy: { ...blocking, global: { allowed: true, acceptance: null } } },
    });
    expect(await stored()).toEqual(before);
  });

  it("is for members, within a period, under a policy that can be read", async () => {
    await expect(replay({ ...period, under: { version: 1 } }, stranger)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(replay({ ...period, under: { version: 7 } })).rejects.toMatchObject({ code: "not_found" });
    await expect(replay({ ...period, to: period.from, under: { version: 1 } })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(replay({ ...period, under: { policy: { preset: "custom" } } })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
