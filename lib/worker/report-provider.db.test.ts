import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { UsageQuestion } from "../core/accounts/account-question.ts";
import { dayMs } from "../core/calendar.ts";
import { heartbeatDraft } from "../core/ledger/entries/boot-body.ts";
import { isCovered } from "../core/reports/computed-report.ts";
import { type Report, readReport } from "../core/reports/report.ts";
import { tenantScope, withTenantSql } from "../db/with-tenant.ts";
import { addAccount } from "../services/accounts/add-account.ts";
import type { AskProvider } from "../services/accounts/ask-provider.ts";
import { pinFromResidency } from "../services/accounts/pin-from-residency.ts";
import { readUsage } from "../services/accounts/read-usage.ts";
import { stateProject } from "../services/accounts/state-project.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { createCredential } from "../services/credentials/create-credential.ts";
import { nameProject } from "../services/credentials/name-project.ts";
import { appendEntries } from "../services/ledger/append-entries.ts";
import { attestPin } from "../services/pins/attest-pin.ts";
import { requestReport } from "../services/reports/request-report.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { createReportWorld, fileIn, type ReportWorld } from "../testing/report-world.ts";
import { callAt, createStoreWorld, job, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";

const now = Date.now();
const day = new Date(now - 5 * dayMs).toISOString().slice(0, 10);
const settledAt = new Date(Date.parse(day) + 3 * dayMs + 3_600_000);
const added = new Date(now - 20 * dayMs);
/** As the answers of recorded calls name it. */
const project = "proj_1";
const boot = v7({ msecs: added.getTime() });

let world: StoreWorld;
let reports: ReportWorld;
let bank: StoreTenant;
let olga: PersonActor;
let credentialId: string;

/** A provider that counted so many requests of that day. */
const counted = (requests: number): AskProvider => {
  const row = { projectId: project, hour: `${day}T09:00:00.000Z`, model: "gpt-4o", batch: false, requests };
  const answer = async ({ question: { usage } }: { readonly question: UsageQuestion }) => ({
    outcome: "ok",
    body: {
      rows: usage === "completions" ? [{ ...row, inputTokens: 1, outputTokens: 1 }] : [],
      next: null,
    },
  });
  return answer as unknown as AskProvider;
};

async function build(): Promise<{ readonly report: Report; readonly bytes: Buffer }> {
  const period = { from: added.toISOString(), to: new Date(now + dayMs).toISOString() };
  const none = { application: [], region: [], verdict: [], model: [], source: [] };
  const { id } = await world.as("web", () => requestReport(olga, { tenant: "bank", ...period, ...none }));
  expect(await reports.buildNow()).toBe("ready");
  const { bytes } = await reports.take(olga, id);
  return { bytes, report: readReport(fileIn(bytes, "report.json")) };
}

beforeAll(async () => {
  world = await createStoreWorld();
  reports = createReportWorld(world);
  reports.signers.clock.wait(now - reports.signers.clock.now().getTime() - 600_000);
  bank = await world.addTenant("bank", {}, added);
  olga = await world.addPerson("olga", { bank: "admin" });
  const key = {
    tenant: "bank",
    label: "Loan desk",
    secret: "sk-sim-eu-loans",
    projectId: project,
    hosts: ["eu.api.openai.com"],
  };
  ({ id: credentialId } = await world.as("web", () => createCredential(olga, key, { at: added })));
  const nameless = { ...key, label: "Nameless", projectId: null, secret: "sk-sim-eu-nameless" };
  await world.as("web", () => createCredential(olga, nameless, { at: added }));
  const at = `${day}T09:30:00.000Z`;
  await world.as("gateway", () =>
    recordCalls(
      bank.id,
      [1, 2, 3].map((n) => callAt(bank, at, { credentialId, intent: { bootId: boot, n } })),
      () => new Date(at),
    ),
  );
  await world.as("worker", () =>
    withTenantSql(tenantScope(bank.id), (sql) => {
      const beat = heartbeatDraft({ boot, issuedTo: 3, open: { ranges: [], count: 0 } });
      return appendEntries(sql, bank.id, [beat], new Date(at));
    }),
  );
});
afterAll(async () => {
  reports.drop();
  await world.drop();
});
beforeEach(() => {
  reports.nextLead();
});

describe("a report beside the provider's own word", () => {
  it("says that nothing was compared, and why, where nobody gave an admin key; and which keys nobody said anything of", async () => {
    await reports.signers.pass(reports.signer);
    const { report, bytes } = await build();
    expect(report.computed.provider_usage).toEqual({
      not_covered: "No day was held against the provider's own count.",
    });
    expect(report.stated.reconciliation).toEqual({
      not_covered: expect.stringMatching(/^No admin key of an organization at OpenAI was given/),
    });
    expect(report.stated.pins).toMatchObject([
      { label: "Loan desk", project, kind: "unknown", source: "none", words: "nobody said", entry: null },
      { label: "Nameless", project: null, kind: "unknown" },
    ]);
    expect((await reports.verify(bytes)).verdict).toBe("PASS");
  });

  it("holds each settled day and the case it made, who gave the admin key, and what each key's pin rests on; all of it as its log held it", async () => {
    const account = { tenant: "bank", label: "Bank", secret: "sk-admin-sim-bank-9f2c" };
    const { id: accountId } = await world.as("web", () => addAccount(olga, account, { at: settledAt }));
    const reading = {
      tenantId: bank.id,
      accountId,
      projectIds: [project],
      ask: counted(5),
      now: settledAt,
      isWanted: true,
    };
    expect(await world.as("worker", () => readUsage(reading))).toBe("ok");
    const before = await build();
    // Not signed yet: the range ends before all of it.
    expect(before.report.stated.reconciliation).toHaveProperty("not_covered");
    expect(before.report.stated.record_findings).toEqual([]);

    await reports.signers.pass(reports.signer);
    const { report, bytes } = await build();
    const { provider_usage: usage, controls } = report.computed;
    if (!isCovered(usage)) throw new Error(usage.not_covered);
    expect(usage.projects).toMatchObject({
      count: 1,
      rows: [{ project, kind: "completions", days: 1, provider_requests: 5, sent: 3, missing: 2 }],
    });
    expect(usage.differing.rows).toMatchObject([
      { day, state: "more_at_provider", missing: 2, of_period: true },
    ]);
    expect(controls.find(({ id }) => id === "provider_count_accounted")).toMatchObject({
      failed: 2,
      conclusion: "not_met",
    });
    expect(report.stated.record_findings).toMatchObject([
      {
        cause: "usage_not_recorded",
        title: `Requests that the record does not hold: project ${project}`,
        severity: "high",
        state: "open",
      },
    ]);
    const said = isCovered(report.stated.reconciliation) ? report.stated.reconciliation : [];
    expect(said[0]).toMatch(/^Admin key “Bank” \(ending in 9f2c\), given by olga on /);
    expect(said.at(-1)).toBe(
      "Of these keys nobody said which project they are of, so that nothing was compared for them: “Nameless”.",
    );
    const verified = await reports.verify(bytes);
    expect(verified.verdict).toBe("PASS");
    expect(verified.checks).toContainEqual(
      expect.objectContaining({
        name: "comparisons",
        result: "PASS",
        words: expect.stringMatching(/^1 entries .* 1 of them claim no more calls than are here/),
      }),
    );
  });

  it("says of a key's project what the log says: one that was named later is not named before", async () => {
    const projects = async () => {
      const { pins } = (await build()).report.stated;
      return isCovered(pins) ? pins.map((pin) => pin.project) : null;
    };
    const [nameless] = await world.sql<{ id: string }>(
      "owner",
      { read: [bank.id] },
      "SELECT id FROM provider_credential WHERE project_id IS NULL",
    );
    const named = { tenant: "bank", credentialId: nameless?.id ?? "", projectId: "proj_named" };
    await world.as("web", () => nameProject(olga, named));
    expect(await projects()).toEqual([project, null]);
    await reports.signers.pass(reports.signer);
    expect(await projects()).toEqual([project, "proj_named"]);
  }, 120_000);

  it("names the newest word on each key's project and its entry, and the one before while that is not signed", async () => {
    const attested = {
      kind: "processing",
      region: "eu",
      attestedBy: "M. Roth",
      statement: "It says so.",
    } as const;
    const pinned = async () => {
      const { pins } = (await build()).report.stated;
      return isCovered(pins) ? pins.find(({ credential }) => credential === credentialId) : null;
    };
    await world.as("web", () => attestPin(olga, { tenant: "bank", credentialId, ...attested }));
    expect(await pinned()).toMatchObject({ source: "none", entry: null });
    await reports.signers.pass(reports.signer);
    expect(await pinned()).toMatchObject({
      source: "attestation",
      kind: "processing",
      region: "eu",
      words: expect.stringMatching(/^attested by M\. Roth on .*: It says so\.$/),
      entry: expect.any(Number),
    });
    const read = { tenant: "bank", credentialId, projectId: project, residency: "GLOBAL" };
    const pin = { kind: "global", region: null } as const;
    await world.as("worker", () => pinFromResidency(job, { ...read, pin }));
    const statement = { projectId: project, name: "Retail", status: "active", residency: "GLOBAL" };
    const unread = { retention: null, organizationRetention: null };
    const [account] = await world.sql<{ id: string }>(
      "owner",
      { read: [bank.id] },
      "SELECT id FROM provider_account WHERE tenant_id = $1",
      [bank.id],
    );
    await world.as("worker", () =>
      stateProject(job, {
        tenant: "bank",
        accountId: account?.id ?? "",
        statement: { ...statement, ...unread },
      }),
    );
    await reports.signers.pass(reports.signer);
    expect(await pinned()).toMatchObject({
      source: "admin_api",
      words: expect.stringMatching(/^read from OpenAI's admin API on .*: Project proj_1 is GLOBAL\.$/),
    });
    const { report, bytes } = await build();
    expect(report.computed.pins).toMatchObject({
      statements: {
        rows: [
          { credential: credentialId, source: "attestation", kind: "processing", region: "eu" },
          { credential: credentialId, source: "admin_api", kind: "global", residency: "GLOBAL", project },
        ],
      },
      projects: { count: 1, rows: [{ project, residency: "GLOBAL", retention: null }] },
    });
    expect((await reports.verify(bytes)).verdict).toBe("PASS");
  });
});
