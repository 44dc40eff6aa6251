import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leafHash } from "../core/ledger/tree.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { itOnOneServer } from "../testing/cluster.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { withPackSnapshot } from "./report-entry.ts";

let world: StoreWorld;
let bank: StoreTenant;
/** More places than a byte has values, and leaf hashes of every byte. */
const places = 300;
const cut = [3, 128, 255, 299];

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  const calls = Array.from({ length: places }, () =>
    callAt(bank, "2026-11-21T12:00:00.000Z", { source: "intake" }),
  );
  await world.as("gateway", () => recordCalls(bank.id, calls));
});
afterAll(() => world.drop());

const read = (from: number, to: number) =>
  withPackSnapshot(bank.id, world.database.urls.worker, ({ rows }) =>
    rows({ tenantId: bank.id, epoch: 1 }, from, to),
  );
const leavesStored = async () => {
  const text =
    "SELECT leaf_hash AS leaf FROM ledger_entry WHERE tenant_id = $1 AND index < $2 ORDER BY index";
  const rows = await world.sql<{ leaf: Buffer }>("worker", { read: [bank.id] }, text, [bank.id, places]);
  return rows.map(({ leaf }) => leaf.toString("hex"));
};

describe("places of a log, as a pack reads them", () => {
  it("come whole, each with the bytes whose hash is its leaf", async () => {
    const rows = await read(0, places);
    expect(rows).toHaveLength(places);
    expect(
      rows.map(({ bytes }) => bytes && Buffer.from(leafHash(nodeCrypto, bytes)).toString("hex")),
    ).toEqual(await leavesStored());
  });

  it("are the same in whatever part they are asked for, whether it ends within a bundle or not", async () => {
    const whole = await read(0, places);
    for (const [from, to] of [
      [1, 2],
      [60, 70],
      [127, 129],
      [255, 257],
      [297, 300],
    ] as const)
      expect(await read(from, to)).toEqual(whole.slice(from, to));
  });

  itOnOneServer("keep the leaf hash where the bytes expired, to the bit, and lose no neighbour", async () => {
    await world.sql("owner", {}, "ALTER TABLE ledger_body DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY");
    const lies =
      "FROM ledger_body WHERE tenant_id = $1 AND index <= $2 AND index + coalesce(bundled, 1) > $2";
    const expired: number[] = [];
    for (const index of cut) {
      const gone = await world.sql<{ first: number; end: number }>(
        "owner",
        {},
        `DELETE ${lies} RETURNING index::int AS first, (index + coalesce(bundled, 1))::int AS end`,
        [bank.id, index],
      );
      for (const { first, end } of gone)
        for (let at = first; at < Math.min(end, places); at++) expired.push(at);
    }
    const [rows, leaves] = [await read(0, places), await leavesStored()];
    expect(rows.flatMap(({ bytes }, index) => (bytes === null ? [index] : []))).toEqual(expired);
    expect(expired).toEqual(expect.arrayContaining(cut));
    expect(expired.length).toBeLessThan(places);
    for (const index of expired) expect(rows[index]?.leafHash?.toString("hex")).toBe(leaves[index]);
  });
});
