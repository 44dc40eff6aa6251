import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { readCallBody } from "../../core/ledger/entries/call-body.ts";
import { readEventBody } from "../../core/ledger/entries/event-body.ts";
import type { AppendTask } from "../../testing/append-process.ts";
import { type RecomputedLog, recomputeLog } from "../../testing/recompute-log.ts";
import {
  callAt,
  createStoreWorld,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { createKey } from "../keys/create-key.ts";

let world: StoreWorld;
let tenant: StoreTenant;

/** Modules as compiled by the first process; the others begin faster. */
const compiled = mkdtempSync(path.join(tmpdir(), "domicile-append-"));

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
  // Dimensions and findings are known from here on, so that each batch says the same statements.
  await world.as("gateway", () => recordCalls(tenant.id, batch(0)));
});
afterAll(async () => {
  rmSync(compiled, { recursive: true, force: true });
  await world.drop();
});

const realQuery = pg.Client.prototype.query;
afterEach(() => {
  pg.Client.prototype.query = realQuery;
});

const stored = <Row>(text: string) => world.sql<Row>("owner", { read: [tenant.id] }, text);
const recompute = (): Promise<RecomputedLog> =>
  recomputeLog((text, values) => world.sql("owner", { read: [tenant.id] }, text, values), tenant.id);

/** Three calls that are new and one that ends late, so that every kind of statement is said. */
function batch(n: number): CallRecord[] {
  const hour = `2026-11-${String(3 + Math.floor(n / 24)).padStart(2, "0")}T${String(n % 24).padStart(2, "0")}`;
  return [1, 2, 3].map((second) => callAt(tenant, `${hour}:00:0${second}.000Z`, { host: "api.openai.com" }));
}

/** Every call of these is recorded once, with one entry of its own, and nothing else is. */
async function expectOnce(calls: readonly CallRecord[]): Promise<void> {
  const { entries } = await recompute();
  const inLog = entries.flatMap(({ type, index, body }) =>
    type === "call" ? [`${readCallBody(body).body.id} at ${index}`] : [],
  );
  const rows = await stored<{ id: string; i: string }>("SELECT id, ledger_index AS i FROM call ORDER BY seq");
  expect(inLog).toEqual(rows.map(({ id, i }) => `${id} at ${i}`));
  const ids = rows.map(({ id }) => id);
  expect(ids.filter((id) => calls.some((call) => call.id === id)).sort()).toEqual(
    calls.map(({ id }) => id).sort(),
  );
}

type Fault = "before" | "after" | "for want of disk, before";

/** The nth statement of transactions fails: before the server has heard of it, or when only its answer is lost. */
function failStatement(n: number, fault: Fault): { said: () => number } {
  let said = 0;
  const query = realQuery as (...args: unknown[]) => unknown;
  const error =
    fault === "for want of disk, before"
      ? Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" })
      : Object.assign(new Error("Connection terminated unexpectedly"), { code: "ECONNRESET" });
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    if (typeof args.at(-1) === "function" || said++ !== n) return query.apply(this, args);
    if (fault !== "after") return Promise.reject(error);
    return (query.apply(this, args) as Promise<unknown>).then(() => Promise.reject(error));
  } as typeof realQuery;
  return { said: () => said };
}

const program = fileURLToPath(new URL("../../testing/append-process.ts", import.meta.url));

