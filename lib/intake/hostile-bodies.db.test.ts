import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownGateway } from "../core/intake/own-gateway.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { createIntakeDoor } from "./intake-door.ts";
import { exportedBodies } from "./testing/exported-bodies.ts";
import { litellmPayload } from "./testing/litellm-payload.ts";
import { mutate, seededRandom } from "./testing/mutate.ts";
import { encoded, nativeBody, randomOf } from "./testing/native-bodies.ts";

let world: GatewayWorld;
beforeAll(async () => {
  const settings = { own: ownGateway(8787, []), tenantRecordsPerMinute: 1_000_000, openMax: 64 };
  world = await createGatewayWorld({ doors: [(host) => createIntakeDoor(host, settings)] });
});
afterAll(() => world.stop());

type Sent = { path: string; headers: Record<string, string>; body: Uint8Array };

/** Posts so many bodies, four at a time. Answers how often each status came. */
async function postAll(tenant: WorldTenant, count: number, next: () => Sent): Promise<Map<number, number>> {
  const origin = `http://127.0.0.1:${world.gateway.port}`;
  const statuses = new Map<number, number>();
  const post = async (): Promise<void> => {
    const { path, headers, body } = next();
    const response = await fetch(`${origin}${path}`, {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${tenant.intakeKey}` },
      body: new Uint8Array(body),
    });
    await response.arrayBuffer();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  };
  for (let round = 0; round < count / 4; round++) await Promise.all(Array.from({ length: 4 }, post));
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  return statuses;
}

const newTenant = (slug: string) => world.addTenant({ slug, preset: "eea_ch", homeRegion: "eu" });

describe("broken bodies over HTTP, as far as the store", () => {
  it("of other programs are each answered by a documented status", async () => {
    const tenant = await newTenant("others");
    const exports = await exportedBodies();
    const litellm = Buffer.from(JSON.stringify([litellmPayload()]));
    const random = seededRandom(3);
    const kinds = [
      ["/otlp/v1/traces", "application/x-protobuf", exports.protobuf],
      ["/otlp/v1/traces", "application/json", exports.json],
      ["/intake/v1/litellm", "application/json", litellm],
    ] as const;
    const statuses = await postAll(tenant, 1_000, () => {
      const [path, type, body] = kinds[random.below(kinds.length)] ?? kinds[0];
      return { path, headers: { "content-type": type }, body: mutate(body, random) };
    });
    expect([...statuses.keys()].sort()).toEqual([200, 400]);
    const stored = await world.sql(tenant.id, "SELECT * FROM call WHERE tenant_id = $1", [tenant.id]);
    expect(stored.length).toBeGreaterThan(0);
    expect(
      JSON.stringify(stored, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    ).not.toMatch(/PROMPT|ANSWER/);
  });

  it("of the native form leave each id recorded or joined once, or not at all", async () => {
    const tenant = await newTenant("native");
    const random = randomOf(20_261_128);
    const startedAt = new Date(Date.now() - 60_000).toISOString();
    const statuses = await postAll(tenant, 1_000, () => {
      const [body, encoding] = encoded(nativeBody(random, { startedAt }), random);
      const type = random(2) === 0 ? "application/json" : "application/x-ndjson";
      return {
        path: "/intake/v1/calls",
        headers: { "content-type": type, ...(encoding !== null && { "content-encoding": encoding }) },
        body,
      };
    });
    expect([...statuses.keys()].sort()).toEqual([200, 400]);
    const [counts] = await world.sql<Record<string, number>>(
      tenant.id,
      `SELECT (SELECT count(*)::int FROM call WHERE tenant_id = $1) AS calls,
              (SELECT count(*)::int FROM ledger_entry WHERE tenant_id = $1 AND type = 'call') AS entries,
              (SELECT count(*)::int FROM corroboration WHERE tenant_id = $1) AS joined,
              (SELECT count(*)::int FROM intake_key WHERE tenant_id = $1 AND call_id IS NOT NULL) AS recorded_keys,
              (SELECT count(*)::int FROM intake_key WHERE tenant_id = $1 AND call_id IS NULL) AS joined_keys`,
      [tenant.id],
    );
    expect(counts?.calls).toBeGreaterThan(10);
    expect(counts?.joined).toBeGreaterThan(0);
    expect([counts?.entries, counts?.recorded_keys]).toEqual([counts?.calls, counts?.calls]);
    expect(counts?.joined_keys).toBe(counts?.joined);
  });
});
