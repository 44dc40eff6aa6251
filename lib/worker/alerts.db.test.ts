import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createDestinationInput } from "../contracts/alerts.ts";
import { sendAlert } from "../notify/send-alert.ts";
import { openAuthority } from "../providers/simulated/authority.ts";
import {
  changeDestination,
  pauseDestination,
  removeDestination,
  resumeDestination,
  rotateSecret,
} from "../services/alerts/change-destination.ts";
import { createDestination } from "../services/alerts/create-destination.ts";
import { type Delivering, deliverAlerts } from "../services/alerts/deliver-alerts.ts";
import { getAlerts } from "../services/alerts/get-alerts.ts";
import { getDelivery, listDeliveries } from "../services/alerts/list-deliveries.ts";
import { pruneAlerts } from "../services/alerts/prune-alerts.ts";
import { retryDelivery, sendTest } from "../services/alerts/send-test.ts";
import { watchAlerts } from "../services/alerts/watch-alerts.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { createKey } from "../services/keys/create-key.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { type AlertReceiver, isSignedWith, startAlertReceiver } from "../testing/alert-receiver.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";

let world: StoreWorld;
let folder: string;
let receiver: AlertReceiver;
let second: AlertReceiver;
let tenants = 0;
let bank: StoreTenant;
let ada: PersonActor;
let otto: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-alerts-"));
  const { hosts, caFile } = await openAuthority(folder, ["localhost"]);
  const certificate = hosts.localhost ?? { certificate: "", key: "" };
  receiver = await startAlertReceiver(certificate);
  second = await startAlertReceiver(certificate);
  process.env.DOMICILE_ALERT_CA = caFile;
  process.env.DOMICILE_ALERT_HOSTS = `localhost:${receiver.port},localhost:${second.port}`;
});
afterAll(async () => {
  delete process.env.DOMICILE_ALERT_CA;
  delete process.env.DOMICILE_ALERT_HOSTS;
  await receiver.stop();
  await second.stop();
  fs.rmSync(folder, { recursive: true, force: true });
  await world.drop();
});

beforeEach(async () => {
  tenants += 1;
  bank = await world.addTenant(`bank-${tenants}`);
  ada = await world.addPerson("ada", { [bank.slug]: "admin" });
  otto = await world.addPerson("otto", { [bank.slug]: "auditor" });
});
// What one test leaves waiting, the next does not send.
afterEach(async () => {
  for (const each of [receiver, second]) {
    each.received.length = 0;
    each.answer = (response) => response.end("ok");
  }
  for (const { id } of (await book()).destinations)
    await web(() => removeDestination(ada, { tenant: bank.slug, id }));
});

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const worker = <T>(action: () => Promise<T>) => world.as("worker", action);
const book = () => web(() => getAlerts(ada, bank.slug));
const list = async (state: "all" | "waiting" | "delivered" | "given_up" = "all") =>
  (await web(() => listDeliveries(ada, { tenant: bank.slug, state, limit: 50 }))).items;
const watch = (now = new Date()) => worker(() => watchAlerts(now));

const delivering: Delivering = {
  send: sendAlert,
  webUrl: "https://domicile.example",
  dice: () => 0.5,
  clock: () => performance.now(),
};
const deliver = (over: Partial<Delivering> = {}) =>
  worker(() => deliverAlerts({ ...delivering, ...over }, new AbortController().signal));

async function add(over: object = {}, actor = ada) {
  const address = `https://localhost:${receiver.port}/in`;
  const given = { tenant: bank.slug, kind: "webhook", name: "Pager", address, country: "DE", ...over };
  const { id, secret } = await web(() => createDestination(actor, createDestinationInput.parse(given)));
  return { id, secret: secret ?? "" };
}

/** Calls that left the region: each model is a finding of its own. */
async function leak(models: readonly string[] = ["gpt-4o-2024-08-06"], startedAt = new Date().toISOString()) {
  const calls = models.map((model) => {
    const call = callAt(bank, startedAt, { host: "api.openai.com" });
    return { ...call, facts: { ...call.facts, modelRequested: model, modelAnswered: model } };
  });
  const done = await world.as("gateway", () => recordCalls(bank.id, calls));
  expect(done.map(({ outcome }) => outcome)).toEqual(calls.map(() => "recorded"));
}

