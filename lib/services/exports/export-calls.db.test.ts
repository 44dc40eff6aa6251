import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSearch, newCallSearch } from "../../contracts/calls.ts";
import { callExportSearch } from "../../contracts/exports.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { listCalls } from "../calls/list-calls.ts";
import { listNewCalls } from "../calls/list-new-calls.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { exportCalls } from "./export-calls.ts";

let world: StoreWorld;
let bank: StoreTenant;
let other: StoreTenant;
let both: PersonActor;
let one: PersonActor;
const now = new Date("2026-11-20T12:00:00.000Z");
const formula = '=HYPERLINK("http://evil.example")';

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  other = await world.addTenant("other");
  both = await world.addPerson("bo", { bank: "auditor", other: "officer" });
  one = await world.addPerson("one", { bank: "developer" });
  const story = (tenant: StoreTenant, calls: number) =>
    Array.from({ length: calls }, (_, i) => {
      // Many share a millisecond, across the pages of the export.
      const at = new Date(Date.parse("2026-11-14T00:00:00.000Z") + Math.floor(i / 7) * 60_000);
      const call = callAt(tenant, at.toISOString(), i % 10 === 0 ? { host: "api.openai.com" } : {});
      return i % 500 === 0 ? { ...call, facts: { ...call.facts, modelRequested: formula } } : call;
    });
  await world.as("gateway", async () => {
    await recordCalls(bank.id, story(bank, 4_500));
    await recordCalls(other.id, story(other, 30));
  });
});
afterAll(() => world.drop());

const take = async (actor: PersonActor, search: object = {}) =>
  world.as("web", async () => {
    const file = await exportCalls(actor, callExportSearch.parse({ range: "7d", ...search }), now);
    let text = "";
    for await (const part of file.lines) text += part;
    return { ...file, text };
  });
const listed = (actor: PersonActor, search: object = {}) =>
  world.as("web", () => listCalls(actor, callSearch.parse({ range: "7d", limit: 200, ...search }), { now }));
const exported = () =>
  world.sql<{ subject: string; actor_id: string; detail: Record<string, unknown>; ledger_index: string }>(
    "owner",
    { read: [bank.id] },
    "SELECT * FROM audit_event WHERE kind = 'evidence.exported' ORDER BY at, id",
  );

