import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPace, defaultPace } from "./pace.ts";

const round = () => new Promise((resolve) => setImmediate(resolve));
const rounds = async (n: number) => {
  for (let i = 0; i < n; i += 1) await round();
};

describe("quiet", () => {
  it("is when nothing stirred for two rounds of the loop", async () => {
    const pace = createPace({ ...defaultPace, quietMsMax: 10_000 });
    let quiet = false;
    const waited = pace.quiet().then(() => {
      quiet = true;
    });
    for (let i = 0; i < 20; i += 1) {
      pace.stir();
      await round();
      expect(quiet).toBe(false);
    }
    await rounds(4);
    expect(quiet).toBe(true);
    await waited;
  });

  it("is not waited for longer than a group may wait", async () => {
    const pace = createPace({ ...defaultPace, quietMsMax: 5 });
    let over = false;
    const waited = pace.quiet().then(() => {
      over = true;
    });
    const began = performance.now();
    while (!over && performance.now() - began < 5_000) {
      pace.stir();
      await round();
    }
    expect(over).toBe(true);
    await waited;
  });
});

describe("leisure", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** So many calls' work that nobody waits for; how much of it was done. */
  const work = (pace: ReturnType<typeof createPace>, calls: number) => {
    const done: number[] = [];
    for (let i = 0; i < calls; i += 1) void pace.leisure().then(() => done.push(i));
    return done;
  };

  it("begins when what callers wait for is with somebody else, and leaves room between a few and the next", async () => {
    const pace = createPace({ ...defaultPace, turnsAtOnce: 2 });
    const done = work(pace, 5);
    await rounds(5);
    expect(done).toEqual([]);
    pace.rest();
    expect(done).toEqual([]);
    await round();
    expect(done).toEqual([0, 1]);
    await round();
    expect(done).toEqual([0, 1, 2, 3]);
    await round();
    expect(done).toEqual([0, 1, 2, 3, 4]);
  });

  it("is not waited for longer than it may be, where nobody calls any more", async () => {
    const pace = createPace({ ...defaultPace, restMsMax: 2 });
    const done = work(pace, 1);
    vi.advanceTimersByTime(1);
    await rounds(3);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1);
    await rounds(2);
    expect(done).toEqual([0]);
    const later = work(pace, 1);
    vi.advanceTimersByTime(2);
    await rounds(2);
    expect(later).toEqual([0]);
  });

  it("comes at once where a caller waits for it after all", async () => {
    const pace = createPace({ ...defaultPace, turnsAtOnce: 1 });
    const done = work(pace, 5);
    pace.hurry();
    await Promise.resolve();
    expect(done).toEqual([0, 1, 2, 3, 4]);
    const next = work(pace, 1);
    pace.rest();
    await rounds(2);
    expect(next).toEqual([0]);
  });

  it("comes at once where too much waits", async () => {
    const pace = createPace({ ...defaultPace, turnsAtOnce: 1, heldMax: 10 });
    const done = work(pace, 30);
    await rounds(2);
    expect(done.length).toBeGreaterThanOrEqual(20);
    await rounds(12);
    expect(done).toHaveLength(30);
  });
});
