import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { insertStatement, type SignerStatement } from "../../db/signer-output.ts";
import { querySql } from "../../db/with-tenant.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
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
const findings = () =>
  world.sql("owner", { read: [tenant.id] }, "SELECT state, severity FROM finding WHERE cause = 'log_frozen'");

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
