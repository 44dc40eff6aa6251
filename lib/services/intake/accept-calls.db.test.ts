import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayMs } from "../../core/calendar.ts";
import { ownGateway } from "../../core/intake/own-gateway.ts";
import { nothingReported, type ReportedCall } from "../../core/intake/reported-call.ts";
import { onCluster } from "../../testing/cluster.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { whileReadOnly } from "../../testing/while-read-only.ts";
import { newCallId as uuidOf } from "../calls/new-call-id.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { acceptCalls } from "./accept-calls.ts";
import { joinReports } from "./join-reports.ts";
import { keyReportDigests } from "./key-report-digests.ts";
import { plainReportDigest } from "./report-digest.ts";
import { StoreAway } from "./store-away.ts";

let world: StoreWorld;
let tenant: StoreTenant;
const now = new Date();
const own = ownGateway(8787, ["gateway.example.com"]);

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("reports");
});
afterAll(() => world.drop());

let n = 0;
/** A chat call to the European host that ended a moment ago; cases state what differs. */
function reported(over: Partial<ReportedCall> = {}): ReportedCall {
  n += 1;
  const startedAt = new Date(now.getTime() + n).toISOString();
  return {
    ...nothingReported,
    clientId: `c-${n}`,
    format: "json",
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 700).toISOString(),
    host: "eu.api.openai.com",
    path: "/v1/chat/completions",
    modelRequested: "gpt-4o-2024-08-06",
    store: { said: true, value: false },
    requestRead: true,
    answerRead: true,
    storedStateRefs: [],
    status: 200,
    ...over,
  };
}

const accept = (reports: ReportedCall[], of: StoreTenant = tenant) =>
  world.as("gateway", () => acceptNow(reports, of));

const acceptNow = (reports: ReportedCall[], of: StoreTenant = tenant) =>
  acceptCalls({ tenantId: of.id, applicationId: of.applicationId, keyId: of.keyId }, reports, {
    receivedAt: new Date(now.getTime() + 60_000),
    own,
  });

const stored = <Row>(text: string, values: unknown[] = []) =>
  world.sql<Row>("owner", { read: [tenant.id] }, text, values);

async function judged(over: Partial<ReportedCall>) {
  const [result] = await accept([reported(over)]);
  const [row] = await stored<{ verdict: string; reasons: string[]; basis: string; grade: string }>(
    `SELECT c.verdict, c.reasons, c.basis, a.evidence ->> 'hostGrade' AS grade FROM call c
       LEFT JOIN attempt a ON a.tenant_id = c.tenant_id AND a.call_id = c.id WHERE c.id = $1`,
    [result?.callId],
  );
  return { result, ...row };
}

