import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BootBody } from "../core/ledger/entries/boot-body.ts";
import { createHeartbeat, type HeartbeatOptions } from "./heartbeat.ts";
import { createOpenNumbers } from "./open-numbers.ts";

const at = (n: number, tenantId = "t1") => ({ bootId: "b1", tenantId, n });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function heartOn(
  record: (tenantId: string, body: BootBody) => Promise<void>,
  changed: Partial<HeartbeatOptions> = {},
) {
  const numbers = createOpenNumbers();
  numbers.startBoot("b1");
  const delays: string[] = [];
  const heart = createHeartbeat({
    numbers,
    record,
    onDelay: (tenantId) => delays.push(tenantId),
    everyMs: 10_000,
    busyFrom: 3,
    ...changed,
  });
  heart.start();
  return { numbers, delays, heart };
}

/** A log that takes everything. */
function heard() {
  const words: string[] = [];
  const record = async (tenantId: string, { issuedTo, open }: BootBody): Promise<void> => {
    words.push(`${tenantId}:${issuedTo}/${open.count}`);
  };
  return { words, record };
}

describe("a heartbeat", () => {
  it("comes after activity, once per tenant, and not at all while nothing happens", async () => {
    const { words, record } = heard();
    const { numbers } = heartOn(record);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(words).toEqual([]);
    numbers.durable([at(1), at(1, "t2")]);
    expect(words).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(words).toEqual(["t1:1/1", "t2:1/1"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(words).toHaveLength(2);
    numbers.recorded(at(1));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(words[2]).toBe("t1:1/0");
  });

  it("that the store does not take is tried again, with what is true by then; other tenants do not wait", async () => {
    const { words, record } = heard();
    let away = true;
    const { numbers, delays } = heartOn(async (tenantId, body) => {
      if (away && tenantId === "t1") throw new Error("away");
      await record(tenantId, body);
    });
    numbers.durable([at(1), at(1, "t2")]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([delays, words]).toEqual([["t1"], ["t2:1/1"]]);
    numbers.recorded(at(1));
    away = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(words).toEqual(["t2:1/1", "t1:1/0"]);
  });

  it("does not wait for its time where many calls were recorded", async () => {
    const { words, record } = heard();
    const { numbers, heart } = heartOn(record);
    numbers.durable([at(1), at(2), at(3), at(4)]);
    for (const n of [1, 2]) numbers.recorded(at(n));
    heart.poke();
    await vi.advanceTimersByTimeAsync(0);
    expect(words).toEqual([]);
    numbers.recorded(at(3));
    heart.poke();
    await vi.advanceTimersByTimeAsync(0);
    expect(words).toEqual(["t1:4/1"]);
  });

  it("never runs twice at once, and poking it waits for nothing", async () => {
    let inside = 0;
    let most = 0;
    const { numbers, heart } = heartOn(
      async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 25_000));
        inside -= 1;
      },
      { busyFrom: 1 },
    );
    numbers.durable([at(1)]);
    numbers.recorded(at(1));
    for (let i = 0; i < 5; i += 1) heart.poke();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(most).toBe(1);
  });

  it("comes one last time at the end, and then no more", async () => {
    const { words, record } = heard();
    const { numbers, heart } = heartOn(record);
    numbers.durable([at(1)]);
    numbers.recorded(at(1));
    await heart.stop(800);
    expect(words).toEqual(["t1:1/0"]);
    numbers.durable([at(2)]);
    heart.poke();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(words).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("at the end waits no longer than it may, and says nothing more after that", async () => {
    const said: string[] = [];
    const { numbers, heart } = heartOn(async (tenantId) => {
      said.push(tenantId);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
    });
    numbers.durable([at(1), at(1, "t2")]);
    const stopped = heart.stop(800);
    await vi.advanceTimersByTimeAsync(800);
    await stopped;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(said).toEqual(["t1"]);
  });
});
