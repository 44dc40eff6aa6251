import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportInput } from "../contracts/reports.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { relayStatements } from "../services/ledger/relay-statements.ts";
import { previewReport } from "../services/reports/preview-report.ts";
import { requestReport } from "../services/reports/request-report.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { carryOut } from "../signer/carry-out.ts";
import type { SignerRequest } from "../signer/requests.ts";
import { createReportWorld, type ReportWorld } from "../testing/report-world.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";

let world: StoreWorld;
let reports: ReportWorld;
let officer: PersonActor;
const tenants = new Map<string, StoreTenant>();

const day = { from: "2026-11-21T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z" };
const why = "For the test of this very thing.";
const none = { application: [], region: [], verdict: [], model: [], source: [] };
const about = (slug: string): ReportInput => ({ tenant: slug, ...day, ...none });
const preview = (slug: string) => world.as("web", () => previewReport(officer, about(slug)));
const ask = (request: SignerRequest) => world.as("signer", () => carryOut(reports.signer, request));
const pass = () => reports.signers.pass(reports.signer);

async function record(slug: string, calls: number): Promise<void> {
  const tenant = tenants.get(slug);
  if (!tenant) throw new Error(`There is no ${slug}.`);
  const made = Array.from({ length: calls }, (_, i) =>
    callAt(tenant, `2026-11-21T12:00:${String(i).padStart(2, "0")}.000Z`, { source: "intake" }),
  );
  await world.as("gateway", () => recordCalls(tenant.id, made));
}

async function packOf(slug: string) {
  const { id } = await world.as("web", () => requestReport(officer, about(slug)));
  reports.nextLead();
  expect(await reports.buildNow()).toBe("ready");
  return reports.verify((await reports.take(officer, id)).bytes);
}

beforeAll(async () => {
  world = await createStoreWorld();
  reports = createReportWorld(world);
  const opened = new Date("2026-11-01T00:00:00.000Z");
  for (const slug of ["sealed", "robbed"]) tenants.set(slug, await world.addTenant(slug, {}, opened));
  officer = await world.addPerson("officer", { sealed: "officer", robbed: "officer" });
});
afterAll(async () => {
  reports.drop();
  await world.drop();
});

describe("a pack about a sealed epoch", () => {
  it("ends at the seal, is final, and passes: what stands behind it is in no pack", async () => {
    await record("sealed", 3);
    await pass();
    const { origin, size } = reports.signers.memory(tenants.get("sealed")?.id ?? "");
    await record("sealed", 2);
    expect((await ask({ do: "seal", log: origin, reason: why })).ok).toBe(true);
    await world.as("worker", () => relayStatements(new Date("2026-11-23T00:00:00.000Z")));
    await pass();
    expect(await preview("sealed")).toMatchObject({ calls: 3, final: true, range: { epoch: 1, end: size } });
    const found = await packOf("sealed");
    expect(found.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
    expect(found).toMatchObject({ verdict: "PASS", isTimeLost: false });
  });

  it("whose keys were lost holds all of it up to the seal, is signed by the next epoch's key, and passes without a time", async () => {
    await record("robbed", 3);
    await pass();
    await record("robbed", 4);
    await pass();
    const { size } = reports.signers.memory(tenants.get("robbed")?.id ?? "");
    reports.signers.clock.wait(60_000);
    const since = reports.signers.clock.now().toISOString();
    await record("robbed", 2);
    await pass();
    expect((await ask({ do: "compromise", since, reason: why })).ok).toBe(true);
    await world.as("worker", () => relayStatements(new Date("2026-11-23T00:00:00.000Z")));
    await pass();
    expect(await preview("robbed")).toMatchObject({
      calls: 7,
      final: true,
      range: { epoch: 1, first: 0, end: size },
    });
    const found = await packOf("robbed");
    expect(found.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
    expect(found).toMatchObject({ verdict: "PASS", isTimeLost: true, signedAt: null });
  });

  it("that was sealed with its keys in hand, and lost them since, passes by the seal as well", async () => {
    const found = await packOf("sealed");
    expect(found.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
    expect(found).toMatchObject({ verdict: "PASS", isTimeLost: true });
  });
});
