import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingSearch } from "../../contracts/findings.ts";
import { trailSearch } from "../../contracts/trail.ts";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import {
  callAt,
  createStoreWorld,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { getCall } from "../calls/get-call.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { acknowledgeFinding } from "../findings/acknowledge-finding.ts";
import { listFindings } from "../findings/list-findings.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";
import { checkRows } from "../ledger/check-rows.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { listTrail } from "./list-trail.ts";
import { recordExport } from "./record-export.ts";
import { recordLooks } from "./record-looks.ts";
import { recordView } from "./record-view.ts";

let world: StoreWorld;
let bank: StoreTenant;
let olga: PersonActor;
let otto: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  olga = await world.addPerson("olga", { bank: "officer" });
  otto = await world.addPerson("otto", { bank: "auditor" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const worker = <T>(action: () => Promise<T>) => world.as("worker", action);
const at = (time: string) => new Date(`2026-11-20T${time}Z`);
type Event = {
  actor_id: string;
  kind: string;
  subject: string;
  detail: Record<string, unknown>;
  ledger_index: string;
};
const events = () =>
  world.sql<Event>(
    "owner",
    { read: [bank.id] },
    "SELECT * FROM audit_event WHERE kind LIKE 'evidence.%' ORDER BY ledger_index",
  );

describe("looking at evidence", () => {
  it("is one entry per person, kind and minute, however often and at how much somebody looks", async () => {
    await web(async () => {
      for (let i = 0; i < 30; i++)
        await recordView(
          olga,
          bank.id,
          "call",
          `call-${String(i % 25).padStart(2, "0")}`,
          at("10:00:30.000"),
        );
      await recordView(olga, bank.id, "proof_file", "call-01", at("10:00:40.000"));
      await recordView(otto, bank.id, "call", "call-01", at("10:00:59.999"));
      await recordView(otto, bank.id, "call", "call-01", at("10:01:00.000"));
    });
    expect(await worker(() => recordLooks(at("10:00:59.999")))).toBe(0);
    expect(await worker(() => recordLooks(at("10:01:00.000")))).toBe(3);
    const [first, second, third] = (await events()).sort((a, b) => (a.subject < b.subject ? -1 : 1));
    expect(first).toMatchObject({ actor_id: olga.personId, kind: "evidence.viewed", subject: "25 objects" });
    expect(first?.detail).toMatchObject({
      what: "call",
      minute: "2026-11-20T10:00:00.000Z",
      looks: 30,
      objects: 25,
    });
    expect(first?.detail.objectIds).toHaveLength(20);
    expect([second, third].map((event) => event?.kind).sort()).toEqual([
      "evidence.exported",
      "evidence.viewed",
    ]);
    expect(await worker(() => recordLooks(at("10:05:00.000")))).toBe(1);
    expect(await worker(() => recordLooks(at("10:05:00.000")))).toBe(0);
  });

  it("names the person nowhere in the entry, and rows and openings agree with the entries", async () => {
    const [event] = await events();
    const [stored] = await world.sql<{ bytes: Buffer }>(
      "owner",
      { read: [bank.id] },
      "SELECT bytes FROM ledger_body WHERE index = $1",
      [event?.ledger_index],
    );
    const bytes = stored?.bytes ?? Buffer.of();
    expect(decodeEntry(bytes).commit).toHaveProperty("actor_name");
    expect(bytes.toString()).not.toContain(olga.name);
    expect(await worker(() => checkRows(new Date(), "now"))).toMatchObject({ differences: 0 });
  });

  it("is noted by the verb that shows a call, and not for a job", async () => {
    const call = callAt(bank, "2026-11-20T12:00:00.000Z");
    await world.as("gateway", () => recordCalls(bank.id, [call]));
    await web(() => getCall(otto, call.id));
    await web(() => recordView(job, bank.id, "call", call.id));
    const notes = await world.sql("owner", { read: [bank.id] }, "SELECT what, object, looks FROM view_note");
    expect(notes).toEqual([{ what: "call", object: call.id, looks: 1 }]);
  });

  it("of the deployment's own log goes into that log", async () => {
    await web(() => recordView(olga, systemLogId, "checkpoint_note", "epoch 1, size 3", at("11:00:00.000")));
    expect(await worker(() => recordLooks(at("11:01:00.000")))).toBe(1);
    const rows = await world.sql(
      "owner",
      {},
      "SELECT subject FROM system_event WHERE kind = 'evidence.exported'",
    );
    expect(rows).toEqual([{ subject: "epoch 1, size 3" }]);
  });

  it("cannot be taken back by whoever looked", async () => {
    const scope = { read: [bank.id], write: bank.id };
    for (const statement of [
      "DELETE FROM view_note",
      "UPDATE view_note SET looks = 0",
      "UPDATE view_note SET looks = looks + 2",
      "UPDATE view_note SET person_name = 'nobody'",
    ])
      await expect(world.sql("web", scope, statement), statement).rejects.toThrow(/denied|is counted/);
  });
});

describe("taking evidence along", () => {
  it("is an entry of its own, at once, with filter and size", async () => {
    const input = {
      tenant: "bank",
      what: "calls",
      object: "calls.csv",
      filter: "Outside policy",
      rows: 41,
    } as const;
    await web(() => recordExport(otto, { ...input, bytes: null, sha256: null }));
    const all = await events();
    expect(all.at(-1)).toMatchObject({
      actor_id: otto.personId,
      kind: "evidence.exported",
      subject: "calls.csv",
      detail: { what: "calls", filter: "Outside policy", rows: 41 },
    });
  });
});

describe("the audit trail", () => {
  const trail = (over: object = {}, actor: PersonActor = otto) =>
    web(() => listTrail(actor, trailSearch.parse({ tenant: "bank", ...over })));

  it("is read by whoever may, in pages that leave nothing out and repeat nothing", async () => {
    const dev = await world.addPerson("dev", { bank: "developer" });
    await expect(trail({}, dev)).rejects.toMatchObject({ code: "forbidden" });
    const whole = (await trail({ limit: 200 })).events;
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await trail({ limit: 2, cursor });
      paged.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole.map(({ id }) => id));
    expect(new Set(paged).size).toBe(paged.length);
    expect(whole.length).toBeGreaterThan(5);
    await expect(trail({ cursor: "x" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("is narrowed by what was done and by whom, and shows the sign-ins of members", async () => {
    const kinds = async (over: object) =>
      [...new Set((await trail(over)).events.map(({ kind }) => kind))].sort();
    expect(await kinds({ group: "views" })).toEqual(["evidence.viewed"]);
    expect(await kinds({ group: "exports" })).toEqual(["evidence.exported"]);
    expect(await kinds({ group: "sign_ins" })).toEqual(["session.opened"]);
    await worker(() =>
      withTenantSql(tenantScope(bank.id), async (sql) => {
        await lockRecording(sql, bank.id);
        await appendJobEvent(
          sql,
          bank.id,
          { kind: "usage.compared", subject: "proj_a", detail: {} },
          new Date(),
          "read-accounts",
        );
      }),
    );
    expect(await kinds({ group: "comparisons" })).toEqual(["usage.compared"]);
    const changes = await kinds({ group: "changes" });
    expect(changes).toContain("tenant.created");
    expect(changes.filter((kind) => /^(evidence|usage|report)\./.test(kind))).toEqual([]);
    const own = await trail({ who: otto.personId, group: "exports" });
    expect(own.events.every(({ actorId }) => actorId === otto.personId)).toBe(true);
    expect(own.events[0]?.ledger).toMatchObject({ expired: false });
  });

  it("names the finding that an event is of", async () => {
    const leak = callAt(bank, "2026-11-20T13:00:00.000Z", { host: "api.openai.com" });
    await world.as("gateway", () => recordCalls(bank.id, [leak]));
    const { items } = await web(() => listFindings(olga, findingSearch.parse({ tenant: "bank" })));
    const [first] = items;
    if (first === undefined) throw new Error("There is a finding.");
    await web(() => acknowledgeFinding(olga, { id: first.id }));
    const { events: all } = await trail({ limit: 200 });
    const named = all.flatMap(({ kind, finding }) => (finding === null ? [] : [`${kind} ${finding}`]));
    expect(named).toEqual([`finding.acknowledged ${first.name}`]);
  });

  it("says nothing of whoever is no member", async () => {
    const stranger = await world.addPerson("nob", {});
    await expect(trail({}, stranger)).rejects.toMatchObject({ code: "not_found" });
    const signedIn = (await trail({ group: "sign_ins", limit: 200 })).events.map(({ actorId }) => actorId);
    expect(signedIn).not.toContain(stranger.personId);
  });
});
