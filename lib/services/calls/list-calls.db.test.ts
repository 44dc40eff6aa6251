import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallListItem, type CallPage, callSearch, newCallSearch } from "../../contracts/calls.ts";
import { overviewSearch } from "../../contracts/overview.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { recountColumns } from "../../db/rollup-recount.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { registerBoot } from "../boots/register-boot.ts";
import { getOverview } from "../overview/get-overview.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getCall } from "./get-call.ts";
import { listCalls } from "./list-calls.ts";
import { listNewCalls } from "./list-new-calls.ts";
import { recordCalls } from "./record-calls.ts";

let world: StoreWorld;
let bank: StoreTenant;
let other: StoreTenant;
let both: PersonActor;
let one: PersonActor;
const now = new Date("2026-11-20T12:00:00.000Z");
const hosts = ["eu.api.openai.com", "eu.api.openai.com", "api.openai.com"];
const models = ["gpt-4o-2024-08-06", "o3"];

function story(tenant: StoreTenant, calls: number): CallRecord[] {
  return Array.from({ length: calls }, (_, i) => {
    // Many share a millisecond, so that paging must tell them apart by id.
    const at = new Date(Date.parse("2026-11-14T00:30:00.000Z") + Math.floor(i / 3) * 5_400_000);
    const call = callAt(tenant, at.toISOString(), { host: hosts[i % hosts.length] ?? "" });
    return { ...call, facts: { ...call.facts, modelRequested: models[i % 2] ?? null } };
  });
}

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  other = await world.addTenant("other");
  both = await world.addPerson("bo", { bank: "auditor", other: "officer" });
  one = await world.addPerson("one", { bank: "auditor" });
  await world.as("gateway", async () => {
    await recordCalls(bank.id, story(bank, 240));
    await recordCalls(other.id, story(other, 60));
  });
});
afterAll(() => world.drop());

const list = (actor: PersonActor, search: object = {}, scanMax?: number) =>
  world.as("web", () =>
    listCalls(actor, callSearch.parse({ range: "7d", ...search }), { now, ...(scanMax ? { scanMax } : {}) }),
  );

