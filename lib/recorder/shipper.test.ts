import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createShipper, type Shipper } from "./shipper.ts";

// As `createRecorder` has them where nothing is asked for.
const options = { url: "https://gateway.test", key: "k", waitingMax: 2_000, batchMax: 100, everyMs: 2_000 };

let sizes: number[];
let status: number;
let headers: Record<string, string>;
let shipper: Shipper;

beforeEach(() => {
  vi.useFakeTimers();
  sizes = [];
  status = 200;
  headers = {};
  const fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    sizes.push((JSON.parse(String(init?.body)) as unknown[]).length);
    return Response.json({}, { status, headers });
  };
  shipper = createShipper({ ...options, fetch, timeoutMs: 5_000 });
});
afterEach(() => {
  shipper.close();
  vi.useRealTimers();
});

const add = (count: number): void => {
  for (let n = 0; n < count; n++) shipper.add({ n });
};

describe("records that wait", () => {
  it("go two seconds after the first of them", async () => {
    add(3);
    await vi.advanceTimersByTimeAsync(1_990);
    expect(sizes).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(sizes).toEqual([3]);
  });

  it("go at once when they fill a batch, however long the wait of the first still is", async () => {
    add(1);
    await vi.advanceTimersByTimeAsync(10);
    add(99);
    await vi.advanceTimersByTimeAsync(10);
    expect(sizes).toEqual([100]);
  });

  it("are not dropped where a collector that answers could take all of them", async () => {
    for (let tenMs = 0; tenMs < 200; tenMs++) {
      add(20);
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(2_010);
    expect(shipper.counts).toEqual({ waiting: 0, sent: 4_000, refused: 0, dropped: 0 });
  });

  it.each([
    ["says nothing of when", {}],
    ["says a date", { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }],
  ])("do not shorten the pause that a collector in trouble is given, which %s", async (_, said) => {
    status = 503;
    headers = said;
    add(100);
    await vi.advanceTimersByTimeAsync(10);
    expect(sizes).toEqual([100]);
    add(150);
    await vi.advanceTimersByTimeAsync(3_900);
    expect(sizes).toEqual([100]);
    await vi.advanceTimersByTimeAsync(200);
    expect(sizes).toEqual([100, 100]);
  });
});
