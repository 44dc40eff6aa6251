import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDestinationInput } from "../../contracts/alerts.ts";
import { findingSearch } from "../../contracts/findings.ts";
import { chosenKinds } from "../../core/alerts/alert-kinds.ts";
import { sampleAnalysis } from "../../testing/sample-analysis.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { approveException, rejectException } from "../exceptions/decide-exception.ts";
import { endException } from "../exceptions/end-exception.ts";
import { requestException } from "../exceptions/request-exception.ts";
import { assignFinding } from "../findings/assign-finding.ts";
import { listFindings } from "../findings/list-findings.ts";
import { resolveFinding } from "../findings/resolve-finding.ts";
import { requestRetention } from "../retention/request-retention.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { createDestination } from "./create-destination.ts";
import { watchAlerts } from "./watch-alerts.ts";

let world: StoreWorld;
let tenants = 0;
let bank: StoreTenant;
let ada: PersonActor;
let otto: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
});
afterAll(() => world.drop());

beforeEach(async () => {
  tenants += 1;
  bank = await world.addTenant(`bank-${tenants}`);
  ada = await world.addPerson("ada", { [bank.slug]: "admin" });
  otto = await world.addPerson("otto", { [bank.slug]: "officer" });
  const destination = {
    tenant: bank.slug,
    kind: "webhook",
    name: "All",
    address: "https://r.example/",
    country: "DE",
  };
  const wish = { ...destination, minSeverity: "low", kinds: chosenKinds };
  await web(() => createDestination(ada, createDestinationInput.parse(wish)));
});

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const owner = <Row>(text: string, values: readonly unknown[] = []) =>
  world.sql<Row>("owner", { read: [bank.id], write: bank.id }, text, values);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

type Told = { readonly kind: string; readonly severity: string; readonly facts: Record<string, unknown> };

/** What a look notices of these kinds, and that the next look, minutes later, notices nothing of it again. */
async function noticed(...kinds: string[]): Promise<Told[]> {
  const seen = (await owner<{ id: string }>("SELECT id FROM alert_event")).map(({ id }) => id);
  await world.as("worker", () => watchAlerts(new Date()));
  const found = await owner<Told>(
    "SELECT kind, severity, facts FROM alert_event WHERE kind = ANY($1::text[]) AND id <> ALL($2::uuid[]) ORDER BY key",
    [kinds, seen],
  );
  const again = await world.as("worker", () => watchAlerts(new Date(Date.now() + 120_000)));
  expect(again.noticed).toBe(0);
  return found;
}

async function openCase(host: string): Promise<string> {
  await world.as("gateway", () => recordCalls(bank.id, [callAt(bank, new Date().toISOString(), { host })]));
  const search = findingSearch.parse({ tenant: bank.slug, limit: 200 });
  const { items } = await web(() => listFindings(otto, search));
  const found = items.find((item) => item.host === host);
  if (!found) throw new Error("The finding is not there.");
  return found.id;
}

async function askException(findingId: string, days: number) {
  const wish = {
    ...{ kind: "mitigated" as const, reason: "The outage plan allows it until the host is back." },
    ...{ expiresAt: inDays(days).toISOString(), transferMechanism: null, ticket: null },
  };
  return web(() => requestException(otto, { findingId, ...wish }));
}

const fixed = {
  resolution: "config_fix",
  note: "The base URL was changed.",
  analysis: sampleAnalysis(),
} as const;

