import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { insertStatement, type SignerStatement } from "../../db/signer-output.ts";
import { querySql, withTenantSql } from "../../db/with-tenant.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { stateRecordFindings } from "../reports/state-findings.ts";
import { relayStatements } from "./relay-statements.ts";

let world: StoreWorld;
let tenant: StoreTenant;

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
});
afterAll(() => world.drop());

const now = new Date("2026-11-22T10:00:00.000Z");
const say = (about: Partial<SignerStatement> = {}) =>
  world.as("signer", () =>
    insertStatement(
      { query: querySql },
      {
        tenantId: tenant.id,
        at: now,
        id: v7(),
        epoch: 1,
        kind: "alarm",
        atIndex: 3,
        sentence: "Something is not as it was.",
        detail: { part: "tree", differences: 2, found: ["one", "two"], odd: { deep: 1 } },
        ...about,
      },
    ),
  );
const relay = () => world.as("worker", () => relayStatements(now));
const signerEntries = async (tenantId: string) => {
  const rows = await world.sql<{ bytes: Buffer }>(
    "signer",
    {},
    `SELECT b.bytes FROM ledger_body b JOIN ledger_entry e USING (tenant_id, epoch, index)
      WHERE tenant_id = $1 AND e.type = 'signer' ORDER BY index`,
    [tenantId],
  );
  return rows.map(({ bytes }) => decodeEntry(bytes).body);
};
const findings = (cause = "log_frozen") =>
  world.sql("owner", { read: [tenant.id] }, "SELECT state, severity FROM finding WHERE cause = $1", [cause]);

