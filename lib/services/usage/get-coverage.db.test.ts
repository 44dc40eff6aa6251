import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coverageSearch } from "../../contracts/coverage.ts";
import { coverageExportSearch } from "../../contracts/exports.ts";
import { overviewSearch } from "../../contracts/overview.ts";
import { nothingRecorded } from "../../core/accounts/compare-usage.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { type NewComparison, putComparisons } from "../../db/usage-comparison.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { raiseUsageFinding } from "../accounts/raise-usage-finding.ts";
import { createCredential } from "../credentials/create-credential.ts";
import { revokeCredential } from "../credentials/revoke-credential.ts";
import { exportCoverage } from "../exports/export-coverage.ts";
import { getFinding } from "../findings/get-finding.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";
import { getOverview } from "../overview/get-overview.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getCoverage } from "./get-coverage.ts";

const now = new Date("2026-11-28T12:00:00.000Z");
let world: StoreWorld;
let bank: StoreTenant;
let other: StoreTenant;
let both: PersonActor;
let one: PersonActor;

const row = (tenant: StoreTenant, day: string, over: Partial<NewComparison> = {}): NewComparison => ({
  ...nothingRecorded,
  ...{
    tenantId: tenant.id,
    projectId: "proj_a",
    day,
    kind: "completions",
    providerRequests: 100,
    batchRequests: 0,
  },
  ...{ sent: 100, accepted: 100, state: "agrees", missing: 0, comparedAt: now, settled: null },
  ...over,
});

/** Puts days as the worker does; `settled` ones with their entry. */
async function put(tenant: StoreTenant, rows: readonly NewComparison[], settled: boolean): Promise<void> {
  await world.as("worker", () =>
    withTenantSql(tenantScope(tenant.id), async (sql) => {
      await lockRecording(sql, tenant.id);
      for (const each of rows) {
        const event = { kind: "usage.compared", subject: each.projectId, detail: {} };
        const place = settled
          ? { at: now, ...(await appendJobEvent(sql, tenant.id, event, now, "read-accounts")) }
          : null;
        await putComparisons(sql, [{ ...each, settled: place }]);
        if (settled && each.missing > 0)
          await raiseUsageFinding(sql, { id: tenant.id, simulated: true }, each.projectId, [each], now);
      }
    }),
  );
}

const owner = (tenant: StoreTenant, text: string, values: readonly unknown[]) =>
  world.sql("owner", { read: [tenant.id], write: tenant.id }, text, values);

async function addAccount(tenant: StoreTenant, failingSince: string | null, projects: readonly string[]) {
  const id = v7();
  await owner(
    tenant,
    `INSERT INTO provider_account (tenant_id, id, label, sealed, hint, added_by, created_at, last_read_at, failing_since)
     VALUES ($1, $2, 'main', '\\x00', 'abcd', 'otto', '2026-11-20T00:00:00Z', '2026-11-28T11:00:00Z', $3)`,
    [tenant.id, id, failingSince],
  );
  for (const project of projects)
    await owner(
      tenant,
      `INSERT INTO provider_project (tenant_id, account_id, project_id, first_seen_at, last_seen_at, name)
       VALUES ($1, $2, $3, '2026-11-20T06:00:00Z', coalesce($4, '2026-11-28T11:00:00Z')::timestamptz, 'Retail')`,
      [tenant.id, id, project, failingSince],
    );
}

const addKey = (tenant: StoreTenant, label: string, projectId: string | null) =>
  world.as("web", () =>
    createCredential(
      job,
      { tenant: tenant.slug, label, secret: `sk-sim-eu-${label}`, projectId, hosts: ["eu.api.openai.com"] },
      { at: new Date("2026-11-10T00:00:00.000Z") },
    ),
  );

