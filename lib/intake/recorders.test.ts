import { describe, expect, it } from "vitest";
import type { IntakeOrder, IntakeOutcome } from "./order.ts";
import { createOrderQueue, type WaitingOrder } from "./order-queue.ts";
import { startThreadRecorders } from "./recorders.ts";

function order(tenantId = "t"): IntakeOrder {
  return {
    kind: { route: "calls", form: "json" },
    encoding: null,
    body: new Uint8Array(),
    reporter: { tenantId, applicationId: "a", keyId: null },
    receivedAt: 0,
    own: [],
  };
}

/** Answers all that it holds at the end of each turn, and says how many there were. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    const held = [];
    parentPort.on("message", ({ n }) => {
      if (n === 0) return setImmediate(() => parentPort.close());
      if (held.push(n) > 1) return;
      setImmediate(() => {
        const records = held.length;
        for (const each of held.splice(0))
          parentPort.postMessage({ n: each, outcome: { ok: true, contentType: "", body: "", records, outcomes: {} } });
      });
    });
    parentPort.postMessage({ n: 0 });`)}`,
);

const recordsOf = (outcome: IntakeOutcome): number => (outcome.ok ? outcome.records : 0);

describe("a thread", () => {
  it("has at most two orders in hand, and each is answered", async () => {
    const recorders = await startThreadRecorders(1, program);
    const answers = await Promise.all(Array.from({ length: 14 }, () => recorders.answer(order())));
    await recorders.stop();
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(Math.max(...answers.map(recordsOf))).toBe(2);
  });

  it("that is stopped answers what it has, and what waits behind it is to be sent again", async () => {
    const recorders = await startThreadRecorders(1, program);
    const answers = Array.from({ length: 4 }, () => recorders.answer(order()));
    await recorders.stop();
    expect((await Promise.all(answers)).map(({ ok }) => ok)).toEqual([true, true, false, false]);
  });
});

describe("what waits", () => {
  it("is taken in turn of the tenants: of the one with least at work, the one that waits longest", () => {
    const queue = createOrderQueue();
    const waiting = ["a", "a", "a", "b", "c"].map(
      (tenant): WaitingOrder => ({ order: order(tenant), done() {} }),
    );
    for (const each of waiting) queue.add(each);
    const taken = Array.from({ length: 4 }, () => queue.take());
    expect(taken).toEqual([waiting[0], waiting[3], waiting[4], waiting[1]]);
    for (const each of taken.slice(0, 2)) if (each) queue.ended(each.order);
    expect(queue.take()).toBe(waiting[2]);
    expect(queue.take()).toBeNull();
  });
});
