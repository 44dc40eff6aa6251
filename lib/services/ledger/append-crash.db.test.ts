import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { readCallBody } from "../../core/ledger/entries/call-body.ts";
import { readEventBody } from "../../core/ledger/entries/event-body.ts";
import { startOwnDatabaseServer } from "../../testing/own-database-server.ts";
import { recomputeLog } from "../../testing/recompute-log.ts";
import { callAt, createStoreWorld, job } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { createKey } from "../keys/create-key.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe("2.17 #11: immediate stop of PostgreSQL under load", () => {
  it("leaves head and entries equal, no gap, nothing missing that was acknowledged, and retries are recorded once", async () => {
    const server = await startOwnDatabaseServer();
    const world = await createStoreWorld(server.database);
    stops.push(world.drop);
    const tenant = await world.addTenant("bank");

    const tried: CallRecord[] = [];
    const acknowledged = new Set<string>();
    const keys: string[] = [];
    const record = async (writer: number) => {
      for (let n = 0; ; n++) {
        const calls = Array.from({ length: 1 + (n % 40) }, (_, i) =>
          callAt(tenant, new Date(Date.UTC(2026, 10, 3 + writer, 0, 0, n, i)).toISOString()),
        );
        tried.push(...calls);
        const results = await recordCalls(tenant.id, calls).catch(() => null);
        // The server is gone: what was under way is all there is to know of.
        if (results === null) return;
        for (const { id } of results) acknowledged.add(id);
      }
    };
    const change = async () => {
      for (let n = 0; ; n++) {
        const wish = {
          name: `key-${n}`,
          kind: "gateway",
          application: "loan-desk",
          target: "policy",
        } as const;
        const made = await createKey(job, {
          tenant: "bank",
          environment: "production",
          purpose: "",
          ...wish,
        }).catch(() => null);
        if (made === null) return;
        keys.push(made.key.id);
      }
    };
    const load = world.as("owner", () => Promise.all([record(0), record(1), record(2), change()]));
    while (acknowledged.size < 400 || keys.length < 5) await sleep(10);
    await server.crash();
    await load;
    const before = acknowledged.size;
    await server.restart();

    const recompute = () =>
      recomputeLog((text, values) => world.sql("owner", { read: [tenant.id] }, text, values), tenant.id);
    const idsOf = async () =>
      (await recompute()).entries.flatMap(({ type, body }) =>
        type === "call" ? [readCallBody(body).body.id] : [],
      );
    const survived = new Set(await idsOf());
    expect(before).toBeGreaterThanOrEqual(400);
    for (const id of acknowledged) expect(survived.has(id), `acknowledged call ${id}`).toBe(true);
    const events = (await recompute()).entries.flatMap(({ type, body }) =>
      type === "event" ? [readEventBody(body).body.subject] : [],
    );
    for (const id of keys) expect(events).toContain(id);

    await world.as("gateway", () => recordCalls(tenant.id, tried));
    const ids = await idsOf();
    expect(ids.length).toBe(new Set(ids).size);
    expect([...ids].sort()).toEqual(tried.map(({ id }) => id).sort());
  });
});