const owner = <Row>(text: string, values: readonly unknown[] = []) =>
  world.sql<Row>("owner", { read: [bank.id], write: bank.id }, text, values);
const due = () =>
  owner(
    "UPDATE alert_delivery SET next_attempt_at = now() - interval '1 s', claimed_until = NULL WHERE next_attempt_at IS NOT NULL",
  );
const told = (from = receiver) =>
  from.received.map(
    ({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> },
  );

describe("what left its region", () => {
  it("is told once, signed, with a page to look at, and marked as simulated", async () => {
    const { secret } = await add();
    await leak();
    expect(await watch()).toMatchObject({ noticed: expect.any(Number) });
    await watch();
    await deliver();
    await deliver();
    const about = told().filter(
      ({ data }) => (data.facts as { cause?: string }).cause === "host_out_of_region",
    );
    expect(about).toMatchObject([
      {
        type: "finding_opened",
        data: {
          tenant: bank.slug,
          simulated: true,
          severity: "high",
          page: expect.stringMatching(/^https:\/\/domicile\.example\/findings\/[0-9a-f-]{36}$/),
          facts: { host: "api.openai.com", basis: "observed" },
        },
      },
    ]);
    expect(receiver.received.every((each) => isSignedWith(secret, each))).toBe(true);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(
      receiver.received.length,
    );
    expect((await book()).destinations).toMatchObject([{ state: "delivering", waiting: 0 }]);
  });

  it("is told after hours without a worker, the oldest first, with when it happened", async () => {
    await add();
    await watch();
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    await leak(["gpt-4.1-2025-04-14"], hoursAgo(1));
    await leak(["gpt-4o-2024-08-06"], hoursAgo(3));
    await owner("UPDATE alert_watch SET seen_to = now() - interval '9 h'");
    await watch();
    await deliver();
    const times = told().map(({ timestamp }) => timestamp);
    expect(times.length).toBeGreaterThanOrEqual(2);
    expect(times).toEqual(times.toSorted());
  });

  it("is not told where it happened before anybody was to be told", async () => {
    await leak();
    await add();
    await watch();
    expect(await list()).toEqual([]);
  });

  it("comes as one message where there is a flood, and none of it is told again", async () => {
    await add({ kinds: ["finding_opened"] });
    await leak(Array.from({ length: 12 }, (_, n) => `gpt-4o-20${20 + n}-08-06`));
    const { noticed } = await watch();
    expect(noticed).toBeGreaterThanOrEqual(12);
    await watch();
    await deliver();
    const counts = told().map(({ data }) => data.count as number);
    expect(counts.length).toBeLessThan(noticed);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(noticed);
  });

  it("is told once by two workers at the same time", async () => {
    await add();
    await leak();
    const found = await worker(() => Promise.all([watchAlerts(new Date()), watchAlerts(new Date())]));
    expect(found.filter(({ noticed }) => noticed > 0)).toHaveLength(1);
    const signal = new AbortController().signal;
    await worker(() => Promise.all([deliverAlerts(delivering, signal), deliverAlerts(delivering, signal)]));
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await list("waiting")).toEqual([]);
  });

  it("is told to those who asked for it, and to nobody of another tenant", async () => {
    await add({ kinds: ["report_failed"] });
    await add({ name: "Critical", minSeverity: "critical" });
    await leak();
    await watch();
    expect(await list()).toEqual([]);
    const stranger = await world.addPerson("nob", {});
    await expect(web(() => getAlerts(stranger, bank.slug))).rejects.toMatchObject({ code: "not_found" });
  });
});

it("tells that a key is about to end, once, by its public part", async () => {
  await add();
  const expiresAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const { secret } = await web(() =>
    createKey(ada, {
      ...{ tenant: bank.slug, name: "Batch", kind: "gateway", application: "loan-desk" },
      ...{ environment: "production", purpose: "", target: "policy", expiresAt },
    }),
  );
  await watch();
  await watch(new Date(Date.now() + 86_400_000));
  await deliver();
  const [about, ...more] = told().filter(({ type }) => type === "key_ending");
  expect(more).toEqual([]);
  expect(about?.data.facts).toEqual({ key: `${secret.slice(0, 8)}…`, until: expiresAt });
});