describe("an export of calls", () => {
  it.each([
    ["everything", {}],
    ["one tenant", { tenant: "bank" }],
    ["some facets", { tenant: "bank", host: ["api.openai.com"], verdict: ["violation"] }],
  ])("is exactly what the list says, in its order, each call once: %s", async (_, search) => {
    const { text, rows } = await take(both, search);
    const records: Record<string, string>[] = parse(text, { columns: true });
    const page = await listed(both, search);
    expect(records).toHaveLength(page.totalCalls);
    expect(rows).toBe(page.totalCalls);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records.slice(0, page.items.length).map(({ id }) => id)).toEqual(page.items.map(({ id }) => id));
  });

  it("holds what a list and its tail show, and nothing that was recorded after either", async () => {
    const mine = await world.addTenant("mine");
    const reader = await world.addPerson("rea", { mine: "auditor" });
    const record = (...times: string[]) =>
      world.as("gateway", () =>
        recordCalls(
          mine.id,
          times.map((at) => callAt(mine, at)),
        ),
      );
    const first = "2026-11-19T10:00:00.000Z";
    const [live, late] = ["2026-11-20T12:00:30.000Z", "2026-11-18T10:00:00.000Z"];
    await record(first);
    const page = await listed(reader);
    // One of weeks before the window, one that began after the page, one of an hour long gone.
    await record("2026-11-02T10:00:00.000Z", live, late);
    const told = await world.as("web", () =>
      listNewCalls(reader, newCallSearch.parse({ after: page.liveCursor, since: page.window.from }), now),
    );
    expect(told.items.map(({ startedAt }) => startedAt)).toEqual([live, late]);
    await record("2026-11-19T11:00:00.000Z");
    const file = async (upTo: string, to: string) => {
      const search = callExportSearch.parse({ from: page.window.from, to, upTo, format: "ndjson" });
      return world.as("web", async () => {
        let text = "";
        for await (const part of (await exportCalls(reader, search, new Date("2026-11-20T12:05:00.000Z")))
          .lines)
          text += part;
        return text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line).startedAt);
      });
    };
    expect(await file(page.liveCursor, page.window.to)).toEqual([first]);
    expect(await file(told.cursor, "2026-11-20T12:00:30.001Z")).toEqual([live, first, late]);
    const next = await listed(reader, { upTo: page.liveCursor });
    expect(next.items.map(({ startedAt }) => startedAt)).toEqual([first]);
  });

  it("holds what the tail shows of clocks that are ahead of ours, and not what the list left out for that", async () => {
    const fast = await world.addTenant("fast");
    const reader = await world.addPerson("fay", { fast: "auditor" });
    const record = (...times: string[]) =>
      world.as("gateway", () =>
        recordCalls(
          fast.id,
          times.map((at) => callAt(fast, at)),
        ),
      );
    const [past, left, shown] = [
      "2026-11-20T11:00:00.000Z",
      "2026-11-20T12:03:00.000Z",
      "2026-11-20T12:04:00.000Z",
    ];
    await record(past, left);
    const page = await listed(reader);
    expect(page.items.map(({ startedAt }) => startedAt)).toEqual([past]);
    await record(shown);
    const told = await world.as("web", () =>
      listNewCalls(reader, newCallSearch.parse({ after: page.liveCursor, since: page.window.from }), now),
    );
    expect(told.items.map(({ startedAt }) => startedAt)).toEqual([shown]);
    const { text, rows } = await take(reader, {
      ...{ from: page.window.from, to: "2026-11-20T12:04:00.001Z", upTo: told.cursor },
      ...{ listedTo: page.window.to, listedUpTo: page.liveCursor, format: "ndjson" },
    });
    expect(rows).toBe(2);
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).startedAt),
    ).toEqual([shown, past]);
  });

  it("ends every line with CRLF, and holds no cell that a spreadsheet would run", async () => {
    const { text } = await take(both, { tenant: "bank" });
    expect(text.split("\r\n").length).toBe(4_500 + 2);
    const cells = (parse(text) as string[][]).flat();
    expect(cells).toContain(`'${formula}`);
    expect(cells.filter((cell) => /^[\s\u00a0]*[=+@]/.test(cell))).toEqual([]);
  });

  it("is one JSON object a line as NDJSON, with nulls and unescaped text", async () => {
    const { text, name } = await take(both, { tenant: "bank", format: "ndjson" });
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(4_500);
    expect(lines.some(({ modelRequested }) => modelRequested === formula)).toBe(true);
    expect(lines[0]).toMatchObject({
      tenant: "bank",
      verdict: expect.any(String),
      ledgerIndex: expect.any(Number),
    });
    expect(name).toBe("calls-bank-20261113-20261120.ndjson");
  });

  it("is of the moment it was asked for: what is recorded meanwhile is not in it", async () => {
    const file = await world.as("web", () =>
      exportCalls(both, callExportSearch.parse({ range: "7d", tenant: "bank" }), now),
    );
    await world.as("gateway", () => recordCalls(bank.id, [callAt(bank, "2026-11-13T12:30:00.000Z")]));
    let text = "";
    await world.as("web", async () => {
      for await (const part of file.lines) text += part;
    });
    expect(parse(text, { columns: true })).toHaveLength(file.rows);
  });

  it("is an entry of the tenant's log before its first byte, with who, filter and rows", async () => {
    const before = await exported();
    await world.as("web", () =>
      exportCalls(one, callExportSearch.parse({ range: "7d", region: ["eu"] }), now),
    );
    const event = (await exported()).at(-1);
    expect(await exported()).toHaveLength(before.length + 1);
    expect(event).toMatchObject({ actor_id: one.personId, subject: "calls-all-20261113-20261120.csv" });
    expect(event?.detail).toMatchObject({
      what: "calls",
      filter: expect.stringContaining("region: eu"),
      rows: expect.any(Number),
    });
    expect(event?.ledger_index).not.toBeNull();
  });

  it("is refused for more time than a list shows: it would hold less than was asked for", async () => {
    await expect(take(both, { range: "60d" })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("at most 31 days"),
    });
    const { window } = await listed(both, { range: "60d" });
    expect((await take(both, { from: window.from, to: window.to })).rows).toBeGreaterThan(0);
  });

  it("holds no call of a tenant that the person is no member of", async () => {
    const { text } = await take(one);
    expect(
      new Set((parse(text, { columns: true }) as { tenant: string }[]).map(({ tenant }) => tenant)),
    ).toEqual(new Set(["bank"]));
    await expect(take(one, { tenant: "other" })).rejects.toMatchObject({ code: "not_found" });
  });
});
