import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMonths } from "../../db/call-month.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { carryOut } from "../../signer/carry-out.ts";
import { fsckTree } from "../../signer/fsck-tree.ts";
import type { Signer } from "../../signer/signer.ts";
import { onCluster } from "../../testing/cluster.ts";
import { createSignerWorld, type SignerWorld } from "../../testing/signer-world.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { checkRows } from "../ledger/check-rows.ts";
import { getLog } from "../ledger/get-log.ts";
import { proveEntry } from "../ledger/prove-entry.ts";
import { relayStatements } from "../ledger/relay-statements.ts";
import { approveRequest } from "./decide-request.ts";
import { getRetention } from "./get-retention.ts";
import { pruneExpired } from "./prune-expired.ts";
import { requestRetention } from "./request-retention.ts";

const reason = "The reason is long enough to be one.";
const ago = (months: number) => new Date(Date.now() - months * 31 * 86_400_000);

let world: StoreWorld;
let signers: SignerWorld;
let signer: Signer;
let bank: StoreTenant;
/** Entries of the first epoch: all of them, and those that were signed. */
let [size, signed] = [0, 0];

const scope = () => ({ read: [bank.id], write: bank.id });
const prune = () => world.as("worker", () => pruneExpired(new Date()));
const prove = (index: number) => world.as("web", () => proveEntry(bank.id, 1, index));
const kept = async (table: string) => {
  const rows = await world.sql<{ index: number }>(
    "owner",
    scope(),
    `SELECT index::float8 AS index FROM ${table} WHERE epoch = 1 ORDER BY index`,
  );
  return rows.map(({ index }) => index);
};
async function record(at: Date, calls: number, tenant = bank): Promise<void> {
  // Told of by a log: such calls have no intent at a gateway, which the full check would miss.
  const records = Array.from({ length: calls }, (_, i) =>
    callAt(tenant, new Date(at.getTime() + i).toISOString(), { source: "intake", endUser: "somebody" }),
  );
  const results = await world.as("gateway", () => recordCalls(tenant.id, records, () => at));
  expect(results.map(({ outcome }) => outcome)).toEqual(records.map(() => "recorded"));
}
/** Two people of the tenant agree on it. */
async function keepSixMonths(slug: string): Promise<void> {
  const asks = await world.addPerson(`asks-${slug}`, { [slug]: "officer" });
  const approves = await world.addPerson(`approves-${slug}`, { [slug]: "officer" });
  await world.as("web", async () => {
    const { id } = await requestRetention(asks, { tenant: slug, preset: "six_months", reason });
    await approveRequest(approves, { tenant: slug, id, note: "Checked." });
  });
}
async function checks() {
  const tree = await world.as("signer", () => fsckTree(signer));
  const rows = await world.as("worker", () => checkRows(new Date(), "now"));
  return { tree: tree.ok, rows: rows.differences, lines: tree.lines };
}

beforeAll(async () => {
  world = await createStoreWorld();
  signers = createSignerWorld(world);
  bank = await world.addTenant("bank", {}, ago(14));
  await record(ago(13), 3);
  signer = signers.open();
  await signers.pass(signer);
  signed = signers.memory(bank.id).size;
  await record(ago(12), 2);
  size = signed + 2;
  await keepSixMonths("bank");
});
afterAll(async () => {
  signers.drop();
  await world.drop();
});