describe("a receiver that fails", () => {
  it("is tried again under the same id until it takes it, and the page says so", async () => {
    receiver.answer = (response) => response.writeHead(500).end("words of a stack");
    await add();
    await leak();
    await watch();
    const before = Date.now();
    const { failed, delivered } = await deliver();
    expect([failed, delivered]).toEqual([1, 0]);
    const [failing] = (await book()).destinations;
    expect(failing).toMatchObject({ state: "failing", lastOutcome: "refused", lastDeliveredAt: null });
    const waiting = (await list("waiting")).find(({ attempts }) => attempts === 1);
    expect(waiting).toMatchObject({ outcome: "refused", answerStatus: 500, state: "waiting" });
    const wait = Date.parse(waiting?.nextAttemptAt ?? "") - before;
    expect(wait).toBeGreaterThan(8_000);
    expect(wait).toBeLessThan(20_000);

    receiver.answer = (response) => response.end();
    await due();
    await deliver();
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids.filter((id) => id === ids[0])).toHaveLength(2);
    expect((await book()).destinations).toMatchObject([{ state: "delivering", since: null, waiting: 0 }]);
  });

  it("of the house is not verified, and says so, where the operator's authorities cannot be read", async () => {
    vi.stubEnv("DOMICILE_ALERT_CA", path.join(folder, "gone.pem"));
    await add({ kinds: ["finding_opened"] });
    await leak();
    await watch();
    const done = await deliver();
    vi.unstubAllEnvs();
    expect(done).toEqual({ delivered: 0, failed: 1, givenUp: 0 });
    expect((await book()).destinations).toMatchObject([{ state: "failing", lastOutcome: "tls" }]);
  });

  it("is given up after the last attempt, shown, and tried once more where somebody asks for it", async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    await add({ kinds: ["finding_opened"] });
    await leak();
    await watch();
    await owner("UPDATE alert_delivery SET attempts = 8");
    expect(await deliver()).toMatchObject({ givenUp: 1 });
    const [given] = await list("given_up");
    expect(given).toMatchObject({ state: "given_up", attempts: 9, outcome: "refused", nextAttemptAt: null });
    const again = (actor: PersonActor) =>
      web(() => retryDelivery(actor, { tenant: bank.slug, id: given?.id ?? "" }));
    await expect(again(otto)).rejects.toMatchObject({ code: "forbidden" });
    await again(ada);
    receiver.answer = (response) => response.end();
    await deliver();
    expect(await web(() => getDelivery(ada, bank.slug, given?.id ?? ""))).toMatchObject({
      state: "delivered",
      attempts: 10,
    });
    await expect(again(ada)).rejects.toMatchObject({ code: "conflict" });
  });

  it("keeps no other destination waiting", async () => {
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    receiver.answer = (response) => void hanging.then(() => response.end());
    await add({ kinds: ["finding_opened"] });
    await add({ name: "Other", address: `https://localhost:${second.port}/in`, kinds: ["finding_opened"] });
    await leak();
    await watch();
    const pass = deliver();
    // By a connection of its own: the pass is under the worker's role meanwhile.
    const delivered = () =>
      owner<{ name: string }>(
        `SELECT t.name FROM alert_delivery d JOIN alert_destination t ON t.tenant_id = d.tenant_id AND t.id = d.destination_id
          WHERE d.tenant_id = $1 AND d.delivered_at IS NOT NULL`,
        [bank.id],
      );
    await vi.waitFor(async () => expect(await delivered()).toEqual([{ name: "Other" }]));
    expect(receiver.received).toHaveLength(1);
    release();
    await pass;
    expect(await list("waiting")).toEqual([]);
  });

  it("that takes its time over each of many gives way after ten seconds, and gets the rest later", async () => {
    await add({ kinds: ["finding_opened"] });
    await leak(["gpt-a", "gpt-b", "gpt-c", "gpt-d"]);
    await watch();
    let time = 0;
    const slow: Partial<Delivering> = {
      clock: () => time,
      async send() {
        time += 4_000;
        return { outcome: "delivered", status: 200 };
      },
    };
    expect(await deliver(slow)).toEqual({ delivered: 3, failed: 0, givenUp: 0 });
    expect(await list("waiting")).toHaveLength(1);
    expect(await deliver(slow)).toEqual({ delivered: 1, failed: 0, givenUp: 0 });
  });

  it("is sent it again, under the same id, where a worker died before it could note that it was taken", async () => {
    await add({ kinds: ["finding_opened"] });
    await leak();
    await watch();
    const dying: Delivering["send"] = async (to, message) => {
      await sendAlert(to, message);
      throw new Error("killed");
    };
    await expect(deliver({ send: dying })).rejects.toThrow("killed");
    // Nobody takes it as long as whoever claimed it may be alive.
    await deliver();
    expect(receiver.received).toHaveLength(1);
    await owner(
      "UPDATE alert_delivery SET claimed_until = now() - interval '1 s' WHERE claimed_until IS NOT NULL",
    );
    await deliver();
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(await list("delivered")).toHaveLength(1);
  });
});

