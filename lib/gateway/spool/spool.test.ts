import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallIntent, CallRecord } from "../../core/calls/call-record.ts";
import { unknownPin } from "../../core/policies/policy.ts";
import type { IntentDraft, IntentNumber } from "../intents.ts";
import { type Frame, openFrames, sealFrame } from "./frames.ts";
import { createSpool, type SpoolOptions } from "./spool.ts";

const boot = "019aa0c0-0000-7000-8000-000000000001";
const draft = (callId: string) => ({ callId, tenantId: "t1" }) as IntentDraft;
const frameOf = (callId: string): Frame => ({
  kind: "intent",
  intent: { callId } as CallIntent,
  pin: unknownPin,
  deployment: null,
});

let root = "";
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "domicile-spool-"));
});
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(root, { recursive: true, force: true });
});

function spoolWith(changed: Partial<SpoolOptions> = {}) {
  const state = {
    ms: 0,
    away: true,
    admitted: [] as number[][],
    recorded: [] as string[],
    refuses: "",
    ended: 0,
    damaged: [] as string[],
  };
  const guard = async (): Promise<void> => {
    if (state.away) throw new Error("away");
  };
  const spool = createSpool({
    root: path.join(root, "spool"),
    bytesMax: 1_000_000,
    fileBytesMax: 100_000,
    msMax: 900_000,
    everyMs: 1_000,
    now: () => state.ms,
    admit: async (_boot, intents) => {
      await guard();
      state.admitted.push(intents.map(({ n }) => n));
    },
    renew: guard,
    record: async (_tenant, records) => {
      await guard();
      const taken = records.filter(({ id }) => id !== state.refuses);
      state.recorded.push(...taken.map(({ id }) => id));
      return records.length - taken.length;
    },
    endBoot: async () => {
      await guard();
      state.ended += 1;
    },
    onDamage: (file) => state.damaged.push(file),
    onTrouble: () => undefined,
    ...changed,
  });
  stops.push(spool.stop);
  return { spool, state };
}

const three = () => ["a", "b", "c"].map((id, place) => sealFrame(frameOf(id), boot, place));

it("opens what it sealed, and stops at a last frame that was torn at any byte", () => {
  const whole = three();
  const bytes = Buffer.concat(whole);
  expect(openFrames(bytes, boot)).toEqual({ frames: ["a", "b", "c"].map(frameOf), state: "whole" });
  const begun = bytes.length - (whole[2]?.length ?? 0);
  expect(openFrames(bytes.subarray(0, begun), boot).state).toBe("whole");
  for (let cut = begun + 1; cut < bytes.length; cut += 1) {
    const { frames, state } = openFrames(bytes.subarray(0, cut), boot);
    expect([frames.length, state], `${cut} bytes`).toEqual([2, "torn"]);
  }
});

it("takes no changed byte for a torn tail, wherever it stands, and keeps what stands before it", () => {
  const whole = three();
  const bytes = Buffer.concat(whole);
  const [first, second] = whole.map(({ length }) => length) as [number, number];
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x40;
    const { frames, state } = openFrames(changed, boot);
    expect(state, `byte ${at}`).toBe("damaged");
    const before = at < first ? 0 : at < first + second ? 1 : 2;
    expect(frames.slice(0, before)).toEqual(["a", "b"].slice(0, before).map(frameOf));
    // A torn tail behind it does not hide it.
    if (before < 2) expect(openFrames(changed.subarray(0, -1), boot).state, `byte ${at}`).toBe("damaged");
  }
});

it("opens no frame that was moved, taken from another file, or overwritten with nothing", () => {
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = three();
  expect(openFrames(Buffer.concat([second, first]), boot)).toEqual({ frames: [], state: "damaged" });
  expect(openFrames(first, boot.replace(/1$/, "2"))).toEqual({ frames: [], state: "damaged" });
  const blank = Buffer.concat([first, Buffer.alloc(second.length)]);
  expect(openFrames(blank, boot)).toEqual({ frames: [frameOf("a")], state: "damaged" });
});

