import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingSearch } from "../../contracts/findings.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { requestException } from "../exceptions/request-exception.ts";
import { listFindings } from "../findings/list-findings.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { lookUp } from "./look-up.ts";

let world: StoreWorld;
let bank: StoreTenant;
let shop: StoreTenant;
let banker: PersonActor;
let keeper: PersonActor;
let both: PersonActor;
const calls = new Map<string, string>();
const findings = new Map<string, string>();
const now = new Date();

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  shop = await world.addTenant("shop");
  banker = await world.addPerson("bea", { bank: "officer" });
  keeper = await world.addPerson("kim", { shop: "officer" });
  both = await world.addPerson("bob", { bank: "auditor", shop: "developer" });
  for (const [tenant, actor] of [
    [bank, banker],
    [shop, keeper],
  ] as const) {
    const call = callAt(tenant, new Date(now.getTime() - 60_000).toISOString(), { host: "api.openai.eu" });
    calls.set(tenant.slug, call.id);
    await world.as("gateway", () => recordCalls(tenant.id, [call]));
    const { items } = await web(() =>
      listFindings(actor, findingSearch.parse({ cause: ["host_lookalike"] })),
    );
    const id = items[0]?.id ?? "";
    findings.set(tenant.slug, id);
    await web(() =>
      requestException(actor, {
        findingId: id,
        kind: "waiver",
        reason: "Accepted until the host is gone.",
        expiresAt: new Date(now.getTime() + 86_400_000).toISOString(),
        transferMechanism: null,
        ticket: null,
      }),
    );
    await world.sql(
      "web",
      { read: [tenant.id], write: tenant.id },
      `INSERT INTO report (tenant_id, id, period_from, period_to, epoch, filter, filter_words, counted, requested_at, requested_by, requested_name)
       VALUES ($1, $2, '2026-11-01', '2026-12-01', 1, '{}', 'All calls', 1, now(), $2, 'x')`,
      [tenant.id, tenant.keyId],
    );
  }
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const found = async (actor: PersonActor, q: string) =>
  (await web(() => lookUp(actor, { q }, now))).map(({ kind, tenant, href }) => ({ kind, tenant, href }));
const of = (map: ReadonlyMap<string, string>, slug: string) => map.get(slug) ?? "";

describe("what a number or an id names", () => {
  it("is found in the tenants of the reader, and leads to its page", async () => {
    const [id, call] = [of(findings, "bank"), of(calls, "bank")];
    const href = `/findings/${id}`;
    expect(await found(banker, "EX-1")).toEqual([{ kind: "exception", tenant: "bank", href }]);
    expect(await found(banker, id)).toEqual([{ kind: "finding", tenant: "bank", href }]);
    expect(await found(banker, call)).toMatchObject([{ kind: "call", tenant: "bank" }]);
    expect((await found(banker, call))[0]?.href).toMatch(
      new RegExp(`^/calls\\?tenant=bank&from=.*&to=.*&call=${call}$`),
    );
    expect(await found(banker, bank.keyId)).toEqual([
      { kind: "report", tenant: "bank", href: `/reports?tenant=bank#report-${bank.keyId}` },
    ]);
    const numbers = await Promise.all([1, 2, 3].map((no) => found(banker, `F-${no}`)));
    expect(numbers.flat().map((item) => item.href)).toContain(href);
  });

  it("is never found in a tenant of which the reader is no member", async () => {
    for (const q of [of(findings, "shop"), of(calls, "shop"), shop.keyId]) {
      expect(await found(banker, q), q).toEqual([]);
      expect(await found(keeper, q), q).toHaveLength(1);
    }
    for (const q of ["F-1", "EX-1"])
      expect((await found(banker, q)).map(({ tenant }) => tenant)).toEqual(["bank"]);
  });

  it("is told of each tenant of a reader of more than one", async () => {
    expect((await found(both, "F-1")).map(({ tenant }) => tenant).toSorted()).toEqual(["bank", "shop"]);
  });

  it("is nothing where it is no number and no id", async () => {
    for (const q of ["F-999", "12", "host", "'; --"]) expect(await found(banker, q)).toEqual([]);
  });
});
