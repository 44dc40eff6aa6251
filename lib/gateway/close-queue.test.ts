import { afterEach, describe, expect, it, vi } from "vitest";
import type { CallRecord } from "../core/calls/call-record.ts";
import { type CloseQueueOptions, createCloseQueue } from "./close-queue.ts";

const record = (id: string, tenantId = "t1") => ({ id, tenantId }) as CallRecord;

function queueOn(write: CloseQueueOptions["record"], changed: Partial<CloseQueueOptions> = {}) {
  const delays: string[] = [];
  const givenUp: string[] = [];
  const queue = createCloseQueue({
    record: write,
    onDelay: (tenantId, calls) => delays.push(`${tenantId}:${calls}`),
    isOfBatch: (error) => error instanceof RangeError,
    onGivenUp: ({ id }) => givenUp.push(id),
    heldMax: 100,
    batchMax: 10,
    lanesMax: 2,
    lingerMs: 0,
    ...changed,
  });
  const add = (id: string, tenantId?: string): void => {
    queue.reserve(tenantId ?? "t1");
    queue.add(record(id, tenantId));
  };
  return { queue, delays, givenUp, add };
}

const ids = (records: readonly CallRecord[]) => records.map(({ id }) => id).join("");

afterEach(() => void vi.useRealTimers());