describe("a report is judged by the same core, at its true grade", () => {
  it("a log of the right host does not clear what the policy wants seen", async () => {
    expect(await judged({})).toMatchObject({
      result: { outcome: "recorded", verdict: "unverifiable" },
      reasons: ["evidence_too_weak"],
      grade: "D",
    });
  });

  it("a retried call of which a log tells the last attempt is a case, beside what that attempt shows", async () => {
    const cases = (callId: string) =>
      stored<{ cause: string; host: string | null; calls: number }>(
        `SELECT f.cause, f.host, n.calls::int AS calls FROM finding f
           JOIN finding_counter n ON n.tenant_id = f.tenant_id AND n.finding_id = f.id
           JOIN call c ON c.tenant_id = f.tenant_id AND c.id = $1
          WHERE f.model = c.model_requested ORDER BY f.cause`,
        [callId],
      );
    const retried = { attemptsKnown: "last_only", modelRequested: "gpt-5.6-sol" } as const;
    const { result, reasons } = await judged(retried);
    expect(reasons).toEqual(expect.arrayContaining(["evidence_too_weak", "last_attempt_only"]));
    await judged(retried);
    expect(await cases(result?.callId ?? "")).toEqual([
      { cause: "evidence_too_weak", host: "eu.api.openai.com", calls: 2 },
      { cause: "last_attempt_only", host: null, calls: 2 },
      { cause: "project_not_pinned", host: "eu.api.openai.com", calls: 2 },
    ]);
  });

  it("a log of another host is a violation that is reported, not observed", async () => {
    expect(await judged({ host: "API.OpenAI.com:443" })).toMatchObject({
      verdict: "violation",
      reasons: ["host_out_of_region"],
      basis: "reported",
      grade: "D",
    });
  });

  it.each(["default", "label"] as const)("a %s neither flags nor clears", async (hostSource) => {
    expect(await judged({ host: "api.openai.com", hostSource })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["evidence_too_weak"],
      basis: "none",
      grade: "E",
    });
  });

  it("no host at all is not verifiable, whatever the answer was", async () => {
    expect(await judged({ host: null })).toMatchObject({
      verdict: "unverifiable",
      basis: "none",
      grade: "E",
    });
  });

  it("facts of the socket are kept and raise no grade", async () => {
    const socket = { address: "203.0.113.9", port: 443, tlsName: "eu.api.openai.com", tlsVerified: true };
    const { result, grade } = await judged({ socket });
    expect(grade).toBe("D");
    const [row] = await stored<{ evidence: { peer: object } }>(
      "SELECT evidence FROM attempt WHERE call_id = $1",
      [result?.callId],
    );
    expect(row?.evidence.peer).toMatchObject({ address: "203.0.113.9", tlsName: "eu.api.openai.com" });
  });

  it("an answer from a cache made no provider call", async () => {
    expect(await judged({ cachedAnswer: true, status: null })).toMatchObject({
      verdict: "not_applicable",
      reasons: ["no_provider_call"],
    });
  });
});

describe("an id is recorded once", () => {
  it("the same again is a duplicate, another content under it a conflict, in one request or two", async () => {
    const one = reported({ endUser: "u-1" });
    const other = { ...one, status: 500 };
    const [first, within, against] = await accept([one, one, other]);
    expect([first?.outcome, within?.outcome, against?.outcome]).toEqual([
      "recorded",
      "duplicate",
      "conflict",
    ]);
    expect(within?.callId).toBe(first?.callId);
    const later = await accept([one, reported(), { ...other, host: "api.openai.com" }]);
    expect(later.map(({ outcome }) => outcome)).toEqual(["duplicate", "recorded", "conflict"]);
    expect(later[0]?.callId).toBe(first?.callId);
    expect(await stored("SELECT status FROM call WHERE id = $1", [first?.callId])).toEqual([{ status: 200 }]);
    expect(
      await stored("SELECT count(*)::int AS n FROM intake_key WHERE client_id = $1", [one.clientId]),
    ).toEqual([{ n: 1 }]);
  });

  it("what was recorded under it by an earlier request is what one with several of it is held against", async () => {
    const kept = reported();
    const other = { ...kept, status: 500 };
    const [first] = await accept([kept]);
    const results = await accept([other, other, kept, { ...kept, status: 503 }]);
    expect(results.map(({ index, outcome, callId }) => [index, outcome, callId])).toEqual([
      [0, "conflict", first?.callId],
      [1, "conflict", first?.callId],
      [2, "duplicate", first?.callId],
      [3, "conflict", first?.callId],
    ]);
    expect(await stored("SELECT status FROM call WHERE id = $1", [first?.callId])).toEqual([{ status: 200 }]);
  });

  it.each(["calls", "reports of our own gateway's"])(
    "how %s are cut into requests changes no answer",
    async (kind) => {
      const call = callAt(tenant, now.toISOString());
      await world.as("gateway", () => recordCalls(tenant.id, [call]));
      const place = kind === "calls" ? {} : { host: "localhost:8787", gatewayCallId: call.id };
      /** The same contents under an id: one request, or several. */
      const answers = async (...sizes: number[]) => {
        const a = reported(place);
        const b = { ...a, status: 500 };
        const sent = [a, b, a, b, b, a];
        const given: string[] = [];
        for (const size of sizes)
          for (const { outcome, callId } of await accept(sent.splice(0, size)))
            given.push(
              `${outcome} ${callId === null ? "no call" : callId === call.id ? "gateway's" : "own"}`,
            );
        return given;
      };
      const apart = await answers(1, 1, 1, 1, 1, 1);
      for (const sizes of [[6], [1, 5], [2, 4], [1, 1, 4], [3, 3]])
        expect(await answers(...sizes)).toEqual(apart);
    },
  );

  it("two tenants may use one id", async () => {
    const neighbour = await world.addTenant("neighbour");
    const one = reported();
    expect((await accept([one]))[0]?.outcome).toBe("recorded");
    expect((await accept([one], neighbour))[0]?.outcome).toBe("recorded");
  });

  it("many at once, each sent twice by two senders, are each recorded once", async () => {
    const reports = Array.from({ length: 120 }, () => reported());
    // One role around all of them: the role of a process is that of the whole process.
    const answers = await world.as("gateway", async () =>
      (
        await Promise.all([
          acceptNow(reports),
          acceptNow([...reports].reverse()),
          acceptNow(reports.slice(40)),
        ])
      ).flat(),
    );
    expect(answers.filter(({ outcome }) => outcome === "recorded")).toHaveLength(120);
    const ids = new Set(answers.map(({ callId }) => callId));
    expect(ids.size).toBe(120);
    expect(
      await stored("SELECT count(*)::int AS n FROM call WHERE id = ANY($1::uuid[])", [[...ids]]),
    ).toEqual([{ n: 120 }]);
  });
});

