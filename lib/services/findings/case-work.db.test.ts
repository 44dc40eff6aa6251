import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingExportSearch } from "../../contracts/exports.ts";
import { findingSearch } from "../../contracts/findings.ts";
import { sampleAnalysis } from "../../testing/sample-analysis.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { exportFindings } from "../exports/export-findings.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { analyseFinding } from "./analyse-finding.ts";
import { checkFinding } from "./check-finding.ts";
import { commentOnFinding } from "./comment-on-finding.ts";
import { getFinding } from "./get-finding.ts";
import { listFindings } from "./list-findings.ts";
import { resolveFinding } from "./resolve-finding.ts";

let world: StoreWorld;
let bank: StoreTenant;
let officer: PersonActor;
let auditor: PersonActor;
let developer: PersonActor;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  officer = await world.addPerson("otto", { bank: "officer" });
  auditor = await world.addPerson("aud", { bank: "auditor" });
  developer = await world.addPerson("dev", { bank: "developer" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const dayMs = 86_400_000;
const now = Date.now();
const inDays = (days: number) => new Date(now + days * dayMs);
const read = (id: string, at = new Date(), actor = officer) => web(() => getFinding(actor, id, at));
const list = (search: object = {}, at = new Date()) =>
  web(() => listFindings(officer, findingSearch.parse({ tenant: "bank", limit: 200, ...search }), at));
const leak = (host: string, at = inDays(-0.1)) =>
  world.as("gateway", () => recordCalls(bank.id, [callAt(bank, at.toISOString(), { host })]));
const eventsOf = (id: string) =>
  world.sql<{ kind: string; detail: Record<string, unknown> }>(
    "owner",
    { read: [bank.id] },
    "SELECT kind, detail FROM audit_event WHERE subject = $1 ORDER BY ledger_index",
    [id],
  );

let hosts = 0;
/** A case of its own, and the host of its calls. */
async function newCase(): Promise<{ id: string; name: string; host: string }> {
  hosts += 1;
  const host = `api${hosts}.example.com`;
  await leak(host);
  const found = (await list()).items.find((item) => item.host === host);
  if (!found) throw new Error("The finding is not there.");
  return { id: found.id, name: found.name, host };
}
const fixed = { resolution: "config_fix", note: "The base URL was set." } as const;

describe("a case", () => {
  it("has a number that counts up in its tenant alone, also of two that one recording opened", async () => {
    const first = await newCase();
    const call = (host: string) => callAt(bank, inDays(-0.1).toISOString(), { host });
    await world.as("gateway", () =>
      recordCalls(bank.id, [call("two.example.com"), call("three.example.com")]),
    );
    const other = await world.addTenant("other");
    await world.as("gateway", () =>
      recordCalls(other.id, [callAt(other, inDays(-0.1).toISOString(), { host: "api.example.com" })]),
    );
    const numbers = (await list({ state: [] })).items.map(({ name }) => Number(name.slice(2)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
    expect(first.name).toMatch(/^F-\d+$/);
    const rows = await world.sql<{ no: number }>(
      "owner",
      { read: [other.id] },
      "SELECT no FROM finding WHERE tenant_id = $1",
      [other.id],
    );
    expect(rows.map(({ no }) => no).toSorted()).toEqual(rows.map((_, i) => i + 1));
    await expect(
      world.sql("web", { read: [bank.id], write: bank.id }, "UPDATE finding SET no = no + 100"),
    ).rejects.toThrow(/permission denied/);
  });
});

describe("what caused a case and what keeps it from coming again", () => {
  it("is demanded of whoever resolves it, unless it was no real case", async () => {
    const { id } = await newCase();
    await expect(web(() => resolveFinding(officer, { id, ...fixed }))).rejects.toMatchObject({
      code: "invalid_input",
      fields: [{ field: "analysis" }],
    });
    expect(await read(id)).toMatchObject({ state: "open", analysis: null });
    await web(() => resolveFinding(officer, { id, ...fixed, analysis: sampleAnalysis() }));
    expect(await read(id)).toMatchObject({
      state: "resolved",
      analysis: { ...sampleAnalysis(), version: 1, by: "otto" },
      check: { isDue: false, checked: null },
    });
    const unreal = await newCase();
    await web(() =>
      resolveFinding(officer, { id: unreal.id, resolution: "false_positive", note: fixed.note }),
    );
    expect(await read(unreal.id)).toMatchObject({ state: "resolved", analysis: null, check: null });
  });

  it("is stated earlier and corrected later, each an entry of the log and a step of the history", async () => {
    const { id } = await newCase();
    await web(() => analyseFinding(officer, { id, ...sampleAnalysis() }));
    await web(() => resolveFinding(officer, { id, ...fixed }));
    const corrected = sampleAnalysis({
      rootCause: "external_event",
      explanation: "The vendor's update set it.",
    });
    await web(() => analyseFinding(officer, { id, ...corrected }));
    const detail = await read(id);
    expect(detail.analysis).toMatchObject({ ...corrected, version: 2 });
    expect(detail.history.map(({ kind }) => kind)).toEqual(["opened", "analysed", "resolved", "analysed"]);
    expect(detail.history[1]?.note).toContain("Process failure");
    expect(detail.history[3]?.note).toContain("External event. The vendor's update set it.");
    expect(
      (await eventsOf(id)).map(({ kind, detail: { analysis, rootCause } }) => [kind, analysis, rootCause]),
    ).toEqual([
      ["finding.analysed", 1, "process_failure"],
      ["finding.resolved", undefined, undefined],
      ["finding.analysed", 2, "external_event"],
    ]);
    const change = (role: "web" | "owner", text: string) =>
      world.sql(role, { read: [bank.id], write: bank.id }, text);
    await expect(change("web", "UPDATE finding_analysis SET action = 'none'")).rejects.toThrow(
      /permission denied/,
    );
    await expect(change("owner", "TRUNCATE finding_analysis")).rejects.toThrow(/is refused/);
  });

  it("is stated by nobody who may not work on findings", async () => {
    const { id } = await newCase();
    for (const actor of [auditor, developer])
      await web(() =>
        expect(analyseFinding(actor, { id, ...sampleAnalysis() })).rejects.toMatchObject({
          code: "forbidden",
        }),
      );
  });

  it("stands in a file of the list", async () => {
    const { id, name } = await newCase();
    await web(() => resolveFinding(officer, { id, ...fixed, analysis: sampleAnalysis() }));
    const rows = await web(async () => {
      let text = "";
      const search = findingExportSearch.parse({ tenant: "bank", state: ["resolved"] });
      for await (const part of (await exportFindings(auditor, search, inDays(3.1))).lines) text += part;
      return parse(text, { columns: true }) as Record<string, string>[];
    });
    expect(rows.find((row) => row.id === id)).toMatchObject({
      name,
      resolution: "config_fix",
      rootCause: "process_failure",
      correctiveAction: sampleAnalysis().action,
      actionOwner: "Credit Risk",
      actionDueAt: sampleAnalysis().actionDueAt,
      cleanDays: "3",
      checkedAt: "",
    });
  });
});

describe("a resolved case", () => {
  const resolved = async (checkDueAt: Date | null = null, at = inDays(-40)) => {
    const found = await newCase();
    const input = { ...fixed, analysis: sampleAnalysis(), checkDueAt: checkDueAt?.toISOString() ?? null };
    await web(() => resolveFinding(officer, { id: found.id, ...input }, { at }));
    return found;
  };
  const note = "The calls of the month were read.";
  const soon = async () => (await list({ only: "soon", state: [] })).items.map(({ id }) => id);

  it("says since when no call of its kind came, and is looked at 30 days later", async () => {
    const { id } = await newCase();
    await web(() => resolveFinding(officer, { id, ...fixed, analysis: sampleAnalysis() }, { at: inDays(0) }));
    expect(await read(id, inDays(12.5))).toMatchObject({
      clean: { since: inDays(0).toISOString(), days: 12 },
      check: { dueAt: inDays(30).toISOString(), isDue: false, checked: null },
    });
    expect((await read(id, inDays(31))).check).toMatchObject({ isDue: true });
    await web(() =>
      expect(
        checkFinding(officer, { id, outcome: "effective", note }, { at: inDays(29) }),
      ).rejects.toMatchObject({ code: "conflict" }),
    );
  });

  it("waits among what to look at soon until somebody says that it did not come again", async () => {
    const { id } = await resolved();
    expect(await soon()).toContain(id);
    await web(() =>
      expect(checkFinding(auditor, { id, outcome: "effective", note })).rejects.toMatchObject({
        code: "forbidden",
      }),
    );
    await web(() => checkFinding(officer, { id, outcome: "effective", note }));
    expect(await read(id)).toMatchObject({
      state: "resolved",
      check: { isDue: false, checked: { by: "otto" } },
    });
    expect(await soon()).not.toContain(id);
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(["finding.resolved", "finding.checked"]);
    await web(() =>
      expect(checkFinding(officer, { id, outcome: "effective", note })).rejects.toMatchObject({
        code: "conflict",
      }),
    );
  });

  it("is open again where somebody says that it came again, before its day as well", async () => {
    const { id } = await resolved(inDays(20), inDays(-10));
    await web(() =>
      checkFinding(officer, { id, outcome: "recurred", note: "A laptop was found in treasury." }),
    );
    const detail = await read(id);
    expect(detail).toMatchObject({ state: "open", clean: null, check: null, resolution: null });
    expect(detail.history.at(-1)).toMatchObject({ kind: "reopened", actor: "otto", daysClean: 10 });
    expect((await eventsOf(id)).at(-1)).toMatchObject({ kind: "finding.recurred", detail: { to: "open" } });
  });

  it("is opened by a recorded call, and what was checked of it is over", async () => {
    const { id, host } = await resolved();
    await web(() => checkFinding(officer, { id, outcome: "effective", note }, { at: inDays(-5) }));
    await leak(host, inDays(-1));
    const detail = await read(id);
    expect(detail).toMatchObject({ state: "open", clean: null, check: null });
    expect(detail.history.at(-1)).toMatchObject({ kind: "reopened", actor: "Domicile", daysClean: 39 });
    await web(() => resolveFinding(officer, { id, ...fixed }));
    expect((await read(id)).check).toMatchObject({ checked: null });
  });

  it("is looked at within a year, on a day to come", async () => {
    const { id } = await newCase();
    for (const days of [-1, 400])
      await web(() =>
        expect(
          resolveFinding(officer, {
            id,
            ...fixed,
            analysis: sampleAnalysis(),
            checkDueAt: inDays(days).toISOString(),
          }),
        ).rejects.toMatchObject({ fields: [{ field: "checkDueAt" }] }),
      );
    expect((await read(id)).state).toBe("open");
  });
});

describe("a comment", () => {
  it("that is not for auditors is read by everybody else, and that there is one stands in the trail", async () => {
    const { id } = await newCase();
    await web(() => commentOnFinding(auditor, { id, note: "Why was it one laptop?" }));
    await web(() => commentOnFinding(officer, { id, note: "Ask operations.", audience: "not_auditors" }));
    const notes = async (actor: PersonActor) =>
      (await read(id, new Date(), actor)).history.flatMap((event) =>
        event.kind === "commented" ? [[event.actor, event.note, event.audience]] : [],
      );
    const asked = ["aud", "Why was it one laptop?", "everybody"];
    const confided = ["otto", "Ask operations.", "not_auditors"];
    expect(await notes(officer)).toEqual([asked, confided]);
    expect(await notes(developer)).toEqual([asked, confided]);
    expect(await notes(auditor)).toEqual([asked]);
    const events = await eventsOf(id);
    expect(events.map(({ kind, detail }) => [kind, detail.audience])).toEqual([
      ["finding.commented", "everybody"],
      ["finding.commented", "not_auditors"],
    ]);
    expect(JSON.stringify(events)).not.toContain("operations");
  });

  it("is written by no developer, and by no auditor where he would not read it", async () => {
    const { id } = await newCase();
    for (const [actor, audience] of [
      [developer, "everybody"],
      [auditor, "not_auditors"],
    ] as const)
      await web(() =>
        expect(commentOnFinding(actor, { id, note: "Why?", audience })).rejects.toMatchObject({
          code: "forbidden",
        }),
      );
    expect((await read(id)).history.map(({ kind }) => kind)).toEqual(["opened"]);
  });
});

it("what is new this week and what an exception accepts for a short time only are lists of their own", async () => {
  const { id } = await newCase();
  const old = await newCase();
  await world.sql(
    "owner",
    { read: [bank.id], write: bank.id },
    "UPDATE finding SET opened_at = now() - interval '8 days' WHERE id = $1",
    [old.id],
  );
  const fresh = (await list({ only: "new", state: [] })).items.map((item) => item.id);
  expect(fresh).toContain(id);
  expect(fresh).not.toContain(old.id);
  expect((await list({ only: "expiring", state: [] })).items).toEqual([]);
});