describe("entries that no checkpoint covers", () => {
  it("are kept while the signer may still come to read them, also past the job's own look", async () => {
    expect((await prune()).ranges).toBe(1);
    for (const table of ["ledger_opening", "ledger_body"]) expect((await kept(table))[0], table).toBe(signed);
    expect(await prune()).toEqual({ ranges: 0, rows: 0 });
    const [request] = await world.sql<{ id: string }>("owner", scope(), "SELECT id FROM retention_request");
    await expect(
      world.as("worker", () =>
        withTenantSql(tenantScope(bank.id), (sql) =>
          sql.query("SELECT retention_record_prune($1, $2, 1, $3, 1, 0)", [bank.id, request?.id, size]),
        ),
      ),
    ).rejects.toThrow(/never signed/);
  });

  it("expire like all others once their log was sealed before them and goes on in its next epoch", async () => {
    const { origin } = signers.memory(bank.id);
    await world.as("signer", () => carryOut(signer, { do: "seal", log: origin, reason }));
    // What is recorded before the next epoch is open stands behind the seal as well, and is young.
    const young = (await kept("ledger_entry")).length;
    await world.as("worker", () => relayStatements(new Date()));
    await signers.pass(signer);
    expect((await prune()).ranges).toBe(1);
    for (const table of ["ledger_opening", "ledger_body"]) expect((await kept(table))[0], table).toBe(size);
    expect(await kept("ledger_entry")).toHaveLength(young);
    expect(await prune()).toEqual({ ranges: 0, rows: 0 });
    const auditor = await world.addPerson("auditor", { bank: "auditor" });
    const [newest] = (await world.as("web", () => getRetention(auditor, "bank"))).prunes;
    expect(newest).toMatchObject({ from: signed, to: size, finished: true, ledger: { epoch: 2 } });
  });

  it("are said by proofs to stand behind the seal, as before, and those below it to have expired", async () => {
    expect(await prove(signed)).toMatchObject({ state: "beyond_seal", sealed: { size: signed } });
    expect(await prove(signed - 1)).toMatchObject({ state: "expired", size: signed });
  });

  it("are missed by no full check, which says how many have expired and still verifies every root", async () => {
    await signers.pass(signer);
    const found = await checks();
    expect(found).toMatchObject({ tree: true, rows: 0 });
    const words = found.lines.find((line) => line.includes(signers.memory(bank.id).origin));
    expect(words).toContain(`of the ${size} before them the bytes have expired`);
    await world.as("worker", () => relayStatements(new Date()));
    await signers.pass(signer);
    const auditor = await world.addPerson("auditor", { bank: "auditor" });
    const log = await world.as("web", () =>
      getLog(auditor, { log: "tenant", tenant: "bank" }, signers.clock.now()),
    );
    expect(log.state).toBe("whole");
  });
});

describe("the entry that says what of a sealed epoch expired", () => {
  let shop: StoreTenant;
  const ofShop = <Row>(text: string) => world.sql<Row>("owner", { read: [shop.id], write: shop.id }, text);
  const lowest = async (table: string) =>
    (await ofShop<{ at: number | null }>(`SELECT min(index)::int AS at FROM ${table} WHERE epoch = 2`))[0]
      ?.at;

  beforeAll(async () => {
    // What the worker writes into the past here has its month.
    await world.as("worker", () => createMonths(ago(17), ago(7)));
    shop = await world.addTenant("shop", {}, ago(17));
    await record(ago(16), 3, shop);
    await keepSixMonths("shop");
    await signers.pass(signer);
    const { origin } = signers.memory(shop.id);
    await world.as("signer", () => carryOut(signer, { do: "seal", log: origin, reason }));
    await world.as("worker", () => relayStatements(ago(9)));
    await signers.pass(signer);
    // Half a year and more ago the sealed epoch expired; what was recorded since then expires now.
    await world.as("worker", () => pruneExpired(ago(8)));
    await record(new Date(ago(8).getTime() + 86_400_000), 5, shop);
    await signers.pass(signer);
  });

  it("expires in its turn, and holds back nothing that was recorded after it", async () => {
    const [said] = await ofShop<{ at: number }>(
      "SELECT entry_index::int AS at FROM ledger_prune WHERE epoch = 1 AND entry_epoch = 2",
    );
    expect(await lowest("ledger_body")).toBeLessThan(said?.at ?? 0);
    expect((await prune()).ranges).toBe(1);
    // The next entry is the one that says so.
    const [next] = await ofShop<{ from: number; to: number; at: number }>(
      `SELECT from_index::int AS from, to_index::int AS to, entry_index::int AS at FROM ledger_prune WHERE epoch = 2`,
    );
    expect(next).toMatchObject({ from: 0, to: (said?.at ?? 0) + 1 + 5, at: next?.to });
    expect(await lowest("ledger_body")).toBe(next?.to);
    expect(await ofShop("SELECT id FROM call")).toEqual([]);
  });

  it("is missed by no full check: its bytes were kept, and lead to the leaf hash in its place", async () => {
    await signers.pass(signer);
    expect(await checks()).toMatchObject({ tree: true, rows: 0 });
  });

  it.skipIf(onCluster)("is believed by no other bytes", async () => {
    await ofShop("ALTER TABLE ledger_prune DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY");
    await ofShop(
      `UPDATE ledger_prune SET statement = convert_to(replace(convert_from(statement, 'UTF8'), '"six_months"', '"one_year"'), 'UTF8')
        WHERE epoch = 1 AND tenant_id = '${shop.id}'`,
    );
    const found = await checks();
    expect(found.tree).toBe(false);
    expect(found.lines.join("\n")).toMatch(/of epoch 2 does not say so: the statement was inserted/);
  });
});
