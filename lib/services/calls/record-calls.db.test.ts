import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dialled } from "../../core/testing/case.ts";
import { judgeVersion } from "../../core/verdicts/verdict.ts";
import { actingOn } from "../../testing/acting-on.ts";
import { onCluster } from "../../testing/cluster.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { whileReadOnly } from "../../testing/while-read-only.ts";
import { registerBoot } from "../boots/register-boot.ts";
import { getCall } from "./get-call.ts";
import { recordCalls } from "./record-calls.ts";

let world: StoreWorld;
let tenant: StoreTenant;

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
});
afterAll(() => world.drop());

const record = (...calls: Parameters<typeof recordCalls>[1]) =>
  world.as("gateway", () => recordCalls(tenant.id, calls));
const stored = <Row>(text: string, values: unknown[] = []) =>
  world.sql<Row>("owner", { read: [tenant.id] }, text, values);
/** How many calls a histogram counts: of a number whose digits are its buckets, as nine is of decimal ones. */
const countOf = (histogram: string) => `(${histogram} % 999999999999)`;

describe("recordCalls", () => {
  it("writes call, attempt, rollups and finding together, with the versions they were judged by", async () => {
    const leak = callAt(tenant, "2026-11-03T10:15:00.123Z", { host: "api.openai.com" });
    const [result] = await record(leak);
    expect(result).toMatchObject({ outcome: "recorded", judgement: { verdict: "violation" } });
    const [row] = await stored<Record<string, unknown>>("SELECT * FROM call WHERE id = $1", [leak.id]);
    expect(row).toMatchObject({
      verdict: "violation",
      band: "outside",
      reasons: ["host_out_of_region"],
      served_region: "global",
      region_dim: "global",
      policy_version: 1,
      catalog_version: leak.catalogVersion,
      judge_version: judgeVersion,
      simulated: true,
    });
    expect(await stored("SELECT host, verdict FROM attempt WHERE call_id = $1", [leak.id])).toEqual([
      { host: "api.openai.com", verdict: "violation" },
    ]);
    expect(await stored("SELECT sum(calls)::int AS n FROM rollup_hour WHERE verdict = 'violation'")).toEqual([
      { n: 1 },
    ]);
    const findings = await stored<{ id: string; cause: string; state: string }>(
      "SELECT id, cause, state FROM finding WHERE cause = 'host_out_of_region'",
    );
    expect(findings).toHaveLength(1);
    expect(row?.finding_ids).toContain(findings[0]?.id);
  });

  it("keeps what is claimed once for all calls of which the same is claimed, also after a batch was rolled back", async () => {
    const own = await world.addTenant("claimant");
    const reader = await world.addPerson("clare", { claimant: "auditor" });
    const at = (second: number, host: string) => callAt(own, `2026-11-02T10:00:0${second}.000Z`, { host });
    const kept = () => world.sql<{ id: string }>("owner", { read: [own.id] }, "SELECT id FROM claim_set");
    const [a, b, c, d] = [
      at(1, "eu.api.openai.com"),
      at(2, "eu.api.openai.com"),
      at(3, "api.openai.com"),
      at(4, "eu.api.openai.com"),
    ];
    const bad = { ...at(5, "api.openai.com"), source: "rumour" as "intake" };
    const write = (...calls: Parameters<typeof recordCalls>[1]) =>
      world.as("gateway", () => recordCalls(own.id, calls));
    await write(bad);
    expect(await kept()).toEqual([]);
    await write(a, b, bad);
    expect(await kept()).toHaveLength(1);
    await write(c, d);
    expect(await kept()).toHaveLength(2);
    const rows = await world.sql<{ id: string; claims: unknown; claims_id: string }>(
      "owner",
      { read: [own.id] },
      "SELECT id, claims, claims_id FROM call ORDER BY started_at",
    );
    expect(rows.map(({ claims }) => claims)).toEqual([null, null, null, null]);
    const [first, second, third, fourth] = rows.map(({ claims_id }) => claims_id);
    expect([second, fourth]).toEqual([first, first]);
    expect(third).not.toBe(first);
    for (const { id, judged } of [
      { id: a.id, judged: "AT" },
      { id: c.id, judged: "undetermined" },
    ]) {
      const { claims, attempts } = await world.as("web", () => getCall(reader, id));
      expect(claims.find(({ claim }) => claim === "inference")?.value).toContain(judged);
      expect(attempts[0]?.claims).toEqual(claims);
    }
  });

  it("records a call once, however often it comes, also twice in one batch", async () => {
    const call = callAt(tenant, "2026-11-03T11:00:00.000Z");
    expect((await record(call, call)).map(({ outcome }) => outcome)).toEqual(["recorded", "duplicate"]);
    expect((await record(call)).map(({ outcome }) => outcome)).toEqual(["duplicate"]);
    expect(await stored("SELECT count(*)::int AS n FROM call WHERE id = $1", [call.id])).toEqual([{ n: 1 }]);
    expect(
      await stored("SELECT sum(calls)::int AS n FROM rollup_hour WHERE hour = '2026-11-03T11:00:00Z'"),
    ).toEqual([{ n: 1 }]);
  });

  it("gives numbers in order of recording, without a gap, to concurrent writers", async () => {
    const batches = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 5 }, (_, j) => callAt(tenant, `2026-11-04T0${i}:00:0${j}.000Z`)),
    );
    await Promise.all(batches.map((batch) => record(...batch)));
    const rows = await stored<{ seq: string }>("SELECT seq FROM call ORDER BY seq");
    expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_, i) => i + 1));
  });

  it("splits a failing batch until the bad record stands alone, and writes the others", async () => {
    const good = [1, 2, 3, 4].map((n) => callAt(tenant, `2026-11-05T00:00:0${n}.000Z`));
    const bad = [
      { ...callAt(tenant, "2026-11-05T00:01:00.000Z"), applicationId: v7() },
      { ...callAt(tenant, "2026-11-05T00:02:00.000Z"), source: "rumour" as "intake" },
      { ...callAt(tenant, "2026-11-05T00:03:00.000Z"), policyVersion: 99 },
      { ...callAt(tenant, "2026-11-05T00:04:00.000Z"), id: v7({ msecs: 1 }) },
    ];
    const [a, b, c, d] = good as [never, never, never, never];
    const [w, x, y, z] = bad as [never, never, never, never];
    const results = await record(a, w, b, x, y, c, z, d);
    // That a call's application is one of the tenant's is on a cluster for the verbs to look at.
    const unknownApplication = onCluster ? "recorded" : "rejected";
    expect(results.map(({ outcome }) => outcome)).toEqual([
      "recorded",
      unknownApplication,
      "recorded",
      "rejected",
      "rejected",
      "recorded",
      "rejected",
      "recorded",
    ]);
    expect(await stored("SELECT count(*)::int AS n FROM call WHERE started_at::date = '2026-11-05'")).toEqual(
      [{ n: onCluster ? 5 : 4 }],
    );
  });

  it("keeps a call whose record the store refuses: bare, once, without an end or as refused", async () => {
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const tooMany = { inputTokens: 2 ** 40, outputTokens: 1, cachedInputTokens: null, reasoningTokens: null };
    const sent = callAt(tenant, "2026-11-05T01:00:01.000Z", { intent: { bootId, n: 1 }, usage: tooMany });
    const stopped = callAt(tenant, "2026-11-05T01:00:02.000Z", {
      ...{ end: "refused" as const, refusal: { code: "region_blocked", message: "No." }, usage: tooMany },
      attempts: sent.attempts.map((attempt) => ({ ...attempt, progress: "refused" as const, status: null })),
    });
    const reported = callAt(tenant, "2026-11-05T01:00:03.000Z", {
      ...{ source: "intake" as const, usage: tooMany },
      reported: { format: "json", hostSource: "log", retrospective: false, clockAheadMs: 0 },
    });
    const good = callAt(tenant, "2026-11-05T01:00:04.000Z");
    for (const again of [false, true])
      expect(await record(sent, stopped, good, reported)).toMatchObject([
        { outcome: "rejected", bare: true },
        { outcome: "rejected", bare: true },
        { outcome: again ? "duplicate" : "recorded" },
        { outcome: "rejected", bare: false },
      ]);
    expect(
      await stored(
        `SELECT id, call_end, verdict, band, intent_n::int AS n, input_tokens, host FROM call
          WHERE started_at BETWEEN '2026-11-05T01:00:01Z' AND '2026-11-05T01:00:03Z' ORDER BY started_at`,
      ),
    ).toEqual([
      {
        ...{ id: sent.id, call_end: "unknown", verdict: "unverifiable", band: "unverifiable", n: 1 },
        ...{ input_tokens: null, host: "eu.api.openai.com" },
      },
      {
        ...{ id: stopped.id, call_end: "refused", verdict: "blocked", band: "stopped", n: null },
        ...{ input_tokens: null, host: "eu.api.openai.com" },
      },
    ]);
  });

  it("refuses a record of another tenant", async () => {
    const other = await world.addTenant("other-bank");
    const [result] = await record(callAt(other, "2026-11-06T00:00:00.000Z"));
    expect(result?.outcome).toBe("rejected");
    expect(await world.sql("owner", { read: [other.id] }, "SELECT 1 FROM call")).toEqual([]);
  });

  it("throws where the database cannot be reached, and rejects nothing", async () => {
    const nowhere = "postgresql://nobody:x@127.0.0.1:1/none";
    const recording = actingOn(nowhere, () =>
      recordCalls(tenant.id, [callAt(tenant, "2026-11-06T01:00:00.000Z")]),
    );
    await expect(recording).rejects.toThrow();
  });

  it("throws where the store is read only for a while, rejects nothing, and takes the same records afterwards", async () => {
    const bank = await world.addTenant("read-only");
    const calls = [1, 2, 3].map((n) => callAt(bank, `2026-11-06T02:00:0${n}.000Z`));
    const write = () => world.as("gateway", () => recordCalls(bank.id, calls));
    await whileReadOnly(world.database.ownerUrl, () =>
      expect(write()).rejects.toMatchObject({ code: "25006" }),
    );
    expect((await write()).map(({ outcome }) => outcome)).toEqual(["recorded", "recorded", "recorded"]);
  });

  it("makes a month that is missing, and leaves the default partition empty", async () => {
    await record(callAt(tenant, "2025-02-14T00:00:00.000Z"));
    // A node puts the number of a part behind the name.
    expect(
      await stored("SELECT tableoid::regclass::text AS part FROM call WHERE started_at < '2025-03-01'"),
    ).toEqual([{ part: expect.stringMatching(/^call_2025_02(_\d+)?$/) }]);
    expect(await stored("SELECT count(*)::int AS n FROM call_default")).toEqual([{ n: 0 }]);
  });

  it("counts hosts and models beyond the cap together", async () => {
    const flood = await world.addTenant("flooded");
    const calls = Array.from({ length: 250 }, (_, i) => {
      const call = callAt(flood, `2026-11-07T00:00:00.${String(i).padStart(3, "0")}Z`);
      return { ...call, facts: { ...call.facts, modelRequested: `model-${i}` } };
    });
    await world.as("gateway", () => recordCalls(flood.id, calls));
    const models = await world.sql<{ model: string; n: number }>(
      "owner",
      { read: [flood.id] },
      "SELECT model, sum(calls)::int AS n FROM rollup_day GROUP BY model ORDER BY n DESC",
    );
    expect(models).toHaveLength(201);
    expect(models[0]).toEqual({ model: "other", n: 50 });
    // What the catalog lists has its own name also then.
    await world.as("gateway", () => recordCalls(flood.id, [callAt(flood, "2026-11-07T01:00:00.000Z")]));
    const listed = await world.sql(
      "owner",
      { read: [flood.id] },
      "SELECT DISTINCT model FROM rollup_hour WHERE hour = '2026-11-07T01:00:00Z'",
    );
    expect(listed).toEqual([{ model: "gpt-4o-2024-08-06" }]);
  });

  it("spends no name of a model on a call that was refused", async () => {
    const shut = await world.addTenant("shut");
    const refused = Array.from({ length: 201 }, (_, i) => {
      const call = callAt(shut, `2026-11-07T00:00:00.${String(i).padStart(3, "0")}Z`);
      return {
        ...call,
        facts: { ...call.facts, modelRequested: `model-${i}` },
        end: "refused" as const,
        refusal: { code: "model_not_eligible", message: "No." },
        attempts: call.attempts.map((attempt) => ({
          ...attempt,
          progress: "refused" as const,
          status: null,
        })),
      };
    });
    await world.as("gateway", () => recordCalls(shut.id, refused));
    const sent = callAt(shut, "2026-11-07T01:00:00.000Z");
    const named = { ...sent, facts: { ...sent.facts, modelRequested: "ours-1" } };
    await world.as("gateway", () => recordCalls(shut.id, [named]));
    const names = await world.sql(
      "owner",
      { read: [shut.id] },
      "SELECT model, sum(calls)::int AS n FROM rollup_day GROUP BY model ORDER BY n",
    );
    expect(names).toEqual([
      { model: "ours-1", n: 1 },
      { model: "other", n: 201 },
    ]);
  });

  it("keeps a real end that comes after one without an end, and the first verdict", async () => {
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const real = callAt(tenant, "2026-11-08T00:00:00.000Z", { intent: { bootId, n: 1 } });
    const swept = {
      ...real,
      end: "unknown" as const,
      endedAt: null,
      attempts: [
        {
          ...dialled("eu.api.openai.com", { progress: "unknown", status: null, peer: null }),
          startedAt: real.startedAt,
          durationMs: null,
        },
      ],
    };
    expect((await record(swept))[0]).toMatchObject({
      outcome: "recorded",
      judgement: { verdict: "unverifiable" },
    });
    expect((await record(real))[0]?.outcome).toBe("late");
    expect((await record(real))[0]?.outcome).toBe("late");
    expect(await stored("SELECT verdict, call_end FROM call WHERE id = $1", [real.id])).toEqual([
      { verdict: "unverifiable", call_end: "unknown" },
    ]);
    expect(await stored("SELECT verdict FROM late_outcome WHERE call_id = $1", [real.id])).toEqual([
      { verdict: "compliant" },
    ]);
  });

  it("counts a late end once in the hour and day of its call, under what was recorded", async () => {
    const bank = await world.addTenant("late");
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const real = callAt(bank, "2026-11-08T05:30:00.000Z", { intent: { bootId, n: 1 } });
    const none = { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null };
    const swept = {
      ...real,
      ...{ end: "unknown" as const, endedAt: null, usage: none, ttftMs: null },
      ...{ requestBytes: null, responseBytes: null },
      attempts: real.attempts.map((attempt) => ({ ...attempt, status: null, durationMs: null })),
    };
    const end = { ...real, attempts: real.attempts.map((attempt) => ({ ...attempt, status: 500 })) };
    const counted = (table: string) =>
      world.sql<Record<string, unknown>>(
        "owner",
        { read: [bank.id] },
        `SELECT verdict, calls::int, without_end::int AS open, without_tokens::int AS silent, errors::int, input_tokens::int AS input,
                output_tokens::int AS output, response_bytes::int AS bytes, duration_ms_sum::int AS ms,
                ${countOf("latency")}::int AS timed, ${countOf("ttft")}::int AS first
           FROM ${table}`,
      );
    await world.as("gateway", () => recordCalls(bank.id, [swept]));
    const [before] = await counted("rollup_hour");
    expect(before).toMatchObject({ calls: 1, open: 1, silent: 1, errors: 0, input: 0, timed: 0 });
    for (let told = 0; told < 2; told++) await world.as("gateway", () => recordCalls(bank.id, [end, end]));
    const told = {
      ...{ verdict: before?.verdict, calls: 1, open: 0, silent: 0, errors: 1, input: 100, output: 20 },
      ...{ bytes: 1200, ms: 800, timed: 1, first: 1 },
    };
    expect(await counted("rollup_hour")).toEqual([told]);
    expect(await counted("rollup_day")).toEqual([told]);
  });

  it("adds up in its rollups to exactly what its rows and late ends say", async () => {
    const difference = await stored(`
      WITH rows AS (
        SELECT date_trunc('hour', started_at, 'UTC') AS hour, application_id, region_dim, host_dim, model_dim, operation,
               verdict, coalesce(band, 'none') AS band, basis, source, array_to_string(causes, ',') AS causes, simulated,
               count(*) AS calls, coalesce(sum(input_tokens), 0) AS input, coalesce(sum(response_bytes), 0) AS bytes,
               count(*) FILTER (WHERE call_end = 'unknown' AND l.call_id IS NULL) AS open,
               count(*) FILTER (WHERE (ended_at IS NOT NULL OR l.call_id IS NOT NULL) AND call_end <> 'refused') AS timed
          FROM call LEFT JOIN (SELECT call_id FROM late_outcome) l ON l.call_id = id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
      rolled AS (
        SELECT hour, application_id, region, host, model, operation, verdict, band, basis, source, causes, simulated,
               calls, input_tokens, response_bytes, without_end, ${countOf("latency")}
          FROM rollup_hour)
      (TABLE rows EXCEPT TABLE rolled) UNION ALL (TABLE rolled EXCEPT TABLE rows)`);
    expect(difference).toEqual([]);
    expect(
      await stored(`SELECT 1 FROM (SELECT (hour AT TIME ZONE 'UTC')::date AS day, sum(calls) AS calls FROM rollup_hour GROUP BY 1) h
        FULL JOIN (SELECT day, sum(calls) AS calls FROM rollup_day GROUP BY 1) d USING (day) WHERE h.calls IS DISTINCT FROM d.calls`),
    ).toEqual([]);
  });
});
