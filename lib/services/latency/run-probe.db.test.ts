import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProbeSample } from "../../contracts/latency.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../../testing/gateway-world.ts";
import { signInternalToken } from "../playground/internal-token.ts";
import { type ProbeInput, runProbe } from "./run-probe.ts";

const personId = "018f0000-0000-7000-8000-000000000001";
const model = "gpt-4.1-mini-2025-04-14";
let world: GatewayWorld;
let open: WorldTenant;
beforeAll(async () => {
  world = await createGatewayWorld();
  open = await world.addTenant({
    slug: "open",
    preset: "no_location_requirement",
    secret: "sk-sim-global-probed",
    hosts: ["eu.api.openai.com", "us.api.openai.com", "api.openai.com"],
  });
});
afterAll(() => world.stop());

async function probe(tenant: WorldTenant, over: Partial<ProbeInput> = {}): Promise<ProbeSample[]> {
  const samples: ProbeSample[] = [];
  const run = runProbe({
    first: "eu",
    second: "us",
    model,
    rounds: 3,
    gatewayUrl: `http://127.0.0.1:${world.gateway.port}`,
    callToken: async (target) => signInternalToken({ personId, tenantId: tenant.id, target }),
    signal: AbortSignal.timeout(20_000),
    ...over,
  });
  for await (const sample of run) samples.push(sample);
  return samples;
}

describe("a probe of two targets", () => {
  it("asks both in turn, times first text and end, and is recorded like every call", async () => {
    const samples = await probe(open);
    expect(samples.map(({ side }) => side)).toEqual([
      "first",
      "second",
      "second",
      "first",
      "first",
      "second",
    ]);
    for (const { firstTextMs, totalMs, last } of samples) {
      expect(firstTextMs).toBeGreaterThan(0);
      expect(totalMs).toBeGreaterThanOrEqual(firstTextMs ?? 0);
      expect(last).toBe(false);
    }
    const calls = await world.recorded(open.id, 6);
    expect(calls.map(({ source, served_region }) => [source, served_region])).toEqual(
      samples.map(({ side }) => ["playground", side === "first" ? "eu" : "us"]),
    );
    expect(new Set(samples.map(({ callId }) => callId))).toEqual(new Set(calls.map(({ id }) => id)));
  });

  it("asks a target no more that the policy refuses, with the gateway's words, and goes on with the other", async () => {
    const strict = await world.addTenant({
      slug: "strict",
      preset: "eea_ch",
      secret: "sk-sim-eu-strict",
      pin: { kind: "processing", region: "eu" },
    });
    const samples = await probe(strict, { second: "global" });
    const refused = samples.filter(({ side }) => side === "second");
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: "region_blocked", totalMs: null, last: true });
    expect(refused[0]?.message).toContain("Nothing was sent");
    expect(samples.filter(({ totalMs }) => totalMs !== null)).toHaveLength(3);
  });

  it("gives up on a target that failed three times running, and repeats no words of the provider's", async () => {
    const samples = await probe(open, { model: "sim-500", rounds: 5 });
    expect(samples.filter(({ side }) => side === "first").map(({ last }) => last)).toEqual([
      false,
      false,
      true,
    ]);
    expect(samples).toHaveLength(6);
    expect(samples[0]?.message).toBe("The provider answered 500.");
  });

  it("ends with the call that runs when the reader stops", async () => {
    const stop = new AbortController();
    const run = runProbe({
      first: "eu",
      second: "us",
      model,
      rounds: 50,
      gatewayUrl: `http://127.0.0.1:${world.gateway.port}`,
      callToken: async (target) => signInternalToken({ personId, tenantId: open.id, target }),
      signal: stop.signal,
    });
    await run.next();
    stop.abort();
    expect((await run.next()).done).toBe(true);
  });
});