it("numbers without a gap, groups what comes together, and gives the store each intent once", async () => {
  const { spool, state } = spoolWith();
  const opened = await Promise.all(
    Array.from({ length: 20 }, (_, i) => spool.open(draft(`c${i}`), unknownPin, null)),
  );
  expect(opened.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const end = (i: number) => ({ id: `c${i}`, tenantId: "t1", intent: opened[i] }) as CallRecord;
  for (let i = 0; i < 19; i += 1) expect(await spool.close(end(i))).toBe(true);
  await spool.replay();
  expect(state.admitted).toEqual([]);
  state.away = false;
  await spool.replay();
  expect(state.admitted[0]).toHaveLength(20);
  expect([state.recorded.length, state.ended]).toEqual([19, 0]);
  // Its last call is open yet: another intent goes into another file.
  expect((await spool.open(draft("next"), unknownPin, null)).bootId).not.toBe(opened[0]?.bootId);
  await spool.close(end(19));
  await spool.replay();
  expect(state.recorded).toEqual(Array.from({ length: 20 }, (_, i) => `c${i}`));
  expect(state.ended).toBe(1);
});

const filesOf = (): string[] =>
  readdirSync(path.join(root, "spool"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.includes(".spool"))
    .map((name) => path.join(root, "spool", name));

/** Changes one byte of the length of the second frame. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  const second = 8 + bytes.readUInt32BE(0);
  bytes[second] = (bytes[second] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe("a damaged file", () => {
  it("of a running gateway is told of once and kept; what stands before is replayed, ends go another way", async () => {
    const { spool, state } = spoolWith();
    const opened: IntentNumber[] = [];
    for (const id of ["c0", "c1", "c2"]) opened.push(await spool.open(draft(id), unknownPin, null));
    const end = (i: number) => ({ id: `c${i}`, tenantId: "t1", intent: opened[i] }) as CallRecord;
    expect(await spool.close(end(0))).toBe(true);
    const [file = ""] = filesOf();
    damage(file);
    state.away = false;
    await spool.replay();
    expect(state).toMatchObject({ admitted: [[1]], recorded: [], damaged: [file] });
    expect([await spool.close(end(1)), await spool.close(end(2))]).toEqual([false, false]);
    await spool.replay();
    await spool.replay();
    expect(state).toMatchObject({ ended: 1, damaged: [file] });
    expect(filesOf()).toEqual([`${file}.damaged`]);
    // The next one goes elsewhere, and is not held up.
    const next = await spool.open(draft("next"), unknownPin, null);
    await spool.close({ id: "next", tenantId: "t1", intent: next } as CallRecord);
    await spool.stop();
    expect(state.recorded).toEqual(["next"]);
    expect(filesOf()).toEqual([`${file}.damaged`]);
  });

  it("of a gateway that is gone is told of once and kept; a torn tail is neither", async () => {
    const gone = spoolWith({ fileBytesMax: 1 });
    for (const id of ["c0", "c1"]) {
      const intent = await gone.spool.open(draft(id), unknownPin, null);
      await gone.spool.close({ id, tenantId: "t1", intent } as CallRecord);
    }
    await gone.spool.stop();
    const [torn = "", damaged = ""] = filesOf().sort();
    writeFileSync(torn, readFileSync(torn).subarray(0, -1));
    damage(damaged);
    const owner = { host: os.hostname(), pid: process.pid, started: "another process" };
    writeFileSync(path.join(path.dirname(torn), "owner"), JSON.stringify(owner));
    const next = spoolWith();
    next.state.away = false;
    await next.spool.replay();
    await next.spool.replay();
    // The call of the torn record is recorded without its end.
    expect(next.state).toMatchObject({ admitted: [[1], [1]], ended: 2, damaged: [damaged] });
    expect(filesOf()).toEqual([`${damaged}.damaged`]);
  });
});

it.each(["a running gateway", "a gateway that is gone"])(
  "keeps a file of %s aside of which the store refused something, and no other",
  async (whose) => {
    const { spool, state } = spoolWith({ fileBytesMax: 1 });
    for (const id of ["c0", "c1"]) {
      const intent = await spool.open(draft(id), unknownPin, null);
      await spool.close({ id, tenantId: "t1", intent } as CallRecord);
    }
    const [, second = ""] = filesOf().sort();
    let by = { spool, state };
    if (whose !== "a running gateway") {
      await spool.stop();
      const owner = { host: os.hostname(), pid: process.pid, started: "another process" };
      writeFileSync(path.join(path.dirname(second), "owner"), JSON.stringify(owner));
      by = spoolWith();
    }
    by.state.away = false;
    by.state.refuses = "c1";
    await by.spool.replay();
    await by.spool.replay();
    expect(by.state).toMatchObject({ recorded: ["c0"], ended: 2, damaged: [] });
    expect(filesOf()).toEqual([`${second}.refused`]);
  },
);

it("does not keep a file waiting behind one that the store does not take", async () => {
  const refused = new Set<string>();
  const { spool, state } = spoolWith({
    fileBytesMax: 1,
    admit: async (bootId) => {
      if (refused.has(bootId)) throw new Error("not this one");
    },
  });
  const opened: IntentNumber[] = [];
  for (const id of ["c0", "c1"]) {
    const intent = await spool.open(draft(id), unknownPin, null);
    opened.push(intent);
    await spool.close({ id, tenantId: "t1", intent } as CallRecord);
  }
  refused.add(opened[0]?.bootId ?? "");
  state.away = false;
  await spool.replay();
  expect(state.recorded).toEqual(["c1"]);
  refused.clear();
  await spool.replay();
  expect(state.recorded).toEqual(["c1", "c0"]);
});

it("refuses when it is full, and when the store has been away for too long", async () => {
  const full = spoolWith({ bytesMax: 20_000 });
  const opened = await Promise.allSettled(
    Array.from({ length: 5 }, async (_, i) => {
      for (let turn = 0; turn < i; turn += 1) await new Promise(setImmediate);
      return full.spool.open(draft(`c${i}`), unknownPin, null);
    }),
  );
  expect(opened.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  const late = spoolWith();
  await late.spool.open(draft("a"), unknownPin, null);
  late.state.ms = 900_000;
  await late.spool.open(draft("b"), unknownPin, null);
  late.state.ms += 1;
  await expect(late.spool.open(draft("c"), unknownPin, null)).rejects.toThrow("too long");
});

it("refuses where the disk gives no folder", async () => {
  writeFileSync(path.join(root, "file"), "");
  const { spool } = spoolWith({ root: path.join(root, "file", "spool") });
  await expect(spool.open(draft("a"), unknownPin, null)).rejects.toThrow();
});