describe("the time of a call", () => {
  it("is taken within a window, and nothing outside it", async () => {
    const at = (ms: number) => ({ startedAt: new Date(now.getTime() + ms).toISOString(), endedAt: null });
    const day = 86_400_000;
    const results = await accept([
      reported(at(-399 * day)),
      reported(at(-401 * day)),
      reported(at(12 * 60_000)),
      reported({ ...at(0), endedAt: new Date(now.getTime() - 1).toISOString() }),
      reported({ ...at(0), startedAt: "yesterday" }),
      reported({ ...at(0), endedAt: "9999-12-31T23:59:59.000Z", cachedAnswer: true }),
    ]);
    expect(results.map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      "recorded",
      "started_too_early",
      "started_in_future",
      "record_invalid",
      "record_invalid",
      "record_invalid",
    ]);
  });

  it("before the first policy is held against that, and marked so in answer, row and entry", async () => {
    const [result] = await accept([
      reported({
        startedAt: new Date(now.getTime() - 270 * dayMs).toISOString(),
        endedAt: null,
        host: "api.openai.com",
      }),
    ]);
    expect(result).toMatchObject({ outcome: "recorded", verdict: "violation", retrospective: true });
    expect(
      await stored(
        `SELECT c.policy_version, c.reported, convert_from(b.bytes, 'UTF8')::jsonb -> 'body' -> 'reported' AS entry
           FROM call c JOIN ledger_body b ON b.tenant_id = c.tenant_id AND b.epoch = c.ledger_epoch AND b.index = c.ledger_index
          WHERE c.id = $1`,
        [result?.callId],
      ),
    ).toEqual([
      {
        policy_version: 1,
        reported: { format: "json", hostSource: "log", retrospective: true, clockAheadMs: 0 },
        entry: { format: "json", host_source: "log", retrospective: true, clock_ahead_ms: 0 },
      },
    ]);
  });

  it("ahead of ours is noted", async () => {
    const ahead = new Date(now.getTime() + 3 * 60_000).toISOString();
    const [result] = await accept([reported({ startedAt: ahead, endedAt: null })]);
    expect(result).toMatchObject({ outcome: "recorded", clockAheadMs: 120_000 });
  });
});

