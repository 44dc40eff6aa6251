import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSearch } from "../../contracts/calls.ts";
import { findingExportSearch } from "../../contracts/exports.ts";
import { findingSearch } from "../../contracts/findings.ts";
import { overviewSearch } from "../../contracts/overview.ts";
import type { DataCategory } from "../../core/findings/data-category.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { listCalls } from "../calls/list-calls.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { exportFindings } from "../exports/export-findings.ts";
import { getFinding } from "../findings/get-finding.ts";
import { listFindings } from "../findings/list-findings.ts";
import { getOverview } from "../overview/get-overview.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getTenant } from "../tenants/get-tenant.ts";
import { declareApplication } from "./declare-application.ts";

let world: StoreWorld;
let bank: StoreTenant;
let officer: PersonActor;
let auditor: PersonActor;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  await world.addTenant("other");
  officer = await world.addPerson("otto", { bank: "officer" });
  auditor = await world.addPerson("aud", { bank: "auditor", other: "officer" });
  await leak("2026-11-02T08:00:00.000Z");
});
afterAll(() => world.drop());

const now = new Date("2026-11-03T00:00:00.000Z");
const web = <T>(action: () => Promise<T>) => world.as("web", action);
const leak = (at: string, host = "api.openai.com") =>
  world.as("gateway", () => recordCalls(bank.id, [callAt(bank, at, { host })]));
const declare = (dataCategory: DataCategory, actor = officer, tenant = "bank") =>
  web(() =>
    declareApplication(actor, {
      tenant,
      applicationId: bank.applicationId,
      purpose: "Prepares loan decisions",
      dataCategory,
      owner: "Credit Risk",
    }),
  );
const findings = async (search: object = {}) =>
  (await web(() => listFindings(officer, findingSearch.parse({ tenant: "bank", ...search })))).items;
const severityOf = async (host: string) => (await findings()).find((one) => one.host === host)?.severity;

describe("a declared application", () => {
  it("has its purpose, kind of data and owner on the tenant's page, and says so in the record of changes", async () => {
    await declare("personal");
    const { applications } = await web(() => getTenant(officer, "bank"));
    expect(applications.find(({ id }) => id === bank.applicationId)).toMatchObject({
      name: "loan-desk",
      environment: "production",
      dataCategory: "personal",
      owner: "Credit Risk",
    });
    const events = await world.sql(
      "web",
      { read: [bank.id] },
      "SELECT detail FROM audit_event WHERE kind = 'application.declared'",
    );
    expect(events).toMatchObject([{ detail: { dataCategory: "personal", dataCategoryBefore: "unknown" } }]);
  });

  it("is found by that nobody was named for it, until somebody is", async () => {
    const count = async (owner: string) =>
      (await web(() => listCalls(officer, callSearch.parse({ range: "7d", owner: [owner] }), { now })))
        .totalCalls;
    const ownedBy = async (owner: string) => (await findings({ owner: [owner] })).length;
    expect([await count("none"), await ownedBy("none")]).toEqual([0, 0]);
    await web(() =>
      declareApplication(officer, {
        tenant: "bank",
        applicationId: bank.applicationId,
        purpose: "",
        dataCategory: "personal",
        owner: "",
      }),
    );
    expect(await count("none")).toBe(1);
    expect(await ownedBy("none")).toBe((await findings()).length);
    await declare("personal");
    expect([await count("Credit Risk"), await count("none")]).toEqual([1, 0]);
  });

  it("moves the severity of the cases that somebody still works on, and of those that come", async () => {
    expect(await severityOf("api.openai.com")).toBe("high");
    await declare("special");
    expect(await severityOf("api.openai.com")).toBe("critical");
    await leak("2026-11-02T09:00:00.000Z", "us.api.openai.com");
    expect(await severityOf("us.api.openai.com")).toBe("critical");
    await declare("public");
    expect(await severityOf("us.api.openai.com")).toBe("medium");
    // Each move is in the case's own history, with who and why.
    const id = (await findings()).find(({ host }) => host === "us.api.openai.com")?.id ?? "";
    const { history } = await web(() => getFinding(officer, id));
    expect(history.filter(({ kind }) => kind === "severity_changed")).toMatchObject([
      {
        actor: "otto",
        note: "Severity critical became medium: the data of loan-desk was declared as public, so far special categories of personal data.",
      },
    ]);
  });

  it("is what calls, findings and the overview can be narrowed to", async () => {
    await declare("confidential");
    const calls = (search: object) =>
      web(() => listCalls(officer, callSearch.parse({ range: "7d", ...search }), { now }));
    const all = await calls({});
    expect((await calls({ data: ["confidential"] })).totalCalls).toBe(all.totalCalls);
    expect((await calls({ data: ["public"] })).items).toEqual([]);
    expect((await calls({ environment: ["test"] })).items).toEqual([]);
    expect((await calls({ environment: ["production"], application: ["loan-desk"] })).items).toHaveLength(2);
    expect(all.items[0]).toMatchObject({ environment: "production", dataCategory: "confidential" });
    expect(all.facets.owner).toEqual([{ value: "Credit Risk", calls: 2 }]);
    expect((await calls({ owner: ["Credit Risk"] })).items).toHaveLength(2);
    expect((await calls({ owner: ["Treasury"] })).totalCalls).toBe(0);
    expect(all.facets.data).toEqual([{ value: "confidential", calls: 2 }]);
    expect(await findings({ data: ["confidential"] })).not.toEqual([]);
    expect(await findings({ data: ["public"] })).toEqual([]);
    expect(await findings({ application: ["nobody"] })).toEqual([]);
    const every = await findings();
    expect(await findings({ environment: ["production"], owner: ["Credit Risk"] })).toEqual(every);
    expect(await findings({ environment: ["test"] })).toEqual([]);
    expect(await findings({ owner: ["Treasury"] })).toEqual([]);
    const ofTest = findingSearch.parse({ tenant: "bank", environment: ["test"] });
    expect((await web(() => listFindings(officer, ofTest))).counts.open).toBe(0);
    const lines = async (search: object) => {
      const asked = findingExportSearch.parse({ tenant: "bank", format: "csv", ...search });
      return (await web(() => exportFindings(officer, asked, now))).rows;
    };
    expect(await lines({ environment: ["production"], owner: ["Credit Risk"] })).toBe(every.length);
    expect(await lines({ owner: ["Treasury"] })).toBe(0);
    const overview = (search: object) =>
      web(() => getOverview(officer, overviewSearch.parse({ range: "7d", ...search }), now));
    expect((await overview({ application: ["loan-desk"] })).calls).toBe(2);
    expect((await overview({ application: ["Playground"] })).calls).toBe(0);
  });

  it("cannot be declared by an auditor, nor through another tenant", async () => {
    await expect(declare("public", auditor)).rejects.toMatchObject({ code: "forbidden" });
    await expect(declare("public", auditor, "other")).rejects.toMatchObject({ code: "not_found" });
  });

  it("keeps name and environment, whoever asks", async () => {
    await expect(
      world.sql(
        "web",
        { read: [bank.id], write: bank.id },
        "UPDATE application SET name = 'x' WHERE tenant_id = $1",
        [bank.id],
      ),
    ).rejects.toThrow(/permission denied/);
  });
});
