import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordItemInput } from "../../contracts/register.ts";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { onCluster } from "../../testing/cluster.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getRegister } from "./get-register.ts";
import { readRegisterAt } from "./read-register-at.ts";
import { changeItem, recordItem, withdrawItem } from "./record-item.ts";

let world: StoreWorld;
let bank: StoreTenant;
let olga: PersonActor;
let auditor: PersonActor;
let developer: PersonActor;
let stranger: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  olga = await world.addPerson("olga", { bank: "officer" });
  auditor = await world.addPerson("audit", { bank: "auditor" });
  developer = await world.addPerson("dev", { bank: "developer" });
  stranger = await world.addPerson("nob", {});
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const agreement = (over: Partial<RecordItemInput> = {}): RecordItemInput => ({
  tenant: "bank",
  kind: "processing_agreement",
  fields: { counterparty: "OpenAI Ireland Ltd", reference: "DPA-7", responsible: "Olga Brandt" },
  document: { sha256: "ab".repeat(32), name: "dpa.pdf", bytes: 12_345 },
  ...over,
});
type Place = { ledger_epoch: number; ledger_index: string };

describe("a register", () => {
  it("says what it lacks before anything is recorded", async () => {
    const { items, gaps } = await web(() => getRegister(auditor, "bank"));
    expect(items).toEqual([]);
    expect(gaps.map(({ kind, reason }) => `${kind} ${reason}`)).toContain("organisation missing");
  });

  it("is written by officers, read by auditors, and kept from everybody else", async () => {
    await web(async () => {
      for (const actor of [auditor, developer])
        await expect(recordItem(actor, agreement())).rejects.toMatchObject({ code: "forbidden" });
      await expect(recordItem(stranger, agreement())).rejects.toMatchObject({ code: "not_found" });
      await expect(getRegister(developer, "bank")).rejects.toMatchObject({ code: "forbidden" });
      await expect(getRegister(stranger, "bank")).rejects.toMatchObject({ code: "not_found" });
    });
  });

  it("keeps every version, and its entry in the ledger holds the hash of the content and no person", async () => {
    const first = await web(() => recordItem(olga, agreement()));
    const second = await web(() =>
      changeItem(olga, {
        ...agreement({ fields: { ...agreement().fields, signedOn: "2026-01-10" } }),
        id: first.id,
        baseVersion: 1,
        reason: "The day it was signed.",
      }),
    );
    const { items } = await web(() => getRegister(auditor, "bank"));
    const item = items.find(({ id }) => id === first.id);
    expect(item?.versions.map(({ version, sha256 }) => [version, sha256])).toEqual([
      [2, second.sha256],
      [1, first.sha256],
    ]);
    const [event] = await world.sql<Place>(
      "owner",
      { read: [bank.id] },
      "SELECT ledger_epoch, ledger_index FROM audit_event WHERE kind = 'register.changed'",
    );
    expect(item?.versions[0].ledger).toEqual({
      epoch: event?.ledger_epoch,
      index: Number(event?.ledger_index),
    });
    const [stored] = await world.sql<{ bytes: Buffer }>(
      "owner",
      { read: [bank.id] },
      "SELECT bytes FROM ledger_body WHERE epoch = $1 AND index = $2",
      [event?.ledger_epoch, event?.ledger_index],
    );
    const bytes = stored?.bytes ?? Buffer.of();
    expect(decodeEntry(bytes).body).toMatchObject({ kind: "register.changed" });
    expect(bytes.toString()).toContain(second.sha256);
    expect(bytes.toString()).not.toContain("Olga");
  });

  it("is read as it stood when the log had a size", async () => {
    const [before] = await world.sql<{ size: string }>(
      "owner",
      { read: [bank.id] },
      "SELECT max(end_index) AS size FROM ledger_batch",
    );
    const { id } = await web(() => recordItem(olga, agreement({ kind: "residency_amendment" })));
    await web(() =>
      withdrawItem(olga, { tenant: "bank", id, baseVersion: 1, reason: "Replaced by a newer one." }),
    );
    const at = (size: number) =>
      world.as("worker", () =>
        withTenantSql({ read: [bank.id], write: null }, (sql) =>
          readRegisterAt(sql, bank.id, { epoch: 1, size }),
        ),
      );
    const size = Number(before?.size);
    const found = async (when: number) => (await at(when)).find((item) => item.id === id);
    expect(await found(size)).toBeUndefined();
    expect(await found(size + 1)).toMatchObject({ version: 1, content: { state: "recorded" } });
    expect(await found(size + 2)).toMatchObject({ version: 2, content: { state: "withdrawn" } });
  });

  it("refuses what was written against an older version, says nothing new, or is not there", async () => {
    const { id } = await web(() =>
      recordItem(
        olga,
        agreement({ kind: "retention_approval", fields: { approval: "zero_data_retention" } }),
      ),
    );
    const change = (over: object) => ({
      ...agreement({ fields: { approval: "zero_data_retention" } }),
      id,
      baseVersion: 1,
      reason: "A reason long enough.",
      ...over,
    });
    await web(async () => {
      await expect(changeItem(olga, change({}))).rejects.toMatchObject({ code: "invalid_input" });
      await changeItem(olga, change({ document: null }));
      await expect(changeItem(olga, change({ document: null }))).rejects.toMatchObject({ code: "conflict" });
      await expect(changeItem(olga, change({ id: bank.id }))).rejects.toMatchObject({ code: "not_found" });
      await expect(changeItem(olga, change({ id: "x" }))).rejects.toMatchObject({ code: "not_found" });
    });
  });

  it("names each field that does not hold what it is for, and stores nothing", async () => {
    const count = async () => (await web(() => getRegister(olga, "bank"))).items.length;
    const before = await count();
    await web(() =>
      expect(
        recordItem(olga, agreement({ fields: { counterparty: "x", signedOn: "2026-02-30" } })),
      ).rejects.toMatchObject({ code: "invalid_input", fields: [{ field: "fields.signedOn" }] }),
    );
    expect(await count()).toBe(before);
  });

  it("has one organisation per tenant, whoever is quicker", async () => {
    const organisation = agreement({
      kind: "organisation",
      fields: { legalName: "Bank AG" },
      document: null,
    });
    const answers = await web(() =>
      Promise.allSettled([recordItem(olga, organisation), recordItem(olga, organisation)]),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict" },
    });
  });

  it("lets nobody change or delete a version, not even the owner of the database", async () => {
    const all = () =>
      world.sql("owner", { read: [bank.id] }, "SELECT * FROM register_version ORDER BY item_id, version");
    const before = await all();
    expect(before.length).toBeGreaterThan(3);
    // Row security shows the owner no row to change; the others are not even asked.
    // On a cluster the owner is held back by nobody.
    for (const role of onCluster ? (["web", "worker"] as const) : (["web", "worker", "owner"] as const))
      for (const statement of [
        "UPDATE register_version SET sha256 = repeat('0', 64)",
        "DELETE FROM register_version",
        "TRUNCATE register_version",
      ])
        await world
          .sql(role, { read: [bank.id], write: bank.id }, statement)
          .catch((error: Error) => expect(error.message).toMatch(/permission denied|is refused/));
    expect(await all()).toEqual(before);
  });
});