describe("a report that speaks of our own gateway", () => {
  it("is joined to the gateway's call by each of its marks, and counted nowhere", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const call = callAt(tenant, new Date(now.getTime() - 5_000).toISOString(), {
      providerObjectId: "chatcmpl-own",
      traceId,
    });
    await world.as("gateway", () => recordCalls(tenant.id, [call]));
    const before = await stored<{ n: number }>("SELECT sum(calls)::int AS n FROM rollup_day");
    const results = await accept([
      reported({ host: "localhost:8787", providerObjectId: "chatcmpl-own" }),
      reported({ host: "gateway.example.com", traceId }),
      reported({ host: null, gatewayCallId: call.id }),
    ]);
    expect(results.map(({ outcome, callId }) => [outcome, callId])).toEqual([
      ["joined", call.id],
      ["joined", call.id],
      ["joined", call.id],
    ]);
    expect(await stored("SELECT sum(calls)::int AS n FROM rollup_day")).toEqual(before);
    const again = await accept([reported({ clientId: results[0]?.clientId ?? "", host: "localhost:8787" })]);
    expect(again[0]?.outcome).toBe("conflict");
  });

  it("is one only where no other host is named: whoever answers may claim an id of ours", async () => {
    const traceId = "2af7651916cd43dd8448eb211c80319e";
    const call = callAt(tenant, now.toISOString(), { traceId });
    await world.as("gateway", () => recordCalls(tenant.id, [call]));
    const [hostile] = await accept([reported({ host: "api.openai.eu", gatewayCallId: call.id, traceId })]);
    expect(hostile).toMatchObject({ outcome: "recorded", verdict: "violation" });
    expect(hostile?.callId).not.toBe(call.id);
  });

  it("waits for a call that is not recorded yet", async () => {
    const [result] = await accept([reported({ host: "127.0.0.1:8787", providerObjectId: "chatcmpl-later" })]);
    expect(result).toMatchObject({ outcome: "joined", callId: null });
    const join = () => world.as("worker", () => joinReports(new Date()));
    expect(await join()).toEqual({ joined: 0, missed: 0 });
    const call = callAt(tenant, now.toISOString(), { providerObjectId: "chatcmpl-later" });
    await world.as("gateway", () => recordCalls(tenant.id, [call]));
    expect(await join()).toEqual({ joined: 1, missed: 0 });
    expect(await join()).toEqual({ joined: 0, missed: 0 });
    expect(
      await stored("SELECT call_id FROM corroboration WHERE client_id = $1", [result?.clientId]),
    ).toEqual([{ call_id: call.id }]);
  });
});

describe("a report of a call of our own gateway that the record does not hold", () => {
  const own = { host: "localhost:8787" };
  const joinAt = (hours: number) =>
    world.as("worker", () => joinReports(new Date(Date.now() + hours * 3_600_000)));
  const gaps = () =>
    stored<{ id: string; state: string; basis: string; application: string }>(
      "SELECT id, state, basis, application FROM finding WHERE cause = 'evidence_gap'",
    );

  it("is a gap in the evidence after a day, once, and names the report in its history", async () => {
    const [lost] = await accept([
      reported({ ...own, providerObjectId: "chatcmpl-never" }),
      // It names nothing by which a call could be missed.
      reported(own),
    ]);
    expect(await joinAt(23)).toMatchObject({ missed: 0 });
    expect(await gaps()).toEqual([]);
    expect(await joinAt(25)).toMatchObject({ missed: 1 });
    expect(await joinAt(26)).toMatchObject({ missed: 0 });
    const [gap] = await gaps();
    expect(gap).toMatchObject({ state: "open", basis: "reported", application: "loan-desk" });
    const [opened] = await stored<{ note: string }>("SELECT note FROM finding_event WHERE finding_id = $1", [
      gap?.id,
    ]);
    expect(opened?.note).toContain(lost?.clientId);
    // In the log as well, with how many and not with the ids that others chose.
    const [entry] = await stored<{ detail: Record<string, unknown>; placed: boolean }>(
      "SELECT detail, ledger_index IS NOT NULL AS placed FROM audit_event WHERE kind = 'finding.opened' AND subject = $1",
      [gap?.id],
    );
    expect(entry).toMatchObject({
      placed: true,
      detail: { cause: "evidence_gap", reports: 1, application: tenant.applicationId },
    });
    expect(JSON.stringify(entry)).not.toContain(lost?.clientId);
    await accept([reported({ ...own, providerObjectId: "chatcmpl-nor-this" })]);
    expect(await joinAt(25)).toMatchObject({ missed: 1 });
    expect(await gaps()).toHaveLength(1);
  });

  it("is one although its trace holds a call of another answer, and none where that call told no answer", async () => {
    const traceId = "4af7651916cd43dd8448eb211c80319a";
    const untold = "5af7651916cd43dd8448eb211c80319b";
    await world.as("gateway", () =>
      recordCalls(tenant.id, [
        callAt(tenant, now.toISOString(), { providerObjectId: "chatcmpl-its-own", traceId }),
        callAt(tenant, now.toISOString(), { providerObjectId: null, traceId: untold }),
      ]),
    );
    await accept([
      reported({ ...own, providerObjectId: "chatcmpl-hidden", traceId }),
      reported({ ...own, providerObjectId: "chatcmpl-perhaps", traceId: untold }),
    ]);
    expect(await joinAt(25)).toEqual({ joined: 0, missed: 1 });
  });

  it("is none where a trace holds several calls: which of them is meant is not known", async () => {
    const traceId = "1af7651916cd43dd8448eb211c80319d";
    const calls = [1, 2].map(() => callAt(tenant, now.toISOString(), { traceId }));
    await world.as("gateway", () => recordCalls(tenant.id, calls));
    await accept([reported({ ...own, traceId })]);
    expect(await joinAt(25)).toEqual({ joined: 0, missed: 0 });
  });

  it("is none where retention has deleted the calls of its time", async () => {
    // Retention alone may write it, and would have to delete a month for it.
    const owner = (text: string, values: unknown[] = []) => world.sql("owner", {}, text, values);
    await owner("ALTER TABLE retention_mark NO FORCE ROW LEVEL SECURITY");
    await owner("INSERT INTO retention_mark (tenant_id, kind, deleted_before) VALUES ($1, 'call', $2)", [
      tenant.id,
      new Date(now.getTime() + 60_000),
    ]);
    await owner("ALTER TABLE retention_mark FORCE ROW LEVEL SECURITY");
    await accept([reported({ ...own, providerObjectId: "chatcmpl-expired" })]);
    expect(await joinAt(25)).toEqual({ joined: 0, missed: 0 });
  });
});

