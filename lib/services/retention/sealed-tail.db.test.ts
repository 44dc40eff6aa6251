import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { carryOut } from "../../signer/carry-out.ts";
import { fsckTree } from "../../signer/fsck-tree.ts";
import type { Signer } from "../../signer/signer.ts";
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
async function record(at: Date, calls: number): Promise<void> {
  // Told of by a log: such calls have no intent at a gateway, which the full check would miss.
  const records = Array.from({ length: calls }, (_, i) =>
    callAt(bank, new Date(at.getTime() + i).toISOString(), { source: "intake", endUser: "somebody" }),
  );
  await world.as("gateway", () => recordCalls(bank.id, records, () => at));
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
  const [olga, otto] = [
    await world.addPerson("olga", { bank: "officer" }),
    await world.addPerson("otto", { bank: "officer" }),
  ];
  await world.as("web", async () => {
    const { id } = await requestRetention(olga, { tenant: "bank", preset: "six_months", reason });
    await approveRequest(otto, { tenant: "bank", id, note: "Checked." });
  });
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