async function everyPage(actor: PersonActor, search: object): Promise<CallListItem[]> {
  const items: CallListItem[] = [];
  let cursor: string | null = null;
  do {
    const page: CallPage = await list(actor, { ...search, ...(cursor === null ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

describe("listCalls", () => {
  it.each([
    ["everything", {}],
    ["one tenant", { tenant: "other" }],
    ["a host", { host: ["api.openai.com"] }],
    ["a verdict and a model", { verdict: ["violation"], model: ["o3"] }],
    ["a reason", { reason: ["host_out_of_region"] }],
    ["any of two regions", { region: ["global", "eu"] }],
    ["an application", { application: ["loan-desk"] }],
    ["nothing that exists", { model: ["no-such-model"] }],
  ])("pages through %s: each call once, newest first, as many as are counted", async (_, search) => {
    const first = await list(both, search);
    const items = await everyPage(both, { ...search, limit: 7 });
    expect(items).toHaveLength(first.totalCalls);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    const order = items.map(({ startedAt, id }) => `${startedAt} ${id}`);
    expect(order).toEqual(order.toSorted().reverse());
    if ("host" in search) expect(new Set(items.map(({ host }) => host))).toEqual(new Set(search.host));
  });

  it("stops at its scan budget with a cursor, and loses no call by it", async () => {
    const search = { tenant: "bank", model: ["o3"], verdict: ["violation"] };
    const whole = (await list(both, { ...search, limit: 200 })).items.map(({ id }) => id);
    const found: string[] = [];
    let stopped = 0;
    let cursor: string | null = null;
    do {
      const page: CallPage = await list(both, { ...search, ...(cursor === null ? {} : { cursor }) }, 1);
      found.push(...page.items.map(({ id }) => id));
      stopped += page.scanStopped ? 1 : 0;
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toEqual(whole);
    expect(stopped).toBeGreaterThan(3);
  });

  it("counts every combination, however many there are", async () => {
    const wide = await world.addTenant("wide");
    const reader = await world.addPerson("wim", { wide: "auditor" });
    await world.as("gateway", () => recordCalls(wide.id, story(wide, 1)));
    const columns = recountColumns("day");
    await world.sql(
      "worker",
      { read: [wide.id], write: wide.id },
      `INSERT INTO rollup_day (${columns})
       SELECT ${columns.replace(" host,", " 'host-' || n,")} FROM rollup_day CROSS JOIN generate_series(1, 50100) n`,
    );
    expect((await list(reader)).totalCalls).toBe(50_101);
  });

  it("counts each facet under all the others", async () => {
    const page = await list(both, { host: ["api.openai.com"], model: ["o3"] });
    const counted = async (search: object) => (await everyPage(both, { ...search, limit: 200 })).length;
    for (const { value, calls } of page.facets.host)
      expect(await counted({ host: [value], model: ["o3"] }), value).toBe(calls);
    for (const { value, calls } of page.facets.model)
      expect(await counted({ host: ["api.openai.com"], model: [value] }), value).toBe(calls);
    for (const { value, calls } of page.facets.reason)
      expect(await counted({ host: ["api.openai.com"], model: ["o3"], reason: [value] }), value).toBe(calls);
    expect(page.facets.host.map(({ value }) => value).sort()).toEqual([
      "api.openai.com",
      "eu.api.openai.com",
    ]);
  });

  it("shows a person the tenants he is a member of, and no other", async () => {
    const page = await list(one, { limit: 200 });
    expect(new Set(page.items.map(({ tenant }) => tenant))).toEqual(new Set(["bank"]));
    expect(page.totalCalls).toBeLessThan((await list(both)).totalCalls);
    await expect(list(one, { tenant: "other" })).rejects.toMatchObject({ code: "not_found" });
    const [foreign] = (await list(both, { tenant: "other" })).items;
    await world.as("web", () =>
      expect(getCall(one, foreign?.id ?? "")).rejects.toMatchObject({ code: "not_found" }),
    );
  });

  it("lists a month at most, and says which", async () => {
    const page = await list(both, { range: "60d" });
    expect(page.window).toEqual({
      from: "2026-10-20T12:00:00.000Z",
      to: "2026-11-20T12:00:00.000Z",
      coverage: "before_record",
      asked: { from: "2026-09-21T12:00:00.000Z", to: "2026-11-20T12:00:00.000Z" },
    });
    // The stretch before it, as the page leads there.
    const before = await list(both, { from: page.window.asked?.from, to: page.window.from });
    expect(before.window).toMatchObject({ to: page.window.from, asked: null });
  });

  it("calls no part of a range complete, and lists all of it stretch by stretch", async () => {
    const old = await world.addTenant("old");
    const reader = await world.addPerson("ola", { old: "auditor" });
    const days = ["2026-09-21", "2026-10-10", "2026-10-20", "2026-11-19"];
    await world.as("gateway", () =>
      recordCalls(
        old.id,
        days.map((day) => callAt(old, `${day}T12:00:00.000Z`)),
      ),
    );
    const last = await list(reader, { range: "60d" });
    expect([last.window.coverage, last.totalCalls]).toEqual(["part", 2]);
    const first = await list(reader, { from: last.window.asked?.from, to: last.window.from });
    expect([first.window.coverage, first.totalCalls]).toEqual(["complete", 2]);
  });

  it("counts to the millisecond what it lists, whatever part of an hour the ends are in", async () => {
    const ends = ["09:00", "09:10", "09:30", "09:31", "09:50", "10:00", "10:20", "10:59"];
    const part = await world.addTenant("part");
    const reader = await world.addPerson("pia", { part: "auditor" });
    const at = (time: string) => `2026-11-18T${time}:00.000Z`;
    await world.as("gateway", () =>
      recordCalls(
        part.id,
        ends.flatMap((time) => [
          callAt(part, at(time)),
          callAt(part, at(time), { host: "api.openai.com" }),
          callAt(part, new Date(Date.parse(at(time)) - 1).toISOString()),
        ]),
      ),
    );
    for (const from of ends)
      for (const to of [...ends, "11:00", "12:40"].filter((end) => end > from))
        for (const search of [{}, { verdict: ["violation"] }, { host: ["eu.api.openai.com"] }]) {
          const page = await list(reader, { from: at(from), to: at(to), limit: 200, ...search });
          const facet = page.facets.verdict.reduce((sum, { calls }) => sum + calls, 0);
          expect(page.totalCalls, `${from} to ${to}`).toBe(page.items.length);
          if (!("verdict" in search)) expect(facet, `${from} to ${to}`).toBe(page.items.length);
        }
  });

  it("claims complete coverage from the first recorded call on, and none where nothing was recorded", async () => {
    const oldest = (await everyPage(both, { range: "30d", limit: 200 })).at(-1)?.startedAt ?? "";
    const coverage = async (person: PersonActor, from: string) =>
      (await list(person, { from })).window.coverage;
    expect(await coverage(both, oldest)).toBe("complete");
    const anHourBefore = new Date(Date.parse(oldest) - 3_600_000).toISOString();
    expect(await coverage(both, anHourBefore)).toBe("before_record");
    await world.addTenant("silent");
    const sam = await world.addPerson("sam", { silent: "developer" });
    expect(await coverage(sam, oldest)).toBe("before_record");
  });

  it("refuses a range that ends before it begins, and a cursor that is none of ours", async () => {
    await expect(
      list(both, { from: "2026-11-20T00:00:00Z", to: "2026-11-19T00:00:00Z" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    for (const cursor of ["x", "AAAA", "a".repeat(200)])
      await expect(list(both, { cursor }), cursor).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("getCall", () => {
  it("shows the call with its attempts, evidence and the claim in words", async () => {
    const [item] = (await list(both, { verdict: ["violation"] })).items;
    const call = await world.as("web", () => getCall(both, item?.id ?? ""));
    expect(call).toMatchObject({
      ...item,
      policyVersion: 1,
      policyPreset: "eea_ch",
      keyName: "first",
      storeSaid: "false",
    });
    expect(call.statement).toContain("api.openai.com");
    expect(call.attempts).toMatchObject([
      { no: 1, host: "api.openai.com", verdict: "violation", peer: { port: 443 } },
    ]);
  });

  it("shows the end that came after the record had closed the call, beside the first verdict", async () => {
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const real = callAt(bank, "2026-10-08T00:00:00.000Z", { intent: { bootId, n: 1 } });
    const swept = { ...real, end: "unknown" as const, endedAt: null };
    await world.as("gateway", () => recordCalls(bank.id, [swept]));
    const read = () => world.as("web", () => getCall(both, real.id));
    expect(await read()).toMatchObject({ end: "unknown", lateEnd: null });
    await world.as("gateway", () => recordCalls(bank.id, [real]));
    expect(await read()).toMatchObject({
      end: "unknown",
      lateEnd: { end: "complete", status: 200, verdict: "compliant", reasons: [] },
    });
  });

  it("finds nothing under what is no id of a call", async () => {
    for (const id of [
      "",
      "x",
      "00000000-0000-4000-8000-000000000000",
      "ffffffff-ffff-7fff-8fff-ffffffffffff",
    ])
      await world.as("web", () => expect(getCall(both, id), id).rejects.toMatchObject({ code: "not_found" }));
  });
});

describe("listNewCalls", () => {
  it("goes on from a page without a gap or a repetition, in the order of recording", async () => {
    const { liveCursor } = await list(both);
    const fresh = Array.from({ length: 7 }, (_, i) => callAt(bank, `2026-11-20T11:00:0${9 - i}.000Z`));
    for (const call of fresh) await world.as("gateway", () => recordCalls(bank.id, [call]));
    const seen: string[] = [];
    let after = liveCursor;
    for (let more = true; more; ) {
      const answer = await world.as("web", () =>
        listNewCalls(both, newCallSearch.parse({ after, limit: 4 }), now),
      );
      seen.push(...answer.items.map(({ id }) => id));
      after = answer.cursor;
      more = answer.more;
    }
    expect(seen).toEqual(fresh.map(({ id }) => id));
    const nothing = await world.as("web", () => listNewCalls(both, newCallSearch.parse({ after }), now));
    expect(nothing.items).toEqual([]);
  });

  it("passes over what does not match, and shows nobody another tenant's calls", async () => {
    const { liveCursor } = await list(both);
    await world.as("gateway", async () => {
      await recordCalls(bank.id, [callAt(bank, "2026-11-20T11:10:00.000Z", { host: "api.openai.com" })]);
      await recordCalls(bank.id, [callAt(bank, "2026-11-20T11:11:00.000Z")]);
      await recordCalls(other.id, [callAt(other, "2026-11-20T11:12:00.000Z", { host: "api.openai.com" })]);
    });
    const flagged = (actor: PersonActor) =>
      world.as("web", () =>
        listNewCalls(actor, newCallSearch.parse({ after: liveCursor, verdict: ["violation"] }), now),
      );
    expect((await flagged(both)).items.map(({ tenant }) => tenant).sort()).toEqual(["bank", "other"]);
    expect((await flagged(one)).items.map(({ tenant }) => tenant)).toEqual(["bank"]);
  });
});

describe("getOverview", () => {
  it("adds up: bands, points and regions say the same, and the list agrees", async () => {
    const overview = await world.as("web", () =>
      getOverview(both, overviewSearch.parse({ range: "7d" }), now),
    );
    const page = await list(both, { from: overview.window.from, to: overview.window.to });
    const total = (bands: Readonly<Record<string, number>>) =>
      Object.values(bands).reduce((sum, n) => sum + n, 0);
    expect(overview.calls).toBe(page.totalCalls);
    expect(total(overview.bands) + overview.notApplicable).toBe(overview.calls);
    expect(overview.points.reduce((sum, point) => sum + total(point.bands), 0)).toBe(total(overview.bands));
    expect(overview.regions.reduce((sum, region) => sum + region.calls, 0)).toBe(overview.calls);
    expect(overview.points).toHaveLength(7 * 24);
    expect(overview.newestFlags.every(({ verdict }) => verdict === "violation")).toBe(true);
    expect(overview.openFindingCount).toBeGreaterThan(0);
    expect(overview.simulated).toBe(true);
  });

  it("counts days beyond a week, and shows a reader his own tenants only", async () => {
    const all = await world.as("web", () => getOverview(both, overviewSearch.parse({ range: "30d" }), now));
    const bankOnly = await world.as("web", () =>
      getOverview(one, overviewSearch.parse({ range: "30d" }), now),
    );
    expect([all.step, all.points.length]).toEqual(["day", 31]);
    expect(bankOnly.calls).toBeLessThan(all.calls);
    await world.as("web", () =>
      expect(
        getOverview(one, overviewSearch.parse({ range: "30d", tenant: "other" }), now),
      ).rejects.toMatchObject({
        code: "not_found",
      }),
    );
  });
});
