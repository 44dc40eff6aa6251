import { expect, it, vi } from "vitest";
import type { CallRecord } from "../core/calls/call-record.ts";
import { createCloseQueue } from "./close-queue.ts";

it("records so many tenants at a time and no more, however many wait", async () => {
  let inside = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  const queue = createCloseQueue({
    record: async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise<void>((resolve) => waiting.push(resolve));
      inside -= 1;
    },
    onDelay: () => expect.unreachable(),
    isOfBatch: () => false,
    onGivenUp: () => expect.unreachable(),
    heldMax: 100,
    batchMax: 10,
    lanesMax: 2,
    lingerMs: 0,
  });
  const reserve: (tenantId: string) => boolean = queue.reserve;
  for (const tenantId of ["t1", "t2", "t3", "t4", "t5"]) {
    reserve(tenantId);
    queue.add({ id: `of ${tenantId}`, tenantId } as CallRecord);
  }
  await vi.waitFor(() => expect(inside).toBeGreaterThanOrEqual(2));
  // All of them had their turn to begin.
  expect(await queue.drain(50)).toBe(5);
  expect(most).toBe(2);
  const drained = queue.drain(5_000);
  while (waiting.length > 0) {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await drained).toBe(0);
  expect(most).toBe(2);
});
