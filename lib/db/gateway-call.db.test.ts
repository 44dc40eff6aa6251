import { afterAll, beforeAll, expect, it } from "vitest";
import { recordCalls } from "../services/calls/record-calls.ts";
import { explaining } from "../testing/explaining.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { findGatewayCalls, type SoughtCall } from "./gateway-call.ts";
import { tenantScope, withTenantSql } from "./with-tenant.ts";

let world: StoreWorld;
let tenant: StoreTenant;
beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("sought");
});
afterAll(() => world.drop());

const now = new Date();
const nothing = { gatewayCallId: null, providerObjectId: null, traceId: null, began: null };
const seek = (clientId: string, over: Partial<SoughtCall>): SoughtCall => ({
  ...{ ...nothing, clientId, startedAt: now.toISOString() },
  ...over,
});

/** What it found, and the plan of each statement that it took. */
function find(reports: readonly SoughtCall[]) {
  return world.as("gateway", () =>
    withTenantSql(tenantScope(tenant.id), async (sql) => {
      const explained = explaining(sql);
      return { found: await findGatewayCalls(explained.sql, tenant.id, reports), plans: explained.plans };
    }),
  );
}

it("finds the calls of any number of reports by one statement, which plans the months of their time alone", async () => {
  const at = (ms: number): string => new Date(now.getTime() + ms).toISOString();
  const trace = (n: number): string => `${n}`.padStart(32, "a");
  const calls = [
    callAt(tenant, at(0), { providerObjectId: "chatcmpl-1", traceId: trace(1) }),
    callAt(tenant, at(1), { providerObjectId: "chatcmpl-2", traceId: trace(2) }),
    callAt(tenant, at(2), { providerObjectId: "resp_again", traceId: trace(3) }),
    callAt(tenant, at(60_000), { providerObjectId: "resp_again", traceId: trace(3) }),
  ];
  await world.as("gateway", () => recordCalls(tenant.id, calls));
  const [one, two, again] = calls;
  const { found, plans } = await find([
    seek("by id", { gatewayCallId: one?.id ?? "", began: new Date(one?.startedAt ?? ""), traceId: trace(2) }),
    seek("by answer", { providerObjectId: "chatcmpl-2", traceId: trace(1) }),
    seek("by trace", { traceId: trace(2) }),
    seek("fetched again", { providerObjectId: "resp_again" }),
    seek("several in the trace", { traceId: trace(3) }),
    seek("another answer", { providerObjectId: "chatcmpl-3", traceId: trace(1) }),
    seek("too far", { providerObjectId: "chatcmpl-1", startedAt: at(-16 * 60_000) }),
    seek("no name", {}),
    seek("an id of another time", { gatewayCallId: one?.id ?? "", began: new Date(0) }),
    ...Array.from({ length: 200 }, (_, n) => seek(`none-${n}`, { providerObjectId: `chatcmpl-none-${n}` })),
  ]);
  expect(Object.fromEntries(found)).toEqual({
    "by id": one?.id,
    "by answer": two?.id,
    "by trace": two?.id,
    "fetched again": again?.id,
  });
  expect(plans).toHaveLength(1);
  expect(plans[0]).not.toContain("Subplans Removed");
  const tables = [...(plans[0] ?? "").matchAll(/Scan (?:using \w+ )?on (\w+)/g)].map(([, name]) => name);
  const months = new Set(tables.filter((name) => name?.startsWith("call")));
  expect([...months].join()).toMatch(/^call_\w+(,call_\w+)?$/);
});

it("asks nothing where nothing is named", async () => {
  expect((await find([seek("no name", {})])).plans).toEqual([]);
});