describe("relayStatements", () => {
  it("puts what was said into the log it is about, once, in words and with all of its detail", async () => {
    await say();
    await say({ tenantId: systemLogId, epoch: null, kind: "started", atIndex: null });
    expect(await relay()).toBe(2);
    expect(await relay()).toBe(0);
    const [own, ...more] = await signerEntries(tenant.id);
    expect(more).toEqual([]);
    expect(own).toMatchObject({ kind: "alarm", at_index: 3, said_at: now.toISOString() });
    expect(JSON.stringify(own)).toMatch(/two.*\{\\"deep\\":1\}/);
    expect(await signerEntries(systemLogId)).toMatchObject([{ kind: "started", epoch: null }]);
    expect(await findings()).toEqual([]);
  });

  it("is done once by two workers at the same moment", async () => {
    await say();
    await world.as("worker", () => Promise.all([relayStatements(now), relayStatements(now)]));
    expect(await signerEntries(tenant.id)).toHaveLength(2);
  });

  it("makes one case of a frozen log, and opens it again when it freezes after people resolved it", async () => {
    await say({ kind: "frozen" });
    await say({ kind: "frozen" });
    await relay();
    expect(await findings()).toEqual([{ state: "open", severity: "critical" }]);
    await world.sql(
      "owner",
      { read: [tenant.id], write: tenant.id },
      "UPDATE finding SET state = 'resolved', resolution = 'provider_fix', resolved_at = now() WHERE cause = 'log_frozen'",
    );
    await say({ kind: "frozen" });
    await relay();
    expect(await findings()).toEqual([{ state: "open", severity: "critical" }]);
    const kinds = await world.sql(
      "owner",
      { read: [tenant.id] },
      "SELECT e.kind FROM finding_event e JOIN finding f ON f.tenant_id = e.tenant_id AND f.id = e.finding_id WHERE f.cause = 'log_frozen' ORDER BY e.id",
    );
    expect(kinds).toEqual([{ kind: "opened" }, { kind: "commented" }, { kind: "reopened" }]);
    // The log says of each that there is a case of it: no call does.
    const entries = await world.sql(
      "owner",
      { read: [tenant.id] },
      `SELECT kind, detail->>'cause' AS cause, ledger_index IS NOT NULL AS placed FROM audit_event
        WHERE kind LIKE 'finding.%' ORDER BY at, id`,
    );
    expect(entries).toEqual(
      ["finding.opened", "finding.commented", "finding.reopened"].map((kind) => ({
        kind,
        cause: "log_frozen",
        placed: true,
      })),
    );
  });

  it("makes a case of keys that are declared lost", async () => {
    await say({ kind: "key_compromised" });
    await relay();
    expect(await findings("key_compromised")).toEqual([{ state: "open", severity: "critical" }]);
  });

  it("makes a case of a full check that failed: noted once for the same words, and whether it is whole again", async () => {
    const check = (ok: boolean | undefined, sentence: string, part = "tree") =>
      say({ kind: "fsck_finished", sentence, detail: { part, ...(ok !== undefined && { ok }) } }).then(relay);
    const cause = "full_check_failed";
    const notes = async () =>
      (
        await world.sql<{ kind: string; note: string }>(
          "owner",
          { read: [tenant.id] },
          "SELECT e.kind, e.note FROM finding_event e JOIN finding f ON f.tenant_id = e.tenant_id AND f.id = e.finding_id WHERE f.cause = $1 ORDER BY e.id",
          [cause],
        )
      ).map(({ kind, note }) => `${kind}. ${note}`);
    await check(true, "All is there.");
    expect(await findings(cause)).toEqual([]);
    await check(false, "Entry 5 was changed.");
    await check(true, "All is there.", "rows");
    await check(false, "Entry 5 was changed.");
    expect(await findings(cause)).toEqual([{ state: "open", severity: "critical" }]);
    await world.sql(
      "owner",
      { read: [tenant.id], write: tenant.id },
      "UPDATE finding SET state = 'resolved', resolution = 'provider_fix', resolved_at = now() WHERE cause = $1",
      [cause],
    );
    // People have closed this very matter; and what does not say that it found nothing is another one.
    await check(false, "Entry 5 was changed.");
    expect(await findings(cause)).toMatchObject([{ state: "resolved" }]);
    await check(undefined, "A row differs.", "rows");
    expect(await findings(cause)).toMatchObject([{ state: "open" }]);
    await check(true, "All is there.");
    await check(true, "All is there, and more.");
    await check(false, "Entry 5 was changed.");
    expect(await findings(cause)).toMatchObject([{ state: "open" }]);
    const [ledger, rows] = ["Epoch 1, the ledger:", "Epoch 1, rows beside the ledger:"];
    expect(await notes()).toEqual([
      `opened. ${ledger} Entry 5 was changed.`,
      `reopened. ${rows} A row differs.`,
      `commented. ${ledger} whole again. All is there.`,
      `commented. ${ledger} Entry 5 was changed.`,
    ]);
    const stated = (size: number) =>
      world.as("worker", () =>
        withTenantSql({ read: [tenant.id], write: null }, (sql) =>
          stateRecordFindings(sql, { tenantId: tenant.id, epoch: 1 }, { size, at: now, projects: [] }),
        ),
      );
    // None of it is in a log of this size yet.
    expect(await stated(0)).toEqual([]);
    expect(await stated(1_000)).toMatchObject([
      { cause, title: "Full check of the record failed", state: "open", opened_at: now.toISOString() },
      { cause: "key_compromised", state: "open" },
      { cause: "log_frozen", title: "Record frozen", severity: "critical", state: "open", entry: null },
    ]);
  });

  it("opens the next epoch of a sealed log, once, and says there what happened", async () => {
    const detail = {
      origin: "domicile.ledger/x/e1",
      size: 2,
      root: Buffer.alloc(32, 7).toString("base64"),
      reason: "Lost.",
    };
    const [log] = await world.sql<{ origin: string }>(
      "signer",
      {},
      "SELECT origin FROM ledger_log WHERE tenant_id = $1",
      [tenant.id],
    );
    await say({ kind: "log_sealed", detail: { ...detail, origin: log?.origin } });
    await say({ kind: "log_sealed", detail: { ...detail, origin: log?.origin } });
    await relay();
    const epochs = await world.sql<{ epoch: number; types: string[] }>(
      "signer",
      {},
      "SELECT epoch, array_agg(type ORDER BY index) AS types FROM ledger_entry WHERE tenant_id = $1 AND epoch > 1 GROUP BY epoch",
      [tenant.id],
    );
    expect(epochs).toEqual([{ epoch: 2, types: ["epoch_opened", "signer", "signer"] }]);
  });
});