describe("a report that is joined to no other call than its own", () => {
  let other: StoreTenant;
  beforeAll(async () => {
    other = await world.addTenant("unjoined");
  });

  it("names another answer than the trace's one call, and is not joined to that", async () => {
    const traceId = "3af7651916cd43dd8448eb211c80319f";
    const one = callAt(other, now.toISOString(), { providerObjectId: "chatcmpl-one", traceId });
    await world.as("gateway", () => recordCalls(other.id, [one]));
    const [two, third] = await accept(
      [
        reported({ host: "localhost:8787", providerObjectId: "chatcmpl-two", traceId }),
        reported({ host: "localhost:8787", gatewayCallId: uuidOf(now.getTime()), traceId }),
      ],
      other,
    );
    expect([two, third]).toMatchObject([
      { outcome: "joined", callId: null },
      { outcome: "joined", callId: null },
    ]);
    const late = callAt(other, now.toISOString(), { providerObjectId: "chatcmpl-two", traceId });
    await world.as("gateway", () => recordCalls(other.id, [late]));
    await world.as("worker", () => joinReports(new Date()));
    expect(
      await world.sql(
        "owner",
        { read: [other.id] },
        "SELECT call_id FROM corroboration WHERE client_id = $1",
        [two?.clientId],
      ),
    ).toEqual([{ call_id: late.id }]);
  });

  it("is found behind any number of reports that never find theirs", async () => {
    const lost = Array.from({ length: 501 }, (_, i) =>
      reported({ host: "localhost:8787", providerObjectId: `chatcmpl-lost-${i}` }),
    );
    await accept(lost, other);
    const last = reported({
      host: "localhost:8787",
      providerObjectId: "chatcmpl-behind",
      clientId: "zz-last",
    });
    await accept([last], other);
    const call = callAt(other, now.toISOString(), { providerObjectId: "chatcmpl-behind" });
    await world.as("gateway", () => recordCalls(other.id, [call]));
    expect(await world.as("worker", () => joinReports(new Date()))).toMatchObject({ joined: 1 });
  });
});

