import { afterAll, beforeAll, expect, it } from "vitest";
import { callSearch, newCallSearch } from "../../contracts/calls.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { revokeSession } from "../sessions/revoke-session.ts";
import { type FollowEvent, followCalls } from "./follow-calls.ts";
import { listCalls } from "./list-calls.ts";
import { recordCalls } from "./record-calls.ts";

let world: StoreWorld;
let bank: StoreTenant;
let ann: PersonActor & { token: string };
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  ann = await world.addPerson("ann", { bank: "auditor" });
});
afterAll(() => world.drop());

const cursor = async () =>
  (await world.as("web", () => listCalls(ann, callSearch.parse({ range: "24h" })))).liveCursor;
const record = (host = "eu.api.openai.com") =>
  world.as("gateway", async () => {
    const call = callAt(bank, new Date().toISOString(), { host });
    await recordCalls(bank.id, [call]);
    return call.id;
  });

it("tells each call once, in the order of recording, what does not match never, and ends with the session", async () => {
  const stopping = new AbortController();
  const search = newCallSearch.parse({ after: await cursor(), region: ["eu"] });
  const events = followCalls(ann.token, search, { everyMs: 1, signal: stopping.signal });
  const next = () => world.as("web", async () => (await events.next()).value as FollowEvent | undefined);
  expect(await next()).toEqual({ kind: "nothing" });
  const [first, , third] = [await record(), await record("api.openai.com"), await record()];
  const told: string[] = [];
  while (told.length < 2) {
    const event = await next();
    if (event?.kind === "calls") told.push(...event.calls.items.map(({ id }) => id));
  }
  expect(told).toEqual([first, third]);
  await record();
  await world.as("web", () => revokeSession(ann, ann.sessionId));
  expect(await next()).toEqual({ kind: "ended" });
  expect(await next()).toBeUndefined();
});

it("stops when the reader is gone", async () => {
  const bea = await world.addPerson("bea", { bank: "auditor" });
  const stopping = new AbortController();
  const search = newCallSearch.parse({ after: await cursor() });
  const events = followCalls(bea.token, search, { everyMs: 60_000, signal: stopping.signal });
  await world.as("web", () => events.next());
  const last = world.as("web", () => events.next());
  stopping.abort();
  expect((await last).done).toBe(true);
});
