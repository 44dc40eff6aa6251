import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSearch } from "../../contracts/calls.ts";
import { type FindingListItem, findingSearch } from "../../contracts/findings.ts";
import { sampleAnalysis } from "../../testing/sample-analysis.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { registerBoot } from "../boots/register-boot.ts";
import { valuesKeptMax } from "../calls/cap-dimensions.ts";
import { getCall } from "../calls/get-call.ts";
import { listCalls } from "../calls/list-calls.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { acknowledgeFinding } from "./acknowledge-finding.ts";
import { getFinding } from "./get-finding.ts";
import { listFindings } from "./list-findings.ts";
import { resolveFinding } from "./resolve-finding.ts";

let world: StoreWorld;
let bank: StoreTenant;
let other: StoreTenant;
let officer: PersonActor;
let auditor: PersonActor;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  other = await world.addTenant("other");
  officer = await world.addPerson("otto", { bank: "officer" });
  auditor = await world.addPerson("aud", { bank: "auditor" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const record = (tenant: StoreTenant, ...calls: Parameters<typeof recordCalls>[1]) =>
  world.as("gateway", () =>
    recordCalls(tenant.id, calls, ({ endedAt, startedAt }) => new Date(endedAt ?? startedAt)),
  );
const leak = (at: string, host = "api.openai.com") => callAt(bank, at, { host });
const list = (actor: PersonActor, search: object = {}) =>
  web(() => listFindings(actor, findingSearch.parse({ tenant: "bank", ...search })));
const findLeak = async (host = "api.openai.com") => {
  const { items } = await list(officer, { cause: ["host_out_of_region", "host_lookalike"] });
  const found = items.find((item) => item.host === host);
  if (!found) throw new Error("The finding is not there.");
  return found;
};
const solution = {
  resolution: "traffic_fix",
  note: "The base URL was set.",
  analysis: sampleAnalysis(),
} as const;

describe("findings", () => {
  it("group calls of one cause, host, model and application, and count them", async () => {
    await record(bank, leak("2026-11-02T08:00:00.000Z"), leak("2026-11-02T09:00:00.000Z"));
    await record(bank, leak("2026-11-02T07:00:00.000Z"), leak("2026-11-02T10:00:00.000Z", "api.openai.eu"));
    const global = await findLeak();
    expect(global).toMatchObject({
      tenant: "bank",
      severity: "high",
      state: "open",
      calls: 3,
      application: "loan-desk",
      basis: "observed",
      firstSeenAt: "2026-11-02T07:00:00.000Z",
      lastSeenAt: "2026-11-02T09:00:00.000Z",
      simulated: true,
    });
    expect(global.title).toContain("api.openai.com");
    expect(await findLeak("api.openai.eu")).toMatchObject({
      cause: "host_lookalike",
      severity: "critical",
      calls: 1,
    });
    // What it could be narrowed to instead is there all the same.
    const { items, choices } = await list(officer, { cause: ["host_lookalike"] });
    expect(new Set(items.map(({ cause }) => cause))).toEqual(new Set(["host_lookalike"]));
    expect(choices.causes).toEqual(expect.arrayContaining(["host_lookalike", "host_out_of_region"]));
    expect(choices).toMatchObject({ applications: ["loan-desk"], owners: ["none"] });
  });

  it("come most severe first, page by page, each once", async () => {
    const all = await list(officer);
    const ranks = ["critical", "high", "medium", "low"];
    expect(all.items.map(({ severity }) => severity)).toEqual(
      all.items.map(({ severity }) => severity).toSorted((a, b) => ranks.indexOf(a) - ranks.indexOf(b)),
    );
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(officer, { limit: 1, ...(cursor ? { cursor } : {}) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all.items.map(({ id }) => id));
    expect(all.counts.open).toBe(all.items.length);
    await expect(list(officer, { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("name exactly their calls, by the query they give", async () => {
    const { id } = await findLeak();
    const detail = await web(() => getFinding(officer, id));
    const query = new URLSearchParams(detail.callsQuery);
    const many = Object.fromEntries(
      [...new Set(query.keys())].map((name) => [
        name,
        ["tenant", "from", "to"].includes(name) ? query.get(name) : query.getAll(name),
      ]),
    );
    const page = await web(() => listCalls(officer, callSearch.parse(many)));
    expect(page.items.map(({ startedAt }) => startedAt)).toEqual([
      "2026-11-02T09:00:00.000Z",
      "2026-11-02T08:00:00.000Z",
      "2026-11-02T07:00:00.000Z",
    ]);
    const call = await web(() => getCall(officer, page.items[0]?.id ?? ""));
    expect(call.findings.map((finding) => finding.id)).toContain(id);
  });

  it("of more than a month lead to all of their time, which is listed in stretches", async () => {
    const old = await world.addTenant("old");
    const reader = await world.addPerson("olaf", { old: "officer" });
    const days = ["2026-09-05", "2026-09-20", "2026-10-25", "2026-11-02"];
    await record(old, ...days.map((day) => callAt(old, `${day}T08:00:00.000Z`, { host: "api.openai.com" })));
    const { items } = await web(() =>
      listFindings(reader, findingSearch.parse({ tenant: "old", cause: ["host_out_of_region"] })),
    );
    const detail = await web(() => getFinding(reader, items[0]?.id ?? ""));
    const query = new URLSearchParams(detail.callsQuery);
    const [from, to] = [query.get("from"), query.get("to")];
    expect([from, to]).toEqual(["2026-09-05T08:00:00.000Z", "2026-11-02T08:00:00.001Z"]);
    const listed = (span: object) =>
      web(() =>
        listCalls(reader, callSearch.parse({ tenant: "old", reason: ["host_out_of_region"], ...span })),
      );
    const last = await listed({ from, to });
    expect([last.window.coverage, last.window.asked?.from, last.totalCalls]).toEqual(["part", from, 2]);
    const before = await listed({ from, to: last.window.from });
    expect(before.totalCalls + last.totalCalls).toBe(detail.calls);
  });

  it("are worked on by officers, with every step in the history", async () => {
    const { id } = await findLeak();
    await web(() => acknowledgeFinding(officer, { id, note: "Looking into it." }));
    await web(() => expect(acknowledgeFinding(officer, { id })).rejects.toMatchObject({ code: "conflict" }));
    await web(() => resolveFinding(officer, { id, ...solution }));
    const detail = await web(() => getFinding(officer, id));
    expect(detail).toMatchObject({ state: "resolved", resolution: "traffic_fix" });
    expect(detail.history.map(({ kind, actor, note }) => [kind, actor, note])).toEqual([
      ["opened", "Domicile", null],
      ["acknowledged", "otto", "Looking into it."],
      ["analysed", "otto", expect.stringContaining("Process failure")],
      ["resolved", "otto", "The base URL was set."],
    ]);
    await web(() =>
      expect(resolveFinding(officer, { id, ...solution })).rejects.toMatchObject({ code: "conflict" }),
    );
    const events = await world.sql(
      "owner",
      { read: [bank.id] },
      "SELECT kind FROM audit_event WHERE subject = $1 ORDER BY at",
      [id],
    );
    expect(events).toEqual([{ kind: "finding.acknowledged" }, { kind: "finding.resolved" }]);
  });

  it("are opened again by a call that began after the resolution, and by no earlier one", async () => {
    const { id } = await findLeak();
    await record(bank, leak("2026-11-02T11:00:00.000Z"));
    expect((await web(() => getFinding(officer, id))).state).toBe("resolved");
    await record(bank, leak(new Date(Date.now() + 1_000).toISOString()));
    const detail = await web(() => getFinding(officer, id));
    expect(detail).toMatchObject({ state: "open", resolution: null, calls: 5 });
    expect(detail.history.at(-1)?.kind).toBe("reopened");
  });

  it("are raised by what only an end shows that comes late: each call once, beside its first verdict, which stays", async () => {
    const tenant = await world.addTenant("late");
    const reader = await world.addPerson("lea", { late: "officer" });
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const model = { modelRequested: "gpt-6-astra", modelAnswered: "gpt-6-astra" };
    const hosts = ["eu.api.openai.com", "api.openai.com", "eu.api.openai.com"];
    const asked = hosts.map((host, i) => {
      const call = callAt(tenant, `2026-11-05T08:00:0${i}.000Z`, { host, intent: { bootId, n: i + 1 } });
      // The tier that was used stands in the answer alone. OpenAI lists it for no region.
      return { ...call, facts: { ...call.facts, ...model, serviceTier: "priority" } };
    });
    const swept = asked.slice(0, 2).map((call) => ({
      ...call,
      ...{
        end: "unknown" as const,
        endedAt: null,
        facts: { ...call.facts, serviceTier: null, modelAnswered: null },
      },
      attempts: call.attempts.map((attempt) => ({
        ...attempt,
        ...{ progress: "unknown" as const, status: null, peer: null, durationMs: null },
      })),
    }));
    await record(tenant, ...swept);
    const cases = async () =>
      (await web(() => listFindings(reader, findingSearch.parse({ tenant: "late" })))).items;
    const counts = (of: readonly FindingListItem[]) =>
      of.map(({ cause, calls }) => [cause, calls]).toSorted();
    const before = counts(await cases());
    expect(before).toContainEqual(["host_out_of_region", 1]);
    expect(before.map(([cause]) => cause)).not.toContain("service_tier_not_eligible");
    const late = asked.slice(0, 2);
    for (let told = 0; told < 2; told++) await record(tenant, ...late, ...late);
    // What the calls were counted in without an end, such as the host, they are not counted in again.
    const added = [
      ["service_tier_not_eligible", 1],
      ["project_not_pinned", 1],
    ];
    expect(counts(await cases())).toEqual([...before, ...added].toSorted());
    await record(tenant, ...asked);
    const tier = (await cases()).find(({ cause }) => cause === "service_tier_not_eligible");
    expect(tier).toMatchObject({ calls: 2, state: "open", firstSeenAt: "2026-11-05T08:00:00.000Z" });
    const { lateCalls } = await web(() => getFinding(reader, tier?.id ?? ""));
    expect(lateCalls.map(({ id, verdict }) => [id, verdict])).toEqual([[late[0]?.id, "violation"]]);
    const call = await web(() => getCall(reader, late[0]?.id ?? ""));
    expect(call).toMatchObject({ verdict: "unverifiable", lateEnd: { verdict: "violation" } });
    expect(call.findings.map(({ cause }) => cause)).toContain("service_tier_not_eligible");
  });

  it("are not changed by an auditor, and not found by somebody of another tenant", async () => {
    const { id } = await findLeak();
    await record(other, callAt(other, "2026-11-02T08:00:00.000Z", { host: "api.openai.com" }));
    const foreign = await world.addPerson("fay", { other: "officer" });
    await web(async () => {
      await expect(acknowledgeFinding(auditor, { id })).rejects.toMatchObject({ code: "forbidden" });
      await expect(resolveFinding(auditor, { id, ...solution })).rejects.toMatchObject({ code: "forbidden" });
      await expect(getFinding(foreign, id)).rejects.toMatchObject({ code: "not_found" });
      await expect(acknowledgeFinding(foreign, { id })).rejects.toMatchObject({ code: "not_found" });
      await expect(resolveFinding(foreign, { id, ...solution })).rejects.toMatchObject({ code: "not_found" });
      await expect(getFinding(officer, "no-uuid")).rejects.toMatchObject({ code: "not_found" });
    });
    expect((await web(() => getFinding(auditor, id))).state).toBe("open");
  });
});

it("hosts beyond those that are counted by name are one case, and their calls keep the host they went to", async () => {
  const flooded = await world.addTenant("flooded");
  const fay = await world.addPerson("fay", { flooded: "officer" });
  const host = (i: number) => `h${i}.invented.example`;
  const calls = Array.from({ length: valuesKeptMax + 3 }, (_, i) =>
    callAt(flooded, new Date(Date.parse("2026-11-02T08:00:00.000Z") + i * 1_000).toISOString(), {
      host: host(i),
    }),
  );
  await record(flooded, ...calls);
  const found: FindingListItem[] = [];
  for (let cursor: string | undefined; ; ) {
    const search = findingSearch.parse({
      tenant: "flooded",
      cause: ["host_unknown"],
      ...(cursor ? { cursor } : {}),
    });
    const page = await web(() => listFindings(fay, search));
    found.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(found).toHaveLength(valuesKeptMax + 1);
  const shared = found.find((item) => item.host === "other");
  expect(shared).toMatchObject({ calls: 3, title: expect.stringContaining("other hosts") });
  const { callsQuery } = await web(() => getFinding(fay, shared?.id ?? ""));
  const query = new URLSearchParams(callsQuery);
  expect(query.get("host")).toBe("other");
  const page = await web(() =>
    listCalls(
      fay,
      callSearch.parse({ tenant: "flooded", from: query.get("from"), to: query.get("to"), host: ["other"] }),
    ),
  );
  expect(page.items.map((item) => item.host)).toEqual([2, 1, 0].map((i) => host(valuesKeptMax + i)));
});