beforeAll(async () => {
  world = await createStoreWorld();
  const begun = new Date("2026-11-01T00:00:00.000Z");
  bank = await world.addTenant("bank", {}, begun);
  other = await world.addTenant("other", {}, begun);
  await world.addTenant("plain", {}, begun);
  both = await world.addPerson("bo", { bank: "auditor", other: "officer", plain: "auditor" });
  one = await world.addPerson("one", { other: "auditor" });
  await addKey(bank, "a", "proj_a");
  await addKey(bank, "b", "proj_b");
  await addKey(bank, "c", null);
  await addKey(other, "d", "proj_d");
  await addAccount(bank, null, ["proj_a"]);
  await addAccount(other, "2026-11-26T09:00:00Z", ["proj_d"]);
  await put(
    bank,
    [
      row(bank, "2026-11-23"),
      row(bank, "2026-11-24", { providerRequests: 103, state: "more_at_provider", missing: 3 }),
      row(bank, "2026-11-24", {
        kind: "embeddings",
        providerRequests: 70,
        sent: 50,
        open: 2,
        state: "not_comparable",
      }),
      row(bank, "2026-11-25", { providerRequests: 90, batchRequests: 40, state: "fewer_at_provider" }),
    ],
    true,
  );
  await put(bank, [row(bank, "2026-11-26"), row(bank, "2026-11-27")], false);
  await put(other, [row(other, "2026-11-24", { projectId: "proj_d", providerRequests: 10, sent: 10 })], true);
});
afterAll(() => world.drop());

const coverage = (actor: PersonActor, search: object = {}) =>
  world.as("web", () => getCoverage(actor, coverageSearch.parse(search), now));