describe("createCloseQueue", () => {
  it("records one batch per tenant at a time; what comes meanwhile goes together", async () => {
    const batches: string[] = [];
    let inside = 0;
    let most = 0;
    let goOn = (): void => {};
    const meanwhile = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { queue, add } = queueOn(async (_tenant, records) => {
      inside += 1;
      most = Math.max(most, inside);
      await meanwhile;
      batches.push(ids(records));
      inside -= 1;
    });
    add("a");
    await vi.waitFor(() => expect(inside).toBe(1));
    for (const id of "bcd") add(id);
    goOn();
    expect(await queue.drain(1_000)).toBe(0);
    expect(batches).toEqual(["a", "bcd"]);
    expect(most).toBe(1);
  });

  it("serves tenants beside each other, so that none waits for another's batch", async () => {
    let releaseSlow = (): void => {};
    const done: string[] = [];
    const { queue, add } = queueOn(async (tenant) => {
      if (tenant === "slow") await new Promise<void>((resolve) => (releaseSlow = resolve));
      done.push(tenant);
    });
    add("a", "slow");
    add("b", "quick");
    expect(await queue.drain(50)).toBe(1);
    expect(done).toEqual(["quick"]);
    releaseSlow();
    expect(await queue.drain(1_000)).toBe(0);
  });

  it("does not wait for company when a whole batch has come together, nor when it is to end", async () => {
    const batches: string[] = [];
    const { queue, add } = queueOn(async (_tenant, records) => void batches.push(ids(records)), {
      batchMax: 3,
      lingerMs: 60_000,
      busy: { from: 3, lingerMs: 60_000 },
    });
    for (const id of "abc") add(id);
    await Promise.resolve();
    expect(batches).toEqual(["abc"]);
    for (const id of "de") add(id);
    expect(await queue.drain(1_000)).toBe(0);
    expect(batches).toEqual(["abc", "de"]);
  });

  it("waits longer behind a large batch than behind a small one", async () => {
    vi.useFakeTimers();
    const batches: string[] = [];
    const { queue, add } = queueOn(async (_tenant, records) => void batches.push(ids(records)), {
      batchMax: 3,
      lingerMs: 0,
      busy: { from: 3, lingerMs: 60_000 },
    });
    add("a");
    await vi.advanceTimersByTimeAsync(1);
    expect(batches).toEqual(["a"]);
    for (const id of "bcde") add(id);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(batches).toEqual(["a", "bcd"]);
    expect(queue.waiting()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(batches).toEqual(["a", "bcd", "e"]);
  });

  it("keeps everything while the store is away, in order, and records it afterwards", async () => {
    let away = true;
    const got: string[] = [];
    const { queue, add, delays } = queueOn(async (_tenant, records) => {
      if (away) throw new Error("connection refused");
      got.push(ids(records));
    });
    for (const id of "abc") add(id);
    expect(await queue.drain(30)).toBe(3);
    expect(delays.length).toBeGreaterThan(0);
    away = false;
    add("d");
    expect(await queue.drain(1_000)).toBe(0);
    expect(got.join("")).toBe("abcd");
  });

  it("gives no place beyond its bound, counting open and waiting calls together", async () => {
    const { queue } = queueOn(() => Promise.reject(new Error("away")), { heldMax: 2 });
    expect([1, 2, 3].map(() => queue.reserve("t1"))).toEqual([true, true, false]);
    queue.add(record("a"));
    expect(queue.reserve("t1")).toBe(false);
    queue.release("t1");
    expect(queue.reserve("t1")).toBe(true);
    expect(queue.waiting()).toBe(1);
  });

  it("keeps places free for others, whatever one tenant asks for, and gives its own back when they are recorded", async () => {
    let away = true;
    const { queue } = queueOn(
      async () => {
        if (away) throw new Error("away");
      },
      { heldMax: 100 },
    );
    const taken = (tenantId: string): number => {
      let places = 0;
      while (queue.reserve(tenantId)) places += 1;
      return places;
    };
    expect(taken("flood")).toBe(75);
    expect(taken("other")).toBeGreaterThanOrEqual(18);
    expect(queue.reserve("third")).toBe(true);
    expect(queue.reserve("flood")).toBe(false);
    for (let i = 0; i < 75; i += 1) queue.add(record(`${i}`, "flood"));
    expect(queue.reserve("flood")).toBe(false);
    away = false;
    await vi.waitFor(() => expect(queue.waiting()).toBe(0));
    expect(queue.reserve("flood")).toBe(true);
  });

  it("halves a batch that is not taken for its own sake, until the record at fault stands alone, and goes on without it", async () => {
    const got: string[] = [];
    const { queue, add, givenUp } = queueOn(async (_tenant, records) => {
      if (ids(records).includes("x")) throw new RangeError("Invalid string length");
      got.push(ids(records));
    });
    for (const id of "abcxdefg") add(id);
    add("z", "t2");
    expect(await queue.drain(5_000)).toBe(0);
    expect(givenUp).toEqual(["x"]);
    expect(got.join("").split("").toSorted().join("")).toBe("abcdefgz");
    expect(queue.waiting()).toBe(0);
  });

  it("gives up no record for what another one did beside it", async () => {
    // As on a thread that dies of one record: everything that runs on it then is not taken.
    type Running = { readonly tenant: string; fail(): void };
    const running = new Set<Running>();
    const got: string[] = [];
    const { queue, add, givenUp } = queueOn(
      (tenant, records) =>
        new Promise<void>((resolve, reject) => {
          const one = { tenant, fail: () => reject(new RangeError("The thread has ended.")) };
          running.add(one);
          setTimeout(
            () => {
              if (!running.delete(one)) return;
              if (tenant === "bad") {
                one.fail();
                for (const other of running) other.fail();
                running.clear();
              } else {
                got.push(...records.map(({ id }) => id));
                resolve();
              }
            },
            tenant === "bad" ? 1 : 4,
          );
        }),
    );
    for (const id of "xy") add(id, "bad");
    for (const id of "abcdef") add(id, "good");
    expect(await queue.drain(8_000)).toBe(0);
    expect(givenUp.toSorted()).toEqual(["x", "y"]);
    expect(got.toSorted().join("")).toBe("abcdef");
  });

  it("takes a store that is away for no fault of a batch", async () => {
    let away = true;
    const sizes: number[] = [];
    const { queue, add, givenUp } = queueOn(async (_tenant, records) => {
      sizes.push(records.length);
      if (away) throw new Error("connection refused");
    });
    for (const id of "abcdef") add(id);
    await vi.waitFor(() => expect(sizes.length).toBeGreaterThan(2));
    away = false;
    expect(await queue.drain(5_000)).toBe(0);
    expect(new Set(sizes)).toEqual(new Set([6]));
    expect(givenUp).toEqual([]);
  });
});
