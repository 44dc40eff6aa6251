import { readdirSync, readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CallRecord } from "../core/calls/call-record.ts";
import { registerBoot } from "../services/boots/register-boot.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { BatchFault, type Recorder, startThreadRecorder } from "./recorder.ts";
import type { RecordingOrder } from "./recording-order.ts";

let world: StoreWorld;
let tenant: StoreTenant;
let recorder: Recorder;

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("thread");
  // A thread takes the environment of the process, as it is when it starts.
  process.env.DATABASE_URL = world.database.urls.gateway;
  recorder = await startThreadRecorder();
});

afterAll(async () => {
  await recorder.stop();
  delete process.env.DATABASE_URL;
  await world.drop();
});

let next = Date.parse("2026-11-20T10:00:00.000Z");
function callsOf(n: number): CallRecord[] {
  return Array.from({ length: n }, () => callAt(tenant, new Date(next++).toISOString()));
}

async function recorded(): Promise<number> {
  const rows = await world.sql<{ n: string }>(
    "gateway",
    { read: [tenant.id] },
    "SELECT count(*) AS n FROM call WHERE tenant_id = $1",
    [tenant.id],
  );
  return Number(rows[0]?.n);
}

/** Name and nice value (proc_pid_stat(5): the 19th field). */
function threadOf(id: string): [string, number] {
  const stat = readFileSync(`/proc/self/task/${id}/stat`, "latin1");
  const [begin, end] = [stat.indexOf("("), stat.lastIndexOf(")")];
  return [stat.slice(begin + 1, end), Number(stat.slice(end + 2).split(" ")[16])];
}

describe("the recording thread", () => {
  it("records what it is given, and says of each what became of it, in their order", async () => {
    const before = await recorded();
    const [first, second] = callsOf(2);
    if (!first || !second) throw new Error("Two calls were made.");
    expect(await recorder.record(tenant.id, [first])).toMatchObject([
      { outcome: "recorded", verdict: expect.any(String) },
    ]);
    const foreign = { ...second, tenantId: "01900000-0000-7000-8000-000000000000" };
    expect(await recorder.record(tenant.id, [first, second, foreign])).toMatchObject([
      { outcome: "duplicate" },
      { outcome: "recorded" },
      { outcome: "rejected", verdict: null, band: null, bare: false },
    ]);
    expect(await recorded()).toBe(before + 2);
    const [third] = callsOf(1);
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const bad = third && { ...third, intent: { bootId, n: 1 }, ttftMs: 2 ** 40 };
    expect(bad && (await recorder.record(tenant.id, [bad]))).toMatchObject([
      { outcome: "rejected", bare: true },
    ]);
    expect(await recorded()).toBe(before + 3);
  });

  it("gives the thread no more at once than it holds with ease, and answers for all of it", async () => {
    const before = await recorded();
    const long = "x".repeat(200_000);
    const calls = callsOf(45).map((call) => ({ ...call, facts: { ...call.facts, path: `/v1/${long}` } }));
    const sizes: number[] = [];
    const post = vi.spyOn(Worker.prototype, "postMessage");
    try {
      const outcomes = await recorder.record(tenant.id, calls);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(calls.map(() => "recorded"));
      for (const [order] of post.mock.calls) sizes.push((order as RecordingOrder).records.length);
    } finally {
      post.mockRestore();
    }
    expect(sizes.length).toBe(3);
    expect(Math.max(...sizes)).toBeLessThan(5 * 1024 * 1024);
    expect(await recorded()).toBe(before + 45);
  });

  it("calls a record that cannot be written down a fault of the batch", async () => {
    const [call] = callsOf(1);
    const bad = { ...call, ttftMs: 1n } as unknown as CallRecord;
    await expect(recorder.record(tenant.id, [bad])).rejects.toBeInstanceOf(BatchFault);
  });

  it("answers each of many orders at once with its own", async () => {
    const sizes = [1, 7, 3, 12];
    const answers = await Promise.all(sizes.map((n) => recorder.record(tenant.id, callsOf(n))));
    expect(answers.map(({ length }) => length)).toEqual(sizes);
  });

  it.runIf(process.platform === "linux")("steps back behind the threads that callers wait for", () => {
    const nice = new Map(readdirSync("/proc/self/task").map(threadOf));
    const own = nice.get(threadOf(String(process.pid))[0]);
    expect(nice.get("recording")).toBe(Math.min(19, Number(own) + 5));
  });

  it("promises nothing that it did not do: a thread that dies rejects its orders, and the next one starts another", async () => {
    const program =
      'import { parentPort } from "node:worker_threads"; parentPort.postMessage({ n: 0 }); parentPort.on("message", () => process.exit(1))';
    const dying = await startThreadRecorder(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
    await expect(dying.record(tenant.id, callsOf(1))).rejects.toThrow(/thread has ended/);
    await expect(dying.record(tenant.id, callsOf(1))).rejects.toThrow(/thread has ended/);
    await dying.stop();
    const absent = startThreadRecorder(new URL("data:text/javascript,process.exit(1)"));
    await expect(absent).rejects.toThrow(/did not start/);
    await expect(dying.record(tenant.id, callsOf(1))).rejects.toThrow(/was stopped/);
  });
});
