import { describe, expect, it } from "vitest";
import type { CallIntent } from "../core/calls/call-record.ts";
import { createIntentLog, type IntentDraft, type IntentLogOptions, IntentUnavailable } from "./intents.ts";

const draft = (tenantId = "t1"): IntentDraft => ({
  tenantId,
  callId: "c",
  startedAt: "2026-11-22T10:00:00.000Z",
  keyId: null,
  applicationId: "a",
  credentialId: null,
  source: "gateway",
  operation: "chat.completions.create",
  endpoint: "/v1/chat/completions",
  path: "/v1/chat/completions",
  modelRequested: "gpt-5.5",
  target: "policy",
  host: "eu.api.openai.com",
  intendedRegion: "eu",
  policyVersion: 1,
  catalogVersion: 1,
  relayCountry: null,
  simulated: true,
});

class Fenced extends Error {}
class Duplicate extends Error {}

/** A store whose writes the test ends one by one. */
function heldStore() {
  const writes: { intents: readonly CallIntent[]; done(): void; fail(error: Error): void }[] = [];
  const write = (intents: readonly CallIntent[]): Promise<void> =>
    new Promise((resolve, reject) => writes.push({ intents, done: resolve, fail: reject }));
  return { writes, write };
}

function logOn(write: IntentLogOptions["write"], changed: Partial<IntentLogOptions> = {}) {
  const fenced: string[] = [];
  const durable: string[] = [];
  const log = createIntentLog({
    write,
    isFenced: (error) => error instanceof Fenced,
    isDuplicate: (error) => error instanceof Duplicate,
    onDurable: (intents) => durable.push(...intents.map(({ tenantId, n }) => `${tenantId}:${n}`)),
    onFenced: (bootId) => fenced.push(bootId),
    groupMax: 100,
    company: round,
    waitMsMax: 10_000,
    ...changed,
  });
  log.startBoot("b1");
  return { log, fenced, durable };
}

const round = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Long enough for a group to be written. */
const turn = async () => {
  await round();
  await round();
};
const numbers = (intents: readonly CallIntent[] | undefined) =>
  intents?.map(({ tenantId, n }) => `${tenantId}:${n}`);

async function refusalOf(opening: Promise<unknown>): Promise<IntentUnavailable> {
  const error = await opening.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IntentUnavailable)) throw new Error("It was opened.");
  return error;
}

describe("group commit", () => {
  it("writes the first at once and everything that comes meanwhile in one group, without a timer", async () => {
    const store = heldStore();
    const { log } = logOn(store.write);
    const first = log.open(draft());
    await turn();
    const rest = [log.open(draft()), log.open(draft("t2")), log.open(draft())];
    await turn();
    expect(store.writes.map(({ intents }) => numbers(intents))).toEqual([["t1:1"]]);
    store.writes[0]?.done();
    expect(await first).toEqual({ bootId: "b1", n: 1 });
    await turn();
    expect(numbers(store.writes[1]?.intents)).toEqual(["t1:2", "t2:1", "t1:3"]);
    store.writes[1]?.done();
    expect((await Promise.all(rest)).map(({ n }) => n)).toEqual([2, 1, 3]);
  });

  it("writes a group when no more company is to be waited for", async () => {
    const store = heldStore();
    const arrivals: (() => void)[] = [];
    const { log } = logOn(store.write, { company: () => new Promise((resolve) => arrivals.push(resolve)) });
    const opened = [log.open(draft())];
    await turn();
    opened.push(log.open(draft()));
    await turn();
    expect(store.writes).toHaveLength(0);
    arrivals[0]?.();
    await turn();
    expect(numbers(store.writes[0]?.intents)).toEqual(["t1:1", "t1:2"]);
    opened.push(log.open(draft()));
    store.writes[0]?.done();
    await turn();
    opened.push(log.open(draft()));
    arrivals[1]?.();
    await turn();
    expect(numbers(store.writes[1]?.intents)).toEqual(["t1:3", "t1:4"]);
    store.writes[1]?.done();
    expect(await Promise.all(opened)).toHaveLength(4);
  });

  it("opens nothing before the write has ended", async () => {
    const store = heldStore();
    const { log } = logOn(store.write);
    let opened = false;
    void log.open(draft()).then(() => {
      opened = true;
    });
    await turn();
    expect(opened).toBe(false);
    store.writes[0]?.done();
    await turn();
    expect(opened).toBe(true);
  });

  it("keeps groups within their size", async () => {
    const store = heldStore();
    const { log } = logOn(store.write, { groupMax: 2 });
    const all = [log.open(draft()), log.open(draft()), log.open(draft()), log.open(draft())];
    for (let i = 0; i < 3; i += 1) {
      await turn();
      store.writes[i]?.done();
    }
    await Promise.all(all);
    expect(store.writes.map(({ intents }) => intents.length)).toEqual([2, 2]);
  });
});

