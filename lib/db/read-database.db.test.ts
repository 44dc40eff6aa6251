import { afterAll, beforeAll, expect, it } from "vitest";
import { callSearch } from "../contracts/calls.ts";
import { findingSearch } from "../contracts/findings.ts";
import { latencySearch } from "../contracts/latency.ts";
import { overviewSearch } from "../contracts/overview.ts";
import { usageSearch } from "../contracts/usage.ts";
import { listCalls } from "../services/calls/list-calls.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { listFindings } from "../services/findings/list-findings.ts";
import { getLatency } from "../services/latency/get-latency.ts";
import { getOverview } from "../services/overview/get-overview.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { getUsage } from "../services/usage/get-usage.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { callAt, createStoreWorld, type StoreWorld } from "../testing/store-world.ts";

let world: StoreWorld;
/** Migrated and empty: whoever asks it finds nothing, and that tells which of the two was asked. */
let replica: TestDatabase;
let ann: PersonActor;
const now = new Date("2026-11-20T12:00:00.000Z");

beforeAll(async () => {
  world = await createStoreWorld();
  replica = await createTestDatabase();
  const bank = await world.addTenant("bank");
  ann = await world.addPerson("ann", { bank: "officer" });
  await world.as("gateway", () =>
    recordCalls(bank.id, [callAt(bank, "2026-11-20T11:00:00.000Z", { host: "api.openai.com" })]),
  );
});
afterAll(async () => {
  delete process.env.DATABASE_READ_URL;
  await world.drop();
  await replica.drop();
});

const counts = () =>
  world.as("web", async () => ({
    overview: (await getOverview(ann, overviewSearch.parse({ range: "24h" }), now)).calls,
    calls: (await listCalls(ann, callSearch.parse({ range: "24h" }), { now })).items.length,
    usage: (await getUsage(ann, usageSearch.parse({ range: "24h" }), now)).total.calls,
    latency: (await getLatency(ann, latencySearch.parse({ range: "24h" }), now)).all.total.measured,
    findings: (await listFindings(ann, findingSearch.parse({}))).items.length,
  }));

it("is asked by overview, calls, usage, latency and findings where DATABASE_READ_URL names one, and by none else", async () => {
  expect(await counts()).toEqual({ overview: 1, calls: 1, usage: 1, latency: 1, findings: 1 });
  process.env.DATABASE_READ_URL = replica.urls.web;
  expect(await counts()).toEqual({ overview: 0, calls: 0, usage: 0, latency: 0, findings: 0 });
});
