import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { insertCorroborations } from "./corroboration.ts";
import { keepValues } from "./dimension-value.ts";
import { takeIntakeKeys } from "./intake-key.ts";
import { lockRecording, visibleHead } from "./recording-head.ts";
import { addSources } from "./resource-source.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "./with-tenant.ts";

let world: StoreWorld;
let mine: StoreTenant;
let other: StoreTenant;

beforeAll(async () => {
  world = await createStoreWorld();
  [mine, other] = [await world.addTenant("mine"), await world.addTenant("other")];
});
afterAll(() => world.drop());

const counted = (sql: SqlTransaction) => {
  const asked: string[] = [];
  return {
    asked,
    sql: {
      query: (text, values, how) => {
        asked.push(text);
        return sql.query(text, values, how);
      },
    } satisfies SqlTransaction,
  };
};

// An insert that selects beside a head it may not see adds nothing, and PostgreSQL calls that a success.
describe("rows of a tenant whose head the transaction may not see", () => {
  const digest = new Uint8Array(32);
  const report = (clientId: string) => ({
    ...{ clientId, callId: null, gatewayCallId: null, providerObjectId: null, traceId: null },
    ...{ digest, source: "intake", startedAt: new Date().toISOString() },
  });
  const inserts: Readonly<Record<string, (sql: SqlTransaction, tenantId: string) => Promise<unknown>>> = {
    "values of a dimension": (sql, id) => keepValues(sql, id, "host", ["a.example", "b.example"]),
    "sources of objects": (sql, id) =>
      addSources(sql, id, [{ kind: "file", objectId: "a", sourceKind: "file", sourceId: "b" }]),
    "ids of reports": (sql, id) =>
      takeIntakeKeys(sql, id, [
        { clientId: "a", digest, callId: null },
        { clientId: "b", digest, callId: v7() },
      ]),
    "reports that are joined": (sql, id) =>
      insertCorroborations(sql, id, new Date(), [report("a"), report("b")] as never),
  };

  for (const [rows, insert] of Object.entries(inserts))
    it(`are an error and not left out: ${rows}`, async () => {
      for (const scope of [tenantScope(mine.id), { read: [], write: other.id }])
        await expect(
          world.as("gateway", () => withTenantSql(scope, (sql) => insert(sql, other.id))),
        ).rejects.toThrow("There is no such tenant, or it has no recording head.");
    });

  it("are asked for once in a transaction, and not at all under the tenant's lock", async () => {
    await world.as("gateway", () =>
      withTenantSql(tenantScope(mine.id), async (transaction) => {
        const { asked, sql } = counted(transaction);
        await visibleHead(sql, mine.id);
        await visibleHead(sql, mine.id);
        expect(asked).toHaveLength(1);
        await expect(visibleHead(sql, other.id)).rejects.toThrow("no recording head");
      }),
    );
    await world.as("gateway", () =>
      withTenantSql(tenantScope(mine.id), async (transaction) => {
        const { asked, sql } = counted(transaction);
        await lockRecording(sql, mine.id);
        await visibleHead(sql, mine.id);
        expect(asked).toHaveLength(1);
      }),
    );
  });
});