describe("a write that fails", () => {
  it("refuses its calls by number, because the rows may be there, and the waiting ones without", async () => {
    const store = heldStore();
    const { log } = logOn(store.write);
    const first = log.open(draft());
    await turn();
    const second = log.open(draft());
    store.writes[0]?.fail(new Error("connection terminated"));
    expect((await refusalOf(first)).intent).toEqual({ bootId: "b1", n: 1 });
    expect((await refusalOf(second)).intent).toBeNull();
  });

  it("is written again before any other number is given out, so that no number is missing", async () => {
    const store = heldStore();
    const { log } = logOn(store.write);
    const lost = log.open(draft());
    await turn();
    store.writes[0]?.fail(new Error("connection terminated"));
    await refusalOf(lost);
    const next = log.open(draft());
    await turn();
    expect(numbers(store.writes[1]?.intents)).toEqual(["t1:1"]);
    store.writes[1]?.fail(new Duplicate());
    await turn();
    expect(numbers(store.writes[2]?.intents)).toEqual(["t1:2"]);
    store.writes[2]?.done();
    expect(await next).toEqual({ bootId: "b1", n: 2 });
  });

  it("takes no new numbers while the store stays away", async () => {
    const { log } = logOn(() => Promise.reject(new Error("away")));
    expect((await refusalOf(log.open(draft()))).intent).toEqual({ bootId: "b1", n: 1 });
    for (let i = 0; i < 5; i += 1) expect((await refusalOf(log.open(draft()))).intent).toBeNull();
  });
});

describe("what the store holds", () => {
  it("is told when the write has ended and before the call may be sent, a write in doubt once it is settled", async () => {
    const store = heldStore();
    const { log, durable } = logOn(store.write);
    let toldFirst: readonly string[] = [];
    const first = log.open(draft()).then(() => {
      toldFirst = [...durable];
    });
    await turn();
    expect(durable).toEqual([]);
    store.writes[0]?.done();
    await first;
    expect(toldFirst).toEqual(["t1:1"]);
    const lost = log.open(draft());
    await turn();
    store.writes[1]?.fail(new Error("connection terminated"));
    await refusalOf(lost);
    expect(durable).toEqual(["t1:1"]);
    void log.open(draft("t2"));
    await turn();
    store.writes[2]?.fail(new Duplicate());
    await turn();
    expect(durable).toEqual(["t1:1", "t1:2"]);
    store.writes[3]?.done();
    await turn();
    expect(durable).toEqual(["t1:1", "t1:2", "t2:1"]);
  });

  it("is never what a fenced boot tried to write", async () => {
    const store = heldStore();
    const { log, durable } = logOn(store.write);
    const first = log.open(draft());
    await turn();
    store.writes[0]?.fail(new Fenced());
    await refusalOf(first);
    expect(durable).toEqual([]);
  });
});

describe("a write that takes too long", () => {
  it("refuses its calls by number, refuses others at once, and goes on when it has ended", async () => {
    const store = heldStore();
    const { log } = logOn(store.write, { waitMsMax: 20 });
    const slow = log.open(draft());
    expect((await refusalOf(slow)).intent).toEqual({ bootId: "b1", n: 1 });
    expect((await refusalOf(log.open(draft()))).intent).toBeNull();
    store.writes[0]?.done();
    await turn();
    const next = log.open(draft());
    await turn();
    expect(numbers(store.writes[1]?.intents)).toEqual(["t1:2"]);
    store.writes[1]?.done();
    expect((await next).n).toBe(2);
  });
});

describe("a boot that was fenced", () => {
  it("opens nothing more; the next boot counts from 1", async () => {
    const store = heldStore();
    const { log, fenced } = logOn(store.write);
    const first = log.open(draft());
    await turn();
    store.writes[0]?.fail(new Fenced());
    expect((await refusalOf(first)).intent).toBeNull();
    expect(fenced).toEqual(["b1"]);
    await refusalOf(log.open(draft()));
    log.startBoot("b2");
    const next = log.open(draft());
    await turn();
    store.writes[1]?.done();
    expect(await next).toEqual({ bootId: "b2", n: 1 });
  });
});