describe("the days beside OpenAI's figures", () => {
  it("are told newest first, with their case, and summed by what is settled and can be compared", async () => {
    const { rows, total, window, rowsLeftOff } = await coverage(both, { tenant: "bank" });
    expect(window).toEqual({ from: "2026-11-21", to: "2026-11-29" });
    expect(rows.map(({ day, kind, state }) => [day, kind, state])).toEqual([
      ["2026-11-27", "completions", "agrees"],
      ["2026-11-26", "completions", "agrees"],
      ["2026-11-25", "completions", "fewer_at_provider"],
      ["2026-11-24", "completions", "more_at_provider"],
      ["2026-11-24", "embeddings", "not_comparable"],
      ["2026-11-23", "completions", "agrees"],
    ]);
    expect(rowsLeftOff).toBe(0);
    expect(total).toEqual({
      ...{ settledDays: 3, settledRequests: 293, missing: 3, notComparable: 1, fewer: 1 },
      ...{ provisionalDays: 2, batchRequests: 40 },
    });
    const missing = rows[3];
    expect(missing).toMatchObject({ tenant: "bank", projectName: "Retail", missing: 3 });
    const found = await world.as("web", () => getFinding(both, missing?.findingId ?? ""));
    expect(found).toMatchObject({
      cause: "usage_not_recorded",
      title: "Requests that the record does not hold: project proj_a",
      projectId: "proj_a",
      calls: 0,
    });
    expect(rows.filter(({ findingId }) => findingId !== null)).toHaveLength(1);
    expect(rows[0]?.settledAt).toBeNull();
  });

  it("are drawn one by one, also those of which nothing was compared", async () => {
    const { points } = await coverage(both, { tenant: "bank" });
    expect(points.map(({ at, standing }) => `${at.slice(8, 10)} ${standing}`)).toEqual([
      "21 none",
      "22 none",
      "23 settled",
      "24 settled",
      "25 settled",
      "26 provisional",
      "27 provisional",
      "28 none",
    ]);
    expect(points[3]).toMatchObject({ providerRequests: 173, recorded: 150, missing: 3 });
  });

  it("say what is not compared: days before the readings, projects that no account knows, keys without one", async () => {
    const { tenants } = await coverage(both, { from: "2026-11-05T00:00:00Z", to: "2026-11-28T12:00:00Z" });
    const of = (slug: string) => tenants.find(({ tenant }) => tenant === slug);
    expect(of("bank")).toEqual({
      ...{ tenant: "bank", simulated: true, account: "reading", failingSince: null, keysWithoutProject: 1 },
      projects: [
        {
          ...{ projectId: "proj_a", name: "Retail", readAt: "2026-11-28T11:00:00.000Z" },
          unread: [{ from: "2026-11-10", to: "2026-11-17" }],
        },
        {
          ...{ projectId: "proj_b", name: null, readAt: null },
          unread: [{ from: "2026-11-10", to: "2026-11-28" }],
        },
      ],
    });
    expect(of("other")).toMatchObject({
      account: "failing",
      failingSince: "2026-11-26T09:00:00.000Z",
      projects: [
        {
          unread: [
            { from: "2026-11-10", to: "2026-11-17" },
            { from: "2026-11-26", to: "2026-11-28" },
          ],
        },
      ],
    });
    expect(of("plain")).toMatchObject({ account: "none", projects: [] });
  });

  it("do not say of days without a key of the project that they were not read", async () => {
    const { id } = await addKey(other, "e", "proj_e");
    const at = new Date("2026-11-24T10:00:00.000Z");
    const projectsOf = async () => {
      const { tenants } = await coverage(both, { tenant: "other", range: "7d" });
      return tenants[0]?.projects.find(({ projectId }) => projectId === "proj_e")?.unread;
    };
    await owner(
      other,
      `INSERT INTO provider_project (tenant_id, account_id, project_id, first_seen_at, last_seen_at)
       SELECT $1, id, 'proj_e', '2026-11-20T06:00:00Z', '2026-11-22T06:00:00Z' FROM provider_account WHERE tenant_id = $1`,
      [other.id],
    );
    expect(await projectsOf()).toEqual([{ from: "2026-11-22", to: "2026-11-28" }]);
    await world.as("web", () => revokeCredential(job, { tenant: "other", credentialId: id }, { at }));
    expect(await projectsOf()).toEqual([{ from: "2026-11-22", to: "2026-11-24" }]);
  });

  it("are a tenant's own: nobody else sees them, in the page, the file or the overview", async () => {
    const { rows, tenants, total } = await coverage(one);
    expect(rows.map(({ tenant, projectId }) => [tenant, projectId])).toEqual([["other", "proj_d"]]);
    expect(tenants.map(({ tenant }) => tenant)).toEqual(["other"]);
    expect(total.missing).toBe(0);
    await expect(coverage(one, { tenant: "bank" })).rejects.toMatchObject({ code: "not_found" });
    const file = await world.as("web", () => exportCoverage(one, coverageExportSearch.parse({}), now));
    expect(file.rows).toBe(1);
    const overview = await world.as("web", () => getOverview(one, overviewSearch.parse({}), now));
    expect(overview.coverage).toMatchObject({ days: 1, missing: 0, newest: null });
  });

  it("stand in the overview by the last settled days, whatever its range is", async () => {
    const overview = (search: object) =>
      world.as("web", () => getOverview(both, overviewSearch.parse(search), now));
    expect((await overview({ range: "1h" })).coverage).toEqual({
      ...{ days: 3, missing: 3, notComparable: 1, from: "2026-11-12", to: "2026-11-26" },
      newest: { tenant: "bank", project: "Retail", day: "2026-11-24" },
    });
    expect((await overview({ tenant: "plain" })).coverage).toBeNull();
  });

  it("are taken along with all their figures, which the log of each tenant says", async () => {
    const file = await world.as("web", () =>
      exportCoverage(both, coverageExportSearch.parse({ tenant: "bank", format: "ndjson" }), now),
    );
    expect(file).toMatchObject({ name: "coverage-bank-20261121-20261129.ndjson", rows: 6 });
    const text: string[] = [];
    for await (const line of file.lines) text.push(Buffer.from(line).toString());
    const [, , , missing] = text
      .join("")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(missing).toMatchObject({ day: "2026-11-24", providerRequests: 103, sent: 100, missing: 3 });
    const [event] = await world.sql<{ detail: object }>(
      "owner",
      { read: [bank.id] },
      "SELECT detail FROM audit_event WHERE kind = 'evidence.exported'",
    );
    expect(event?.detail).toMatchObject({ what: "coverage", rows: 6 });
  });
});