describe("a destination", () => {
  it("is sent a test as it is sent everything, once, and the answer stands in the list", async () => {
    const { id, secret } = await add();
    const test = async () => (await web(() => sendTest(ada, { tenant: bank.slug, id }))).deliveryId;
    const good = await test();
    await deliver();
    expect(told()).toMatchObject([{ type: "test", data: { simulated: true, facts: {} } }]);
    expect(receiver.received.every((each) => isSignedWith(secret, each))).toBe(true);
    expect(await web(() => getDelivery(otto, bank.slug, good))).toMatchObject({
      state: "delivered",
      answerStatus: 200,
    });
    receiver.answer = (response) => response.writeHead(404).end();
    const bad = await test();
    await deliver();
    expect(await web(() => getDelivery(ada, bank.slug, bad))).toMatchObject({
      ...{ state: "given_up", attempts: 1, answerStatus: 404 },
    });
    await expect(web(() => sendTest(otto, { tenant: bank.slug, id }))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("gets messages signed with both secrets for the time that was asked for, and with the new one alone behind it", async () => {
    const { id, secret } = await add();
    const rotate = (overlapHours: 0 | 24) =>
      web(() => rotateSecret(ada, { tenant: bank.slug, id, overlapHours }));
    const test = async () => {
      await web(() => sendTest(ada, { tenant: bank.slug, id }));
      await deliver();
      const last = receiver.received.at(-1);
      if (!last) throw new Error("Nothing came.");
      return last;
    };
    const { secret: next } = await rotate(24);
    const both = await test();
    expect([secret, next].map((each) => isSignedWith(each, both))).toEqual([true, true]);
    expect((await book()).destinations[0]?.oldSecretUntil).not.toBeNull();
    const { secret: last } = await rotate(0);
    const alone = await test();
    expect([secret, next, last].map((each) => isSignedWith(each, alone))).toEqual([false, false, true]);
  });

  it("that is paused is told nothing, also not later; resumed it is told what happens then", async () => {
    const { id } = await add({ kinds: ["finding_opened"] });
    await leak(["gpt-4o-2024-08-06"]);
    await watch();
    await web(() => pauseDestination(ada, { tenant: bank.slug, id }));
    expect(await list("given_up")).toMatchObject([{ outcome: "paused" }]);
    await leak(["gpt-4.1-2025-04-14"]);
    await watch();
    await web(() => resumeDestination(ada, { tenant: bank.slug, id }));
    await watch();
    await deliver();
    expect(receiver.received).toEqual([]);
    await leak(["o3-2025-04-16"]);
    await watch();
    await deliver();
    expect(told().map(({ data }) => (data.facts as { model: string }).model)).toEqual(["o3-2025-04-16"]);
  });

  it("is changed by admins alone, and each change is in the log without address keys, secrets and mail addresses", async () => {
    vi.stubEnv("DOMICILE_MAIL_FROM", "alerts@corp.example");
    await expect(add({}, otto)).rejects.toMatchObject({ code: "forbidden" });
    const { id, secret } = await add({ address: `https://localhost:${receiver.port}/in?key=k3y` });
    const change = (actor: PersonActor, address: string | null) =>
      web(() =>
        changeDestination(actor, {
          ...{ tenant: bank.slug, id, name: "Pager 2", country: "FR", minSeverity: "high" as const },
          ...{ kinds: ["log_frozen" as const], address },
        }),
      );
    await expect(change(otto, null)).rejects.toMatchObject({ code: "forbidden" });
    await expect(change(ada, "https://127.0.0.1/")).rejects.toMatchObject({ fields: [{ field: "address" }] });
    await change(ada, null);
    expect((await book()).destinations).toMatchObject([
      {
        name: "Pager 2",
        country: "FR",
        address: `https://localhost:${receiver.port}/in?…`,
        kinds: ["log_frozen"],
      },
    ]);
    await add({ kind: "email", name: "Mail", address: "officer@bank.example" });
    const events = await owner<{
      kind: string;
      detail: Record<string, unknown>;
      ledger_index: string | null;
    }>("SELECT kind, detail, ledger_index FROM audit_event WHERE kind LIKE 'alert_%' ORDER BY ledger_index");
    expect(events.map(({ kind }) => kind)).toEqual([
      "alert_destination.created",
      "alert_destination.changed",
      "alert_destination.created",
    ]);
    expect(events.every(({ ledger_index: place }) => place !== null)).toBe(true);
    expect(JSON.stringify(events)).not.toContain("k3y");
    expect(JSON.stringify(events)).not.toContain(secret.slice(10));
    // What names a person is committed to under this name, and not in the entry's bytes (`eventDraft`).
    expect(events.at(-1)?.detail).toMatchObject({ kind: "email", email: "officer@bank.example" });
    const others = events.map(({ detail: { email: _, ...rest } }) => JSON.stringify(rest));
    expect(others.filter((each) => each.includes("officer@bank.example"))).toEqual([]);
  });

  it("of mail is refused where the operator has set up none, and the page says so", async () => {
    expect((await book()).mail).toBe(false);
    await expect(add({ kind: "email", address: "officer@bank.example" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("has a secret that no process reads but the worker, and that lies sealed for it alone", async () => {
    const { secret } = await add();
    const scope = { read: [bank.id], write: bank.id };
    for (const role of ["web", "gateway"] as const)
      await expect(world.sql(role, scope, "SELECT sealed FROM alert_secret"), role).rejects.toThrow(
        /permission denied/,
      );
    const [row] = await world.sql<{ sealed: Buffer }>("worker", scope, "SELECT sealed FROM alert_secret");
    expect(row?.sealed.toString("latin1")).not.toContain(secret.slice(6));
    for (const table of ["alert_destination", "alert_event", "alert_delivery", "alert_watch"])
      expect(await world.sql("worker", { read: [] }, `SELECT 1 FROM ${table}`), table).toEqual([]);
    await expect(world.sql("web", scope, "UPDATE alert_destination SET kind = 'email'")).rejects.toThrow(
      /permission denied/,
    );
    await expect(world.sql("web", scope, "UPDATE alert_delivery SET delivered_at = now()")).rejects.toThrow(
      /permission denied/,
    );
    await expect(world.sql("gateway", scope, "SELECT 1 FROM alert_destination")).rejects.toThrow(
      /permission denied/,
    );
  });

  it("that was removed is told nothing, and what is 90 days old goes", async () => {
    const { id } = await add();
    await leak();
    await watch();
    await web(() => removeDestination(ada, { tenant: bank.slug, id }));
    await deliver();
    expect(receiver.received).toEqual([]);
    expect((await list()).every(({ outcome }) => outcome === "removed")).toBe(true);
    const inDays = (days: number) => worker(() => pruneAlerts(new Date(Date.now() + days * 86_400_000)));
    expect(await inDays(89)).toBe(0);
    expect(await inDays(91)).toBeGreaterThan(0);
    expect(await list()).toEqual([]);
    expect(await owner("SELECT 1 FROM alert_secret")).toEqual([]);
  });
});