/** Runs a task in a process that is killed; says whether it had done all of it. */
async function killed(task: AppendTask): Promise<{ done: boolean }> {
  const role = task.do === "mutate" ? "web" : "gateway";
  const child = spawn(process.execPath, [program, JSON.stringify(task)], {
    env: { ...process.env, DATABASE_URL: world.database.urls[role], NODE_COMPILE_CACHE: compiled },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  const signal = await new Promise((resolve) => child.once("close", (_code, by) => resolve(by)));
  if (signal !== "SIGKILL") throw new Error(`It was not killed: ${said}`);
  return { done: said.includes("done") };
}

/** Runs tasks two at a time until one gets to its end. Every place to die is in it: before each statement, and behind the last. */
async function killEverywhere(taskOf: (killAt: number) => AppendTask): Promise<number> {
  for (let killAt = 0; killAt < 60; killAt += 2) {
    const results = await Promise.all([killed(taskOf(killAt)), killed(taskOf(killAt + 1))]);
    if (results.some(({ done }) => done)) return killAt + 2;
  }
  throw new Error("No task got to its end.");
}

describe("2.17 #11: a recording whose statements fail", () => {
  it.each<Fault>(["before", "after", "for want of disk, before"])(
    "%s they are done, each in turn, COMMIT included: nothing half written, and a retry records each call once",
    async (when) => {
      const all: CallRecord[] = [];
      const offset = { before: 60, after: 120, "for want of disk, before": 180 }[when];
      let statements = Number.POSITIVE_INFINITY;
      for (let n = 0; n < statements; n++) {
        const calls = batch(offset + n);
        all.push(...calls);
        const before = await recompute();
        const faults = failStatement(n, when);
        const answer = await world
          .as("gateway", () => recordCalls(tenant.id, calls))
          .catch((error: Error) => error);
        pg.Client.prototype.query = realQuery;
        if (!(answer instanceof Error)) {
          // This one had no nth statement: all were gone through.
          expect(faults.said()).toBe(n);
          statements = n;
          break;
        }
        const after = await recompute();
        expect([0, calls.length]).toContain(after.size - before.size);
        const outcomes = await world.as("gateway", () => recordCalls(tenant.id, calls));
        const expected = after.size === before.size ? "recorded" : "duplicate";
        expect(outcomes.map(({ outcome }) => outcome)).toEqual(calls.map(() => expected));
      }
      expect(statements).toBeGreaterThan(12);
      await expectOnce(all);
    },
  );
});

describe("2.17 #11: a change whose statements fail", () => {
  it.each<Fault>(["before", "after", "for want of disk, before"])(
    "%s they are done, each in turn, COMMIT included: key, event and entry are there together or not at all",
    async (when) => {
      let statements = Number.POSITIVE_INFINITY;
      for (let n = 0; n < statements; n++) {
        const name = `${when}-${n}`;
        failStatement(n, when);
        const answer = await world
          .as("web", () => createKey(job, keyOf(name)))
          .catch((error: Error) => error);
        pg.Client.prototype.query = realQuery;
        if (!(answer instanceof Error)) statements = n;
      }
      expect(statements).toBeGreaterThan(6);
      await expectKeysAndEvents();
    },
  );
});

const keyOf = (name: string) => ({
  tenant: tenant.slug,
  name,
  kind: "gateway" as const,
  application: "loan-desk",
  environment: "production" as const,
  purpose: "",
  target: "policy",
});

async function expectKeysAndEvents(): Promise<void> {
  const { entries } = await recompute();
  const inLog = entries.flatMap(({ type, index, body }) => {
    const event = type === "event" ? readEventBody(body).body : null;
    return event?.kind === "key.created" ? [`${event.subject} at ${index}`] : [];
  });
  const events = await stored<{ subject: string; i: string }>(
    "SELECT subject, ledger_index AS i FROM audit_event WHERE kind = 'key.created' ORDER BY ledger_index",
  );
  const keys = await stored<{ id: string }>("SELECT id FROM gateway_key");
  expect(inLog).toEqual(events.map(({ subject, i }) => `${subject} at ${i}`));
  expect(events.map(({ subject }) => subject).sort()).toEqual(keys.map(({ id }) => id).sort());
}

describe("2.17 #11: kill -9 between every statement", () => {
  it("of a recording: nothing is half written, and a retry records each call once", async () => {
    const batches: CallRecord[][] = [];
    const before = await recompute();
    const tried = await killEverywhere((killAt) => {
      const calls = batch(300 + killAt);
      batches[killAt] = calls;
      return { do: "record", tenantId: tenant.id, calls, killAt };
    });
    expect(tried).toBeGreaterThan(12);
    const after = await recompute();
    // Only those that got to their end, or died behind COMMIT, are there: and whole.
    expect((after.size - before.size) % 3).toBe(0);
    expect(after.size - before.size).toBeLessThanOrEqual(3 * 3);
    for (const calls of batches) await world.as("gateway", () => recordCalls(tenant.id, calls));
    expect((await recompute()).size).toBe(before.size + 3 * batches.length);
    await expectOnce(batches.flat());
  });

  it("of a change: key, event and entry are there together or not at all", async () => {
    const tried = await killEverywhere((killAt) => ({
      do: "mutate",
      slug: tenant.slug,
      name: `killed-${killAt}`,
      killAt,
    }));
    expect(tried).toBeGreaterThan(6);
    await expectKeysAndEvents();
  });
});
