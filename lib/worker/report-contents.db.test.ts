import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyPackCommand } from "../../scripts/verify/verify-pack.ts";
import { findingSearch } from "../contracts/findings.ts";
import type { ReportFacet, ReportInput } from "../contracts/reports.ts";
import { heartbeatDraft } from "../core/ledger/entries/boot-body.ts";
import { openaiCatalog } from "../core/regions/openai-catalog.ts";
import type { RegisterKind } from "../core/register/register.ts";
import { isCovered, type NotCovered } from "../core/reports/computed-report.ts";
import { type Report, readReport, type StatedReport } from "../core/reports/report.ts";
import { tenantScope, withTenantSql } from "../db/with-tenant.ts";
import { declareApplication } from "../services/applications/declare-application.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { approveException } from "../services/exceptions/decide-exception.ts";
import { requestException } from "../services/exceptions/request-exception.ts";
import { acknowledgeFinding } from "../services/findings/acknowledge-finding.ts";
import { checkFinding } from "../services/findings/check-finding.ts";
import { listFindings } from "../services/findings/list-findings.ts";
import { resolveFinding } from "../services/findings/resolve-finding.ts";
import { appendEntries } from "../services/ledger/append-entries.ts";
import { recordItem } from "../services/register/record-item.ts";
import { listReports } from "../services/reports/list-reports.ts";
import { requestReport } from "../services/reports/request-report.ts";
import { runSchedules } from "../services/reports/run-schedules.ts";
import { approveRequest } from "../services/retention/decide-request.ts";
import { eraseApproved } from "../services/retention/erase-approved.ts";
import { pruneExpired } from "../services/retention/prune-expired.ts";
import { requestErasure } from "../services/retention/request-erasure.ts";
import { requestRetention } from "../services/retention/request-retention.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { publishApproved } from "../testing/publish-approved.ts";
import { createReportWorld, fileIn, type ReportWorld } from "../testing/report-world.ts";
import { sampleAnalysis } from "../testing/sample-analysis.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";

const now = Date.now();
const ago = (months: number) => new Date(now - months * 31 * 86_400_000);
const person = "anna.svensson@customer.example";
const reason = "The reason is long enough to be one.";
const boot = v7({ msecs: ago(10).getTime() });

let world: StoreWorld;
let reports: ReportWorld;
let bank: StoreTenant;
let olga: PersonActor;
let otto: PersonActor;
let numbers = 0;

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const worker = <T>(action: () => Promise<T>) => world.as("worker", action);
const say = (at: Date, over: Parameters<typeof callAt>[2] = {}) =>
  callAt(bank, at.toISOString(), { intent: { bootId: boot, n: ++numbers }, ...over });
const record = (at: Date, calls: ReturnType<typeof say>[]) =>
  world.as("gateway", () => recordCalls(bank.id, calls, () => at));
const sign = () => reports.signers.pass(reports.signer);
const enter = (kind: RegisterKind, fields: Record<string, string>, hasDocument = true) =>
  web(() =>
    recordItem(olga, {
      tenant: "bank",
      kind,
      fields,
      document: hasDocument ? { sha256: "ab".repeat(32), name: "paper.pdf", bytes: 1_000 } : null,
    }),
  );

/** Eleven months, and not yet over. */
const period = { from: ago(11).toISOString(), to: new Date(now + 86_400_000).toISOString() };
const everything: Pick<ReportInput, ReportFacet> = {
  application: [],
  region: [],
  verdict: [],
  model: [],
  source: [],
};

async function build(
  over: Partial<typeof everything> = {},
): Promise<{ readonly bytes: Buffer; readonly report: Report }> {
  const { id } = await web(() => requestReport(olga, { tenant: "bank", ...period, ...everything, ...over }));
  expect(await reports.buildNow()).toBe("ready");
  const { bytes } = await reports.take(olga, id);
  return { bytes, report: readReport(fileIn(bytes, "report.json")) };
}

