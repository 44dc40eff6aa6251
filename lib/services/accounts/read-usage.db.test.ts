import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccountOutcome } from "../../core/accounts/account-outcome.ts";
import type { UsageQuestion, UsageRow } from "../../core/accounts/account-question.ts";
import type { AttemptFacts } from "../../core/calls/attempt-facts.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { chat, dialled } from "../../core/testing/case.ts";
import { sampleAnalysis } from "../../testing/sample-analysis.ts";
import {
  callAt,
  createStoreWorld,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { createCredential } from "../credentials/create-credential.ts";
import { replaceCredential } from "../credentials/replace-credential.ts";
import { revokeCredential } from "../credentials/revoke-credential.ts";
import { resolveFinding } from "../findings/resolve-finding.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { deletePassed } from "../upkeep/delete-passed.ts";
import type { AskProvider } from "./ask-provider.ts";
import { readUsage } from "./read-usage.ts";

const project = "proj_retail";
const other = "proj_other";
const day = "2026-11-20";
/** A day after that, two days and an hour after its end. */
const settledAt = new Date("2026-11-23T01:00:00.000Z");
const nextDay = new Date("2026-11-21T01:00:00.000Z");

let world: StoreWorld;
let bank: StoreTenant;
let officer: PersonActor;
let accountId: string;
let keys: Record<"retail" | "unstated", string>;

beforeAll(async () => {
  world = await createStoreWorld();
  const begun = new Date("2026-11-01T00:00:00.000Z");
  bank = await world.addTenant("bank", {}, begun);
  officer = await world.addPerson("otto", { bank: "officer" });
  accountId = await addAccount(bank);
  keys = {
    retail: await addKey(bank, "retail", project, begun),
    unstated: await addKey(bank, "unstated", null, begun),
  };
});
afterAll(() => world.drop());

async function addKey(
  tenant: StoreTenant,
  label: string,
  projectId: string | null,
  at: Date,
): Promise<string> {
  const made = await world.as("web", () =>
    createCredential(
      job,
      { tenant: tenant.slug, label, secret: `sk-sim-eu-${label}`, projectId, hosts: ["eu.api.openai.com"] },
      { at },
    ),
  );
  return made.id;
}

async function addAccount(tenant: StoreTenant): Promise<string> {
  const id = v7();
  await world.sql(
    "owner",
    { read: [tenant.id], write: tenant.id },
    `INSERT INTO provider_account (tenant_id, id, label, sealed, hint, added_by, created_at)
     VALUES ($1, $2, 'main', '\\x00', 'abcd', 'otto', '2026-11-20T00:00:00Z')`,
    [tenant.id, id],
  );
  return id;
}

const row = (hour: string, over: Partial<UsageRow> = {}): UsageRow => ({
  projectId: project,
  hour: `${hour}:00:00.000Z`,
  model: "gpt-4o",
  batch: false,
  requests: 1,
  inputTokens: 10,
  outputTokens: 5,
  ...over,
});

type Told = Partial<Record<UsageQuestion["usage"], readonly UsageRow[]>>;

/** A provider that tells these figures, a page for each two rows. */
function providerOf(told: Told, asked: UsageQuestion[] = [], refuse?: UsageQuestion["usage"]): AskProvider {
  const answer = async ({ question }: { readonly question: UsageQuestion }) => {
    asked.push(question);
    if (question.usage === refuse) return { outcome: "too_many_requests", body: null };
    const rows = told[question.usage] ?? [];
    const from = Number(question.page ?? 0);
    const next = from + 2 < rows.length ? String(from + 2) : null;
    return { outcome: "ok", body: { rows: rows.slice(from, from + 2), next } };
  };
  return answer as unknown as AskProvider;
}

const read = (
  ask: AskProvider,
  now: Date,
  projectIds: readonly string[] = [project],
  isWanted = true,
): Promise<AccountOutcome> =>
  world.as("worker", () => readUsage({ tenantId: bank.id, accountId, projectIds, ask, now, isWanted }));

const stored = <Row>(text: string, values: readonly unknown[] = []) =>
  world.sql<Row>("owner", { read: [bank.id] }, text, values);

const compared = (of = day, projectId = project) =>
  stored<Record<string, unknown>>(
    `SELECT project_id, kind, provider_requests::int AS provider, batch_requests::int AS batch, sent_calls::int AS sent,
            accepted_calls::int AS accepted, reported_calls::int AS reported, edge_calls::int AS edge,
            own_edge_calls::int AS own_edge, unnamed_calls::int AS unnamed, elsewhere_calls::int AS elsewhere, open_calls::int AS open, state, missing::int AS missing,
            settled_at IS NOT NULL AS settled
       FROM usage_comparison WHERE day = $1::date AND project_id = $2 ORDER BY kind`,
    [of, projectId],
  );

/** A chat call sent with the project's key, and what its answer names as the project. */
const named = (
  at: string,
  projectId: string | null,
  over: Partial<CallRecord> = {},
  seen: Partial<AttemptFacts> = {},
) => {
  const attempt = dialled("eu.api.openai.com");
  const echo = { ...attempt.echo, projectId };
  return callAt(bank, at, {
    credentialId: keys.retail,
    attempts: [{ ...attempt, echo, startedAt: at, durationMs: 5, ...seen }],
    ...over,
  });
};
const call = (at: string, over: Partial<CallRecord> = {}, seen: Partial<AttemptFacts> = {}) =>
  named(at, null, over, seen);

describe("what the provider counted", () => {
  it("is read page by page for each kind, three days back, and nothing but what was asked for is kept", async () => {
    const asked: UsageQuestion[] = [];
    const told = {
      completions: [
        row("2026-11-20T08", { requests: 2 }),
        row("2026-11-20T08", { requests: 3, batch: true }),
        row("2026-11-20T09", { model: null, requests: 1 }),
        row("2026-11-20T09", { projectId: "proj_of_nobody", requests: 99 }),
        row("2026-10-01T09", { requests: 99 }),
      ],
    };
    expect(await read(providerOf(told, asked), new Date("2026-11-20T10:30:00.000Z"))).toBe("ok");
    expect(asked.filter(({ usage }) => usage === "completions").map(({ page }) => page)).toEqual([
      null,
      "2",
      "4",
    ]);
    expect(new Set(asked.map(({ usage }) => usage)).size).toBe(6);
    expect(asked[0]).toMatchObject({
      projectIds: [project],
      from: "2026-11-17T00:00:00.000Z",
      to: "2026-11-20T10:00:00.000Z",
    });
    const rows = await stored(
      `SELECT project_id, to_char(hour AT TIME ZONE 'UTC', 'DD HH24') AS hour, model, batch, requests::int AS requests
         FROM provider_usage ORDER BY hour, model, batch`,
    );
    expect(rows).toEqual([
      { project_id: project, hour: "20 08", model: "gpt-4o", batch: false, requests: 2 },
      { project_id: project, hour: "20 08", model: "gpt-4o", batch: true, requests: 3 },
      { project_id: project, hour: "20 09", model: "", batch: false, requests: 1 },
    ]);
  });

  it("takes the place of what was read before, also where an hour is not told any more", async () => {
    await read(
      providerOf({ completions: [row("2026-11-20T08", { requests: 4 })] }),
      new Date("2026-11-20T11:00:00.000Z"),
    );
    expect(await stored("SELECT requests::int AS requests FROM provider_usage")).toEqual([{ requests: 4 }]);
  });

  it("keeps what was read before a question failed, and says the outcome", async () => {
    const told = { completions: [row("2026-11-20T08", { requests: 5 })], images: [row("2026-11-20T08")] };
    expect(await read(providerOf(told, [], "moderations"), new Date("2026-11-20T12:00:00.000Z"))).toBe(
      "too_many_requests",
    );
    expect(await stored("SELECT kind, requests::int AS requests FROM provider_usage")).toEqual([
      { kind: "completions", requests: 5 },
    ]);
  });

  it("is read back to where the last whole reading ended, or the key was given, thirty days at most", async () => {
    const since = async (at: string | null) => {
      await world.sql(
        "owner",
        { read: [bank.id], write: bank.id },
        "UPDATE provider_account SET read_until = $1",
        [at],
      );
      const asked: UsageQuestion[] = [];
      await read(providerOf({}, asked), new Date("2026-11-20T12:00:00.000Z"), [other]);
      return asked[0]?.from;
    };
    expect(await since("2026-11-15T09:00:00Z")).toBe("2026-11-12T00:00:00.000Z");
    expect(await since("2026-07-15T09:00:00Z")).toBe("2026-10-21T00:00:00.000Z");
    expect(await since(null)).toBe("2026-11-17T00:00:00.000Z");
  });

  it("goes after 400 days; how a day was compared stays", async () => {
    await world.as("worker", () => deletePassed(new Date("2027-12-24T00:00:00.000Z")));
    expect(await stored("SELECT hour FROM provider_usage WHERE hour < '2026-11-19'")).toEqual([]);
    expect((await stored("SELECT hour FROM provider_usage")).length).toBe(1);
    const gone = await world.as("worker", () => deletePassed(new Date("2027-12-26T00:00:00.000Z")));
    expect(gone.providerUsage).toBe(1);
  });
});

describe("a day", () => {
  it("that is over is compared with the calls of its projects, each where it may be counted", async () => {
    await world.as("gateway", () =>
      recordCalls(bank.id, [
        // Of the day: by its key, by its answer, refused by the provider, told by another program.
        call(`${day}T08:00:00.000Z`),
        named(`${day}T09:00:00.000Z`, project, { credentialId: null }),
        call(`${day}T10:00:00.000Z`, {}, { status: 429 }),
        named(`${day}T11:00:00.000Z`, project, { source: "intake", credentialId: null }),
        // At its ends, and of the days beside it.
        call(`${day}T23:55:00.000Z`),
        call("2026-11-19T23:58:00.000Z"),
        call("2026-11-21T00:04:00.000Z"),
        call("2026-11-21T00:14:00.000Z"),
        // Of no project that is known, and of another.
        call(`${day}T12:00:00.000Z`, { credentialId: keys.unstated }),
        named(`${day}T13:00:00.000Z`, other),
        // Not sent.
        call(
          `${day}T14:00:00.000Z`,
          { end: "upstream_failed" },
          { progress: "not_sent", status: null, failure: "tcp" },
        ),
      ]),
    );
    const told = {
      completions: [row(`${day}T08`, { requests: 5 }), row(`${day}T09`, { requests: 7, batch: true })],
    };
    expect(await read(providerOf(told), nextDay)).toBe("ok");
    expect(await compared()).toEqual([
      {
        ...{ project_id: project, kind: "completions", provider: 5, batch: 7 },
        ...{ sent: 5, accepted: 4, reported: 1, edge: 2, own_edge: 1, unnamed: 1, elsewhere: 0, open: 0 },
        ...{ state: "agrees", missing: 0, settled: false },
      },
    ]);
    expect(await stored("SELECT 1 FROM audit_event WHERE kind = 'usage.compared'")).toEqual([]);
  });

  it("is not compared before it is over, nor before a key of the project was here", async () => {
    expect(await compared("2026-11-21")).toEqual([]);
    await addKey(bank, "late", "proj_late", new Date("2026-11-20T06:00:00.000Z"));
    const told = {
      embeddings: [
        row("2026-11-20T08", { projectId: "proj_late", batch: null, requests: 9 }),
        row("2026-11-21T08", { projectId: "proj_late", batch: null, requests: 9 }),
      ],
    };
    await read(providerOf(told), new Date("2026-11-22T01:00:00.000Z"), ["proj_late"]);
    expect(await compared(day, "proj_late")).toEqual([]);
    expect(await compared("2026-11-21", "proj_late")).toMatchObject([
      { project_id: "proj_late", kind: "embeddings", provider: 9 },
    ]);
  });

  it("is not compared where for a part of it the tenant had no key of the project; a key in the place of another leaves no gap", async () => {
    const at = (date: string) => new Date(`2026-11-${date}:00:00.000Z`);
    const first = await addKey(bank, "gap", "proj_gap", at("01T00"));
    const where = { tenant: bank.slug, credentialId: first };
    await world.as("web", () => revokeCredential(job, where, { at: at("17T12") }));
    const second = await addKey(bank, "gap-again", "proj_gap", at("18T12"));
    const replaced = {
      tenant: bank.slug,
      credentialId: second,
      secret: "sk-sim-eu-gap-2",
      sameProject: true,
    };
    await world.as("web", () => replaceCredential(job, replaced, { at: at("19T12") }));
    const told = ["16", "17", "18", "19", "20"].map((date) =>
      row(`2026-11-${date}T08`, { projectId: "proj_gap", batch: null }),
    );
    await read(providerOf({ embeddings: told }), at("19T13"), ["proj_gap"]);
    await read(providerOf({ embeddings: told }), at("21T13"), ["proj_gap"]);
    const days = await stored<{ day: string }>(
      "SELECT to_char(day, 'DD') AS day FROM usage_comparison WHERE project_id = 'proj_gap' ORDER BY day",
    );
    expect(days.map((each) => each.day)).toEqual(["16", "19", "20"]);
  });

  it("of a project that other tenants have keys of, too, is held against what all of them recorded", async () => {
    const shared = "proj_shared";
    const shop = await world.addTenant("shop", {}, new Date("2026-11-01T00:00:00.000Z"));
    const mine = await addKey(bank, "shared", shared, new Date("2026-11-01T00:00:00.000Z"));
    const theirs = await addKey(shop, "shared", shared, new Date("2026-11-01T00:00:00.000Z"));
    const hour = "2026-11-19T08:00:00.000Z";
    await world.as("gateway", () => recordCalls(bank.id, [call(hour, { credentialId: mine })]));
    const shopCall = (at: string, credentialId: string | null, projectId: string | null) => ({
      ...named(at, projectId, { credentialId }),
      ...callAt(shop, at, {
        credentialId,
        attempts: named(at, projectId).attempts,
      }),
    });
    await world.as("gateway", () =>
      recordCalls(shop.id, [
        shopCall(hour, theirs, null),
        shopCall(hour, null, shared),
        // At the day's end, of no known project, and of another day.
        shopCall("2026-11-20T00:04:00.000Z", theirs, null),
        shopCall(hour, null, null),
        shopCall("2026-11-20T08:00:00.000Z", theirs, null),
      ]),
    );
    const told = (requests: number) =>
      providerOf({ completions: [row("2026-11-19T08", { projectId: shared, requests })] });
    await read(told(5), new Date("2026-11-20T12:00:00.000Z"), [shared]);
    const of = async () => (await compared("2026-11-19", shared))[0];
    expect(await of()).toMatchObject({ sent: 1, elsewhere: 4, state: "agrees", missing: 0 });
    await read(told(6), new Date("2026-11-20T13:00:00.000Z"), [shared]);
    expect(await of()).toMatchObject({ sent: 1, elsewhere: 4, state: "more_at_provider", missing: 1 });
    // Of a project that is no other tenant's, nothing of theirs counts.
    expect(await compared()).toMatchObject([{ elsewhere: 0 }]);
  });

  it("that is provisional is counted again where the provider says something else, somebody asks, or hours went by", async () => {
    const quiet = "proj_quiet";
    const key = await addKey(bank, "quiet", quiet, new Date("2026-11-01T00:00:00.000Z"));
    const late = (minute: string) =>
      world.as("gateway", () =>
        recordCalls(bank.id, [call(`2026-11-19T08:${minute}:00.000Z`, { credentialId: key })]),
      );
    const at = async (hour: string, requests: number, isWanted = false) => {
      const told = requests === 0 ? [] : [row("2026-11-19T08", { projectId: quiet, requests })];
      await read(
        providerOf({ completions: told }),
        new Date(`2026-11-20T${hour}:00.000Z`),
        [quiet],
        isWanted,
      );
      return (await compared("2026-11-19", quiet)).map(({ sent, provider }) => [provider, sent]);
    };
    expect(await at("02:00", 1)).toEqual([[1, 0]]);
    await late("01");
    expect(await at("03:00", 1)).toEqual([[1, 0]]);
    expect(await at("03:10", 1, true)).toEqual([[1, 1]]);
    await late("02");
    expect(await at("09:00", 1)).toEqual([[1, 1]]);
    expect(await at("09:10", 1)).toEqual([[1, 2]]);
    await late("03");
    expect(await at("09:20", 2)).toEqual([[2, 3]]);
    // What the provider takes back is gone from the comparison, too.
    expect(await at("09:30", 0)).toEqual([[0, 3]]);
  });

  it("of which the provider takes everything back does not stand there for ever", async () => {
    const told = (requests: number) =>
      providerOf(requests === 0 ? {} : { moderations: [row("2026-11-19T08", { batch: null, requests })] });
    const of = () => compared("2026-11-19").then((rows) => rows.find(({ kind }) => kind === "moderations"));
    await read(told(4), new Date("2026-11-20T12:00:00.000Z"));
    expect(await of()).toMatchObject({ provider: 4, state: "more_at_provider", settled: false });
    await read(told(0), new Date("2026-11-20T13:00:00.000Z"));
    expect(await of()).toMatchObject({ provider: 0, state: "agrees", settled: false });
    await read(told(0), new Date("2026-11-22T01:00:00.000Z"));
    expect(await of()).toMatchObject({ provider: 0, state: "agrees", settled: true });
  });

  it("with more than the record can account for is not comparable where a call may be any number", async () => {
    const tool = chat({ simulated: true, featuresUsed: ["web_search"], operation: "responses.create" });
    const odd = "2026-11-18";
    await world.as("gateway", () =>
      recordCalls(bank.id, [
        call(`${odd}T08:00:00.000Z`, { facts: tool }),
        call("2026-11-16T20:00:00.000Z", {
          facts: chat({ simulated: true, operation: "threads.runs.create" }),
        }),
      ]),
    );
    const told = { completions: [row(`${odd}T08`, { requests: 9 }), row("2026-11-17T08", { requests: 9 })] };
    await read(providerOf(told), new Date("2026-11-20T12:00:00.000Z"));
    expect(await compared(odd)).toMatchObject([{ state: "not_comparable", sent: 1, open: 1, missing: 0 }]);
    // A run of the evening before may still go on.
    expect(await compared("2026-11-17")).toMatchObject([
      { state: "not_comparable", sent: 0, open: 1, missing: 0 },
    ]);
  });

  it("is settled 48 hours after its end: an entry in the log, a case where requests are missing, and never changed", async () => {
    const told = { completions: [row(`${day}T08`, { requests: 11 })] };
    await read(providerOf(told), new Date("2026-11-22T23:00:00.000Z"));
    expect(await compared()).toMatchObject([{ state: "more_at_provider", missing: 3, settled: false }]);
    const cases = () =>
      stored("SELECT cause, project_id, severity, state, simulated FROM finding WHERE project_id = $1", [
        project,
      ]);
    expect(await cases()).toEqual([]);

    await read(providerOf(told), settledAt);
    expect(await compared()).toMatchObject([{ state: "more_at_provider", missing: 3, settled: true }]);
    const events = await stored<{ subject: string; detail: object }>(
      "SELECT subject, detail FROM audit_event WHERE kind = 'usage.compared' AND detail ->> 'day' = $1 AND subject = $2",
      [day, project],
    );
    expect(events).toEqual([
      {
        subject: project,
        detail: {
          ...{
            rule: 1,
            projectId: project,
            day,
            kind: "completions",
            providerRequests: 11,
            batchRequests: 0,
          },
          ...{ sent: 5, accepted: 4, reported: 1, edge: 2, ownEdge: 1, unnamed: 1, elsewhere: 0, open: 0 },
          ...{ state: "more_at_provider", missing: 3 },
        },
      },
    ]);
    const entries = await stored<{ same: boolean }>(
      `SELECT (u.ledger_epoch, u.ledger_index) = (e.ledger_epoch, e.ledger_index) AS same
         FROM usage_comparison u JOIN audit_event e ON e.tenant_id = u.tenant_id AND e.detail ->> 'day' = to_char(u.day, 'YYYY-MM-DD')
        WHERE e.kind = 'usage.compared' AND u.day = $1::date AND u.project_id = $2 AND e.subject = $2`,
      [day, project],
    );
    expect(entries).toEqual([{ same: true }]);
    expect(await cases()).toEqual([
      { cause: "usage_not_recorded", project_id: project, severity: "high", state: "open", simulated: true },
    ]);

    // Whatever comes later.
    await read(
      providerOf({ completions: [row(`${day}T08`, { requests: 99 })] }),
      new Date("2026-11-23T02:00:00.000Z"),
    );
    expect(await compared()).toMatchObject([{ provider: 11, missing: 3 }]);
    await expect(
      world.sql(
        "worker",
        { read: [bank.id], write: bank.id },
        "UPDATE usage_comparison SET missing = 0, state = 'agrees'",
      ),
    ).rejects.toThrow(/settled comparison never changes/);
  });

  it("with missing requests is added to the project's case, which a day after the resolution alone opens again", async () => {
    const history = () =>
      stored<{ kind: string; note: string }>(
        `SELECT v.kind, v.note FROM finding_event v JOIN finding f ON f.tenant_id = v.tenant_id AND f.id = v.finding_id
          WHERE f.project_id = $1 ORDER BY v.at, v.id`,
        [project],
      );
    const [first] = await history();
    expect(first).toEqual({
      kind: "opened",
      note: `Requests that OpenAI counted and the record does not hold: ${day}, chat, responses and completions: 3 of 11.`,
    });
    const missing = async (on: string, hour: string) =>
      read(providerOf({ images: [row(`${on}T08`, { requests: 2, batch: null })] }), new Date(hour));
    await missing("2026-11-21", "2026-11-24T01:00:00.000Z");
    const [found] = await stored<{ id: string }>("SELECT id FROM finding WHERE project_id = $1", [project]);
    await world.as("web", () =>
      resolveFinding(
        officer,
        {
          id: found?.id ?? "",
          resolution: "traffic_fix",
          note: "The key was revoked.",
          analysis: sampleAnalysis(),
        },
        { at: new Date("2026-11-24T12:00:00.000Z") },
      ),
    );
    await missing("2026-11-22", "2026-11-25T01:00:00.000Z");
    expect((await history()).map(({ kind }) => kind)).toEqual([
      "opened",
      "commented",
      "analysed",
      "resolved",
      "commented",
    ]);
    await missing("2026-11-24", "2026-11-27T01:00:00.000Z");
    expect((await history()).map(({ kind }) => kind).at(-1)).toBe("reopened");
    const counters = await stored<{ calls: number; from: string; to: string }>(
      `SELECT n.calls::int AS calls, to_char(n.first_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS from,
              to_char(n.last_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS to
         FROM finding_counter n JOIN finding f ON f.tenant_id = n.tenant_id AND f.id = n.finding_id WHERE f.project_id = $1`,
      [project],
    );
    expect(counters).toEqual([{ calls: 0, from: day, to: "2026-11-25" }]);
    const events = await stored<{ kind: string }>(
      "SELECT kind FROM audit_event WHERE actor = 'system' AND detail ->> 'cause' = 'usage_not_recorded' AND detail ->> 'projectId' = $1 ORDER BY at, id",
      [project],
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      "finding.opened",
      "finding.commented",
      "finding.commented",
      "finding.reopened",
    ]);
  });

  it("of which retention deleted the calls is not compared: what is gone is not missing", async () => {
    const owner = (text: string, values: readonly unknown[] = []) =>
      world.sql("owner", { read: [bank.id], write: bank.id }, text, values);
    await owner("ALTER TABLE retention_mark NO FORCE ROW LEVEL SECURITY");
    await owner("INSERT INTO retention_mark (tenant_id, kind, deleted_before) VALUES ($1, 'call', $2)", [
      bank.id,
      "2026-11-28T00:00:00.000Z",
    ]);
    await owner("ALTER TABLE retention_mark FORCE ROW LEVEL SECURITY");
    const told = ["27", "28"].map((date) => row(`2026-11-${date}T08`, { batch: null }));
    await read(providerOf({ moderations: told }), new Date("2026-11-29T01:00:00.000Z"));
    expect(await compared("2026-11-27")).toEqual([]);
    expect(await compared("2026-11-28")).toMatchObject([{ kind: "moderations", provider: 1 }]);
  });
});
