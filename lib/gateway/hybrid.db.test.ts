import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changePolicy } from "../testing/change-policy.ts";
import { callsOf, type GatewayCalls, prompt } from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let blocking: WorldTenant;
let observing: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  const map = { DE: "eu", FR: "eu", US: "us", IN: "in" };
  const hybrid = async (slug: string, enforcement: "block" | "observe"): Promise<WorldTenant> => {
    const tenant = await world.addTenant({
      slug,
      preset: "no_location_requirement",
      homeRegion: "eu",
      enforcement,
      secret: `sk-sim-global-${slug}`,
      hosts: ["api.openai.com", "eu.api.openai.com", "us.api.openai.com", "in.api.openai.com"],
    });
    await changePolicy(world, tenant, { routing: { kind: "by_subject_country", map } });
    return tenant;
  };
  blocking = await hybrid("hybrid", "block");
  observing = await hybrid("watched", "observe");
  for (const tenant of [blocking, observing]) await untilInForce(tenant);
});

/** Until the gateway plans by the second version of the tenant's policy. */
async function untilInForce(tenant: WorldTenant): Promise<void> {
  for (let version: number | null = null; version !== 2; )
    version = (await calls.recordOf(tenant, () => ask(tenant, {}))).policy_version;
}

afterAll(() => world.stop());

function ask(tenant: WorldTenant, headers: Record<string, string>) {
  return world.openai(tenant.key, { defaultHeaders: headers }).chat.completions.create(prompt);
}

describe("routing by where the end user is", () => {
  it.each([
    ["Germany", { "x-domicile-subject-region": "DE" }, "eu.api.openai.com", "eu"],
    ["France, in small letters", { "x-domicile-subject-region": "fr" }, "eu.api.openai.com", "eu"],
    ["the United States", { "x-domicile-subject-region": "US" }, "us.api.openai.com", "us"],
    ["India", { "x-domicile-subject-region": "IN" }, "in.api.openai.com", "in"],
    [
      "a country that the map does not name: home, never wider",
      { "x-domicile-subject-region": "BR" },
      "eu.api.openai.com",
      "eu",
    ],
    ["nobody says where: home", {}, "eu.api.openai.com", "eu"],
  ])("%s", async (_, headers, host, region) => {
    world.provider.received.clear();
    const record = await calls.recordOf(blocking, () => ask(blocking, headers));
    expect(record).toMatchObject({
      host,
      intended_region: region,
      served_region: region,
      verdict: "compliant",
    });
    expect(world.provider.received.handshakes().every((name) => name === host)).toBe(true);
    expect(world.provider.received.requests().map((request) => request.host)).toEqual([host]);
  });

  it.each(["global", "us"])(
    "a caller who asks for %s for a German is refused before anything leaves",
    async (target) => {
      world.provider.received.clear();
      const headers = { "x-domicile-subject-region": "DE", "x-domicile-target-region": target };
      const record = await calls.recordOf(blocking, async () => {
        await expect(ask(blocking, headers)).rejects.toMatchObject({ status: 403, code: "region_blocked" });
      });
      expect(record).toMatchObject({ verdict: "blocked", intended_region: "eu" });
      expect(world.provider.received.requests()).toEqual([]);
    },
  );

  it("while the policy observes, the same call goes on and is flagged with its reason", async () => {
    const headers = { "x-domicile-subject-region": "DE", "x-domicile-target-region": "us" };
    const record = await calls.recordOf(observing, () => ask(observing, headers));
    expect(record).toMatchObject({
      host: "us.api.openai.com",
      verdict: "violation",
      reasons: ["subject_region_mismatch"],
      would_block: { code: "region_blocked" },
    });
  });

  it("the answer tells where the call went", async () => {
    await calls.recordOf(blocking, async () => {
      const { headers } = await calls.post("/chat/completions", {
        authorization: `Bearer ${blocking.key}`,
        "x-domicile-subject-region": "US",
      });
      expect(headers.get("x-domicile-region")).toBe("us");
      expect(headers.get("x-domicile-host")).toBe("us.api.openai.com");
    });
  });

  it.each(["UK", "EU", "Germany", "D E", "1"])(
    "%s is no country, and refused rather than sent home",
    async (word) => {
      await expect(ask(blocking, { "x-domicile-subject-region": word })).rejects.toMatchObject({
        status: 400,
        code: "invalid_domicile_header",
      });
    },
  );
});