describe("what no store keeps", () => {
  it("an id of a call that is no UUID is refused before it meets the database", async () => {
    const results = await accept([
      reported({ host: "localhost:8787", gatewayCallId: "n/a" }),
      reported({ host: "localhost:8787", providerObjectId: "chatcmpl-beside" }),
      reported(),
    ]);
    expect(results.map(({ outcome, error }) => error?.field ?? outcome)).toEqual([
      "gatewayCallId",
      "joined",
      "recorded",
    ]);
  });

  it("a joined report that cannot be kept stands alone in it", async () => {
    // No sender can say this: only a mapper of ours with a fault could, and even then it harms nobody else.
    const bad = reported({ host: "localhost:8787", format: "odd" as never });
    const results = await accept([bad, reported({ host: "localhost:8787" }), reported()]);
    expect(results.map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      "record_not_stored",
      "joined",
      "recorded",
    ]);
  });

  it("is refused by itself, and takes nothing else with it", async () => {
    const results = await accept([
      reported({ modelRequested: "a\u0000b" }),
      reported({ statedApp: "\ud800" }),
      reported({ clientId: "two words" }),
      reported({ usage: { ...nothingReported.usage, inputTokens: 1.5 } }),
      reported(),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      "rejected",
      "rejected",
      "rejected",
      "rejected",
      "recorded",
    ]);
  });
});

describe("digests from before they were keyed", () => {
  it("tell repeats, are keyed by the worker once, and tell them then, too; nothing else of their rows can change", async () => {
    const bank = await world.addTenant("plain-digests");
    const scope = { read: [bank.id], write: bank.id };
    const old = [1, 2, 3].map(() => reported({ endUser: "anna.svensson@customer.example" }));
    const callId = uuidOf(now.getTime());
    for (const report of old)
      await world.sql(
        "gateway",
        scope,
        "INSERT INTO intake_key (tenant_id, client_id, digest, call_id) VALUES ($1, $2, $3, $4)",
        [bank.id, report.clientId, plainReportDigest(report).sha256, callId],
      );
    const fresh = reported();
    const again = async () => {
      const other = { ...(old[0] as ReportedCall), endUser: "another.person@customer.example" };
      return (await accept([...old, fresh, other], bank)).map(({ outcome }) => outcome);
    };
    const lengths = async () =>
      (
        await world.sql<{ bytes: number }>(
          "owner",
          scope,
          "SELECT octet_length(digest) AS bytes FROM intake_key WHERE tenant_id = $1 ORDER BY 1",
          [bank.id],
        )
      ).map(({ bytes }) => bytes);
    expect(await again()).toEqual(["duplicate", "duplicate", "duplicate", "recorded", "conflict"]);
    expect(await lengths()).toEqual([32, 32, 32, 33]);
    expect(await world.as("worker", keyReportDigests)).toBe(3);
    expect(await lengths()).toEqual([33, 33, 33, 33]);
    expect(await again()).toEqual(["duplicate", "duplicate", "duplicate", "duplicate", "conflict"]);
    expect(await world.as("worker", keyReportDigests)).toBe(0);
    const worker = (text: string) => world.sql("worker", scope, text);
    await expect(worker("UPDATE intake_key SET call_id = NULL")).rejects.toThrow(/denied/);
    await expect(worker("DELETE FROM intake_key")).rejects.toThrow(/denied/);
    if (onCluster) return;
    await expect(worker("UPDATE intake_key SET digest = set_byte(digest, 1, 0)")).rejects.toThrow(/refused/);
    await expect(world.sql("owner", scope, "UPDATE intake_key SET call_id = NULL")).rejects.toThrow(
      /refused/,
    );
  });
});

describe("a store that is read only for a while", () => {
  it("rejects no report: the same may be sent again, of calls and of what our own gateway saw", async () => {
    const reports = [reported(), reported()];
    const seen = [reported({ host: "gateway.example.com" }), reported({ host: "gateway.example.com" })];
    await whileReadOnly(world.database.ownerUrl, async () => {
      await expect(accept(reports)).rejects.toThrow(StoreAway);
      await expect(accept(seen)).rejects.toThrow(StoreAway);
    });
    const outcomes = (await accept([...reports, ...seen])).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["recorded", "recorded", "joined", "joined"]);
  });
});