/** As `npm run verify-pack` runs it, threads and all. */
async function verifyAsCommand(bytes: Buffer): Promise<{ readonly status: number; readonly said: string }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-pack-"));
  try {
    const files = { pack: path.join(folder, "pack.zip"), trust: path.join(folder, "trust-root.json") };
    fs.writeFileSync(files.pack, bytes);
    fs.writeFileSync(files.trust, await reports.trustRootText());
    let said = "";
    const write = (text: string) => {
      said += text;
    };
    const thread = new URL("../../scripts/verify/pack-main.ts", import.meta.url);
    const status = await verifyPackCommand([files.pack, "--trust", files.trust], thread, write, write);
    return { status, said };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function covered<Name extends keyof StatedReport>(report: Report, name: Name) {
  const section: unknown = report.stated[name];
  if (!isCovered(section)) throw new Error(`${name} is not covered.`);
  return section as Exclude<StatedReport[Name], NotCovered>;
}

beforeAll(async () => {
  world = await createStoreWorld();
  reports = createReportWorld(world);
  // Its clock begins on another day than ours.
  reports.signers.clock.wait(now - reports.signers.clock.now().getTime() - 600_000);
  bank = await world.addTenant("bank", {}, ago(12));
  await record(ago(10), [
    say(ago(10), { endUser: person, clientRequestId: "req-anna" }),
    say(ago(10), { endUser: "bjorn.berg@customer.example" }),
    say(ago(10)),
  ]);
  olga = await world.addPerson("olga", { bank: "officer" });
  otto = await world.addPerson("otto", { bank: "officer" });
  await record(new Date(now), [
    say(new Date(now), { endUser: person }),
    say(new Date(now), { host: "api.openai.com" }),
    say(new Date(now), { host: "api.openai.com" }),
  ]);
  await worker(() =>
    withTenantSql(tenantScope(bank.id), (sql) =>
      appendEntries(
        sql,
        bank.id,
        [heartbeatDraft({ boot, issuedTo: numbers, open: { ranges: [], count: 0 } })],
        new Date(now),
      ),
    ),
  );
});
afterAll(async () => {
  reports.drop();
  await world.drop();
});
beforeEach(() => {
  reports.nextLead();
});

describe("what a report states", () => {
  it("is the register's own, field by field, and says what is missing where nothing is", async () => {
    await sign();
    const { report } = await build();
    expect(covered(report, "article_30")).toMatchObject({
      exporter: "not named",
      importers: [],
      missing: [
        "The register names no organisation, so that nobody is named as exporter.",
        expect.stringMatching(/ to eu\.api\.openai\.com: no transfer mechanism for CH\.$/),
        expect.stringMatching(
          / to api\.openai\.com: no country can be ruled out, and no transfer mechanism is in the register\.$/,
        ),
        expect.stringMatching(/^An adequacy decision \(Art\. 45\) is a mechanism, too/),
      ],
    });
    // The policy lets nothing leave; that something may have left asks for a mechanism all the same.
    expect(covered(report, "register").missing).toContain("Transfer mechanism: not in the register.");
    expect(report.stated.dora).toHaveProperty("not_covered");
    expect(covered(report, "register").missing.join(" ")).toContain("Organisation: not in the register.");

    await enter(
      "organisation",
      {
        legalName: "Nordbank AG",
        country: "DE",
        role: "controller",
        financialEntity: "yes",
        privacyContact: "M. Roth",
      },
      false,
    );
    await enter("transfer_mechanism", {
      flow: "Chat of the loan desk",
      exporter: "Nordbank AG",
      exporterCountry: "DE",
      importer: "OpenAI OpCo LLC",
      importerCountry: "US",
      mechanism: "scc",
      sccModule: "2",
      assessmentReference: "TIA-9",
      supplementaryMeasures: "Encryption in transit",
      signedOn: "2026-01-10",
    });
    await enter("dora_arrangement", {
      arrangementReference: "CA-7",
      provisionCountries: "IE",
      storesData: "yes",
      restCountries: "IE,DE",
      processingCountries: "IE",
    });
    await enter("system_description", { purpose: "Loan advice.", outOfScope: "The call centre." }, false);
    await sign();
    const next = (await build()).report;
    expect(next.stated.scope.roles).toEqual(["Nordbank AG: Controller."]);
    expect(next.stated.scope.out_of_scope).toContain("The call centre.");
    expect(next.stated.system.words).toEqual(["Loan advice."]);
    expect(covered(next, "article_30")).toMatchObject({
      exporter: "Nordbank AG",
      facts: expect.arrayContaining([
        { what: "Country", said: "DE" },
        { what: "Role", said: "Controller" },
        { what: "Data protection officer", said: "M. Roth" },
      ]),
      importers: [
        {
          name: "OpenAI OpCo LLC",
          flow: "Chat of the loan desk",
          country: "US",
          mechanism: "Standard contractual clauses (Art. 46(2)(c))",
          module: "2: controller to processor",
          assessment: "TIA-9",
          measures: "Encryption in transit",
          entry: expect.any(Number),
        },
      ],
      missing: [
        expect.stringContaining("no transfer mechanism for CH."),
        expect.stringContaining("whether a mechanism of the register covers it is for a person to say."),
        expect.stringContaining("adequacy decision"),
      ],
    });
    const [row] = covered(next, "dora");
    expect(row?.columns.find(({ number }) => number === "0150")?.said).toBe("IE,DE");
    expect(row?.columns.find(({ number }) => number === "0140")?.said).toBe("Yes");
    expect(row?.columns.find(({ number }) => number === "0010")?.said).toBe("CA-7");
    const { entries, missing } = covered(next, "register");
    expect(entries.find(({ kind }) => kind === "Transfer mechanism")).toMatchObject({
      counterparty: "OpenAI OpCo LLC",
      reference: "TIA-9",
      from: "2026-01-10",
      document_sha256: "ab".repeat(32),
    });
    expect(missing.join(" ")).toContain("Transfer impact assessment: not in the register.");
  });

  it("holds its findings, counted from the entries, with what people had done about each at the range's end", async () => {
    const { report, bytes } = await build();
    const cases = report.computed.findings.cases.rows;
    const stated = covered(report, "findings");
    const at = cases.findIndex(({ cause }) => cause === "host_out_of_region");
    expect(cases[at]).toMatchObject({ host: "api.openai.com", calls: 2, application_id: bank.applicationId });
    const listed = await web(() => listFindings(olga, findingSearch.parse({ tenant: "bank" })));
    const shown = listed.items.find(({ cause }) => cause === "host_out_of_region");
    expect(stated[at]).toMatchObject({
      id: shown?.id,
      title: shown?.title,
      severity: shown?.severity,
      state: "open",
    });
    const calls = (rows: readonly { readonly cause: string; readonly calls: number }[]) =>
      rows.map(({ cause, calls: n }) => `${cause} ${n}`).sort();
    expect(calls(cases)).toEqual(calls(listed.items));

    await web(() => acknowledgeFinding(olga, { id: shown?.id ?? "", note: "" }));
    // Not signed yet: this range ends before it.
    expect((await build()).bytes.equals(bytes)).toBe(true);
    await sign();
    const next = await build();
    expect(covered(next.report, "findings")[at]).toMatchObject({ state: "acknowledged" });
    const table = fileIn(next.bytes, "tables/findings.csv").split("\r\n");
    expect(table).toHaveLength(cases.length + 2);
    expect(table[at + 1]).toContain(`${shown?.id},`);
    expect(table[at + 1]).toContain("acknowledged");
    expect(next.report.computed.findings.events).toContainEqual({ kind: "finding.acknowledged", calls: 1 });
    expect((await reports.verify(next.bytes)).checks).toContainEqual(
      expect.objectContaining({ name: "findings table", result: "PASS" }),
    );

    const id = shown?.id ?? "";
    const fixed = {
      resolution: "config_fix",
      note: "The base URL was set.",
      analysis: sampleAnalysis(),
    } as const;
    await web(() => resolveFinding(olga, { id, ...fixed }));
    await web(() => checkFinding(olga, { id, outcome: "recurred", note: "Another laptop was found." }));
    await sign();
    const again = await build();
    expect(covered(again.report, "findings")[at]).toMatchObject({ state: "open", entry: expect.any(Number) });
  });

  it("says which exceptions were in force, as its log held them, and that no call is excused by one", async () => {
    const before = await build();
    expect(before.report.stated.exceptions).toMatchObject({
      not_covered: expect.stringContaining("No exception"),
    });
    expect(isCovered(before.report.computed.exceptions)).toBe(false);
    const { items } = await web(() => listFindings(olga, findingSearch.parse({ tenant: "bank" })));
    const { id: findingId = "" } = items.find(({ cause }) => cause === "host_out_of_region") ?? {};
    const { id: exceptionId, name } = await web(() =>
      requestException(olga, {
        findingId,
        kind: "mitigated",
        reason: "The outage plan allows it until the host is back.",
        expiresAt: new Date(now + 20 * 86_400_000).toISOString(),
        transferMechanism: null,
        ticket: "RISK-7",
      }),
    );
    await web(() => approveException(otto, { findingId, exceptionId, note: "" }));
    // Not signed yet: this range ends before it.
    expect((await build()).bytes.equals(before.bytes)).toBe(true);
    await sign();
    const { report, bytes } = await build();
    const [said] = covered(report, "exceptions");
    expect(said).toMatchObject({ id: name, entry: expect.any(Number) });
    expect(said?.words).toContain("Ticket: RISK-7. The calls keep their verdicts.");
    expect(said?.words).toContain("asked for by olga, approved by otto on ");
    expect(report.computed.exceptions).toMatchObject({
      rows: [{ kind: "exception.requested" }, { kind: "exception.approved", subject: findingId }],
    });
    const at = report.computed.findings.cases.rows.findIndex(({ cause }) => cause === "host_out_of_region");
    expect(covered(report, "findings")[at]).toMatchObject({ state: "accepted", entry: said?.entry });
    expect(report.computed.deviations.count).toBe(before.report.computed.deviations.count);
    expect((await reports.verify(bytes)).verdict).toBe("PASS");
  });

  it("lists where a catalog in force says otherwise than the edition that came with the program, and who let it", async () => {
    const before = await build();
    expect(before.report.stated.criteria.catalogs).toMatchObject([
      { version: 1, approved_by: null, differences: { count: 0, rows: [] } },
    ]);
    const us = openaiCatalog.regions.find(({ code }) => code === "us");
    if (!us) throw new Error("The catalog has the United States.");
    const edits = [{ kind: "put" as const, table: "regions" as const, row: { ...us, countries: ["DE"] } }];
    await web(() => publishApproved({ basedOn: 1, reason, draft: { kind: "edits", edits } }));
    // A checkpoint is signed in whole seconds, so the version may come into force behind it; a call by it is in the range.
    await record(new Date(), [say(ago(1), { catalogVersion: 2 })]);
    await sign();
    const { report, bytes } = await build();
    expect(report.stated.criteria.catalogs).toMatchObject([
      { version: 1 },
      {
        version: 2,
        published_by: "Ada",
        approved_by: "Ben",
        reason,
        differences: {
          count: 1,
          rows: ["Widens: Region United States: countries becomes DE, was US."],
        },
      },
    ]);
    expect((await reports.verify(bytes)).verdict).toBe("PASS");
    await web(() =>
      publishApproved({
        basedOn: 2,
        reason,
        draft: { kind: "edits", edits: [{ kind: "put", table: "regions", row: us }] },
      }),
    );
  });

  it("prints an application as it was declared at the range's end, whatever is declared later; and the packs before it", async () => {
    const before = await build();
    const where = { tenant: "bank", applicationId: bank.applicationId };
    await web(() =>
      declareApplication(olga, { ...where, purpose: "Loans", dataCategory: "special", owner: "Credit Risk" }),
    );
    expect((await build()).bytes.equals(before.bytes)).toBe(true);
    expect(before.report.stated.integrity.earlier_packs.length).toBeGreaterThan(0);
    await sign();
    const { report } = await build();
    expect(report.stated.system.applications[0]).toMatchObject({ purpose: "Loans", owner: "Credit Risk" });
    const earlier = report.stated.integrity.earlier_packs.map(({ id }) => id);
    expect(earlier).toContain(before.report.id);
    expect(new Set(earlier).size).toBe(earlier.length);
  });

  it("has the policies in force whatever the filter, and what calls beside it were judged by: all of them are judged again", async () => {
    await sign();
    const { bytes, report } = await build({ source: ["codex"] });
    expect(report.computed.population.calls.selected).toBe(0);
    expect(report.stated.criteria.policies).toMatchObject([{ version: 1, preset: expect.any(String) }]);
    expect(report.stated.criteria.policies[0]?.words.length).toBeGreaterThan(0);
    expect((await reports.verify(bytes)).counts.judgedAgain).toBe(numbers);
    expect((await reports.verify((await build()).bytes)).counts.judgedAgain).toBe(numbers);
  });
});

describe("2.17 row 17: erase then verify, prune then verify, report over a pruned range", () => {
  let whole: Buffer;

  it("of a range whose person was erased since, the pack counts what went and still passes; so does the one made before", async () => {
    whole = (await build()).bytes;
    expect(await verifyAsCommand(whole)).toMatchObject({ status: 0 });
    const input = {
      tenant: "bank",
      endUser: person,
      reference: "DSR-2026-12",
      basis: "GDPR Art. 17(1)",
      reason,
    };
    const { id } = await web(() => requestErasure(olga, input));
    await web(() => approveRequest(otto, { tenant: "bank", id, note: "Checked." }));
    const erased = await worker(() => eraseApproved(new Date()));
    expect(erased).toBeGreaterThan(2);
    const after = await build();
    expect(covered(after.report, "system").retention).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          new RegExp(
            `^${erased} personal values in 2 entries of this range were erased on .* \\(DSR-2026-12\\)`,
          ),
        ),
      ]),
    );
    for (const bytes of [whole, after.bytes]) {
      const { status, said } = await verifyAsCommand(bytes);
      expect(said).not.toContain("FAIL");
      expect(status).toBe(0);
      expect(bytes.includes(person)).toBe(false);
    }
  });

  it("of a range part of which has expired the pack says so and counts, and ends as 2: intact as far as it goes", async () => {
    const { id } = await web(() => requestRetention(olga, { tenant: "bank", preset: "six_months", reason }));
    await web(() => approveRequest(otto, { tenant: "bank", id, note: "Checked." }));
    expect(await worker(() => pruneExpired(new Date()))).toMatchObject({ ranges: 1 });
    const { report, bytes } = await build();
    const { pruned } = report.computed.population.absent;
    expect(pruned).toBe(6);
    expect(report.computed.population.calls.selected).toBe(4);
    expect(report.computed.not_shown).toContain(
      `${pruned} entries whose bytes have expired; only their hashes are kept.`,
    );
    expect(report.computed.balance).toHaveProperty("not_covered");
    expect(covered(report, "system").retention).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`${pruned} entries of this range, 0 up to ${pruned - 1}, expired`),
      ]),
    );
    const { status, said } = await verifyAsCommand(bytes);
    expect(said).not.toContain("FAIL");
    expect(status).toBe(2);
    expect(said).toContain(
      `${pruned} of ${report.computed.population.entries} entries are here by their hash alone`,
    );
    expect(said).toContain("UNVERIFIABLE: nothing speaks against it, and not all entries are here.");
    expect(said).toContain(`What ${pruned} entries say that are here by their hash alone.`);
    const { status: earlier } = await verifyAsCommand(whole);
    expect(earlier).toBe(0);
  });

  it("packs that hold the bytes of what has expired are dropped with it; one that was begun after stays", async () => {
    const kept = async () =>
      (await web(() => listReports(olga, {}))).items.filter(({ pack }) => pack !== null && !pack.dropped);
    const before = (await kept()).length;
    expect(before).toBeGreaterThan(1);
    expect(await worker(() => runSchedules(new Date()))).toMatchObject({ dropped: before - 1 });
    const [left] = await kept();
    expect((await reports.take(olga, left?.id ?? "")).bytes.length).toBeGreaterThan(0);
    expect(await worker(() => runSchedules(new Date()))).toMatchObject({ dropped: 0 });
  });
});