describe("a look notices, once each,", () => {
  it("that a finding was opened, and opened again behind its resolution", async () => {
    const id = await openCase("api1.example.com");
    expect(await noticed("finding_opened")).toContainEqual(
      expect.objectContaining({ facts: expect.objectContaining({ finding: id, host: "api1.example.com" }) }),
    );
    await web(() => resolveFinding(otto, { id, ...fixed }));
    await openCase("api1.example.com");
    expect((await noticed("finding_reopened")).map(({ facts }) => facts.finding)).toEqual([id]);
  });

  it("that the due day of a finding passed, and not of one that was resolved", async () => {
    const [late, done] = [await openCase("api1.example.com"), await openCase("api2.example.com")];
    for (const id of [late, done])
      await web(() => assignFinding(ada, { id, assigneeId: otto.personId, dueAt: inDays(1).toISOString() }));
    await noticed();
    await web(() => resolveFinding(otto, { id: done, ...fixed }));
    await owner("UPDATE finding SET due_at = now()");
    expect(await noticed("finding_overdue")).toMatchObject([
      { facts: { finding: late, due: expect.any(String) } },
    ]);
  });

  it("that an exception waits, is about to end, is stale and has ended", async () => {
    const findingId = await openCase("api1.example.com");
    const { id: exceptionId, name } = await askException(findingId, 10);
    expect(await noticed("decision_waiting")).toMatchObject([
      { facts: { request: "exception", finding: findingId, until: expect.any(String) } },
    ]);
    await web(() => approveException(ada, { findingId, exceptionId, note: "Agreed." }));
    expect(await noticed("exception_ending")).toMatchObject([
      { facts: { exception: name, finding: findingId } },
    ]);
    await owner(
      `INSERT INTO policy_version (tenant_id, version, preset, body, sha256, effective_at, created_by)
       SELECT tenant_id, 2, preset, body, sha256, now(), created_by FROM policy_version WHERE tenant_id = $1 AND version = 1`,
      [bank.id],
    );
    expect(await noticed("exception_stale")).toMatchObject([{ facts: { exception: name, policy: 2 } }]);
    await web(() => endException(ada, { findingId, exceptionId, note: "No longer needed." }));
    expect(await noticed("exception_ended")).toMatchObject([{ facts: { exception: name, why: "ended" } }]);
  });

  it("no exception that ends in a month, and no decision that was made before anybody looked", async () => {
    const findingId = await openCase("api1.example.com");
    const { id: exceptionId } = await askException(findingId, 30);
    await web(() => rejectException(ada, { findingId, exceptionId, note: "Not agreed." }));
    const other = await openCase("api2.example.com");
    const { id } = await askException(other, 30);
    await web(() => approveException(ada, { findingId: other, exceptionId: id, note: "Agreed." }));
    expect(await noticed("decision_waiting", "exception_ending")).toEqual([]);
  });

  it("what waits for a second person: a policy, a period of retention, a restatement", async () => {
    const reason = "Two people have to agree on this.";
    await web(() => requestRetention(otto, { tenant: bank.slug, preset: "one_year", reason }));
    await owner(
      `INSERT INTO policy_proposal (tenant_id, id, base_version, preset, body, sha256, reason, widening, requested_by,
         requested_by_id, requested_at, expires_at)
       SELECT tenant_id, $2, 1, preset, body, sha256, 'why', '{}', 'otto', $3, now(), now() + interval '30 d'
         FROM policy_version WHERE tenant_id = $1 AND version = 1`,
      [bank.id, v7(), otto.personId],
    );
    await owner(
      `INSERT INTO restatement (tenant_id, id, cause, statement, evidence, from_at, to_at, filter, method, judge_version, simulated,
         author, author_id, created_at, expires_at)
       VALUES ($1, $2, 'pin_learned', 's', 'e', now() - interval '1 d', now(), '{}', '{}', 3, true, 'otto', $3, now(),
         now() + interval '30 d')`,
      [bank.id, v7(), otto.personId],
    );
    const asked = (await noticed("decision_waiting")).map(({ facts }) => String(facts.request));
    expect(asked.toSorted()).toEqual(["policy", "restatement", "retention"]);
  });

  it("that a report is ready or failed, by its period and code", async () => {
    const common =
      "tenant_id, id, state, period_from, period_to, epoch, filter, filter_words, counted, requested_at, requested_name, finished_at";
    const values = "'2026-10-01', '2026-11-01', 1, '{}', '', 0, now(), 'otto', now()";
    await owner(
      `INSERT INTO report (${common}, problem) VALUES ($1, $2, 'failed', ${values}, 'log_damaged')`,
      [bank.id, v7()],
    );
    await owner(
      `INSERT INTO report (${common}, origin, range_from, range_to, signed_at, final, calls, name, bytes, sha256, files, expires_at)
       VALUES ($1, $2, 'ready', ${values}, 'o', 0, 1, now(), true, 1, 'pack.zip', 1, '\\x00', '[]', now() + interval '1 d')`,
      [bank.id, v7()],
    );
    const period = { from: "2026-10-01T00:00:00.000Z", to: "2026-11-01T00:00:00.000Z" };
    const found = await noticed("report_ready", "report_failed");
    expect(found.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
      { kind: "report_failed", severity: "medium", facts: { period, problem: "log_damaged" } },
      { kind: "report_ready", severity: "low", facts: { period } },
    ]);
  });

  it("that records of a file were refused, and nothing of a file that was only tried or is whole", async () => {
    for (const [dry, rejected, conflict] of [
      [false, 2, 1],
      [true, 2, 0],
      [false, 0, 0],
    ] as const)
      await owner(
        `INSERT INTO import_job (tenant_id, id, application_id, state, format, file_name, file_bytes, dry_run, started_by, created_at,
           touched_at, ended_at, records, rejected, conflict)
         VALUES ($1, $2, $3, 'done', 'csv', 'secret name.csv', 1, $4, 'otto', now(), now(), now(), 10, $5, $6)`,
        [bank.id, v7(), bank.applicationId, dry, rejected, conflict],
      );
    expect(await noticed("import_incomplete")).toEqual([
      { kind: "import_incomplete", severity: "medium", facts: { records: { all: 10, refused: 3 } } },
    ]);
  });

  it("that a full check failed which had not failed before, also where its word comes a week late", async () => {
    const said = (part: string, ok: boolean, at: Date) =>
      owner(
        `INSERT INTO signer_statement (tenant_id, at, id, epoch, kind, at_index, sentence, detail)
         VALUES ($1, $2, $3, 1, 'fsck_finished', 7, 's', $4)`,
        [bank.id, at, v7(), JSON.stringify({ part, ok })],
      );
    await said("rows", true, new Date());
    expect(await noticed("check_failed")).toEqual([]);
    await said("rows", false, new Date(Date.now() + 10));
    expect(await noticed("check_failed")).toEqual([
      { kind: "check_failed", severity: "critical", facts: { log: { part: "rows", epoch: 1, atIndex: 7 } } },
    ]);
    await said("rows", false, new Date(Date.now() + 20));
    expect(await noticed("check_failed")).toEqual([]);
    // Said when alerts had begun, written a week after.
    await said("log", false, new Date(Date.now() + 30));
    await owner("UPDATE alert_watch SET seen_to = now() + interval '7 d'");
    await world.as("worker", () => watchAlerts(inDays(7)));
    expect(await owner("SELECT 1 FROM alert_event WHERE kind = 'check_failed'")).toHaveLength(2);
  });
});
