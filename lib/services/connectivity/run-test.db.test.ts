import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestedStep } from "../../contracts/connectivity.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type TenantWish,
  type WorldTenant,
} from "../../testing/gateway-world.ts";
import type { Actor } from "../actor.ts";
import { signInternalToken } from "../playground/internal-token.ts";
import { Refusal } from "../refusal.ts";
import { getTenant } from "../tenants/get-tenant.ts";
import { signConnectionToken } from "./connection-token.ts";
import { planConnectivityTest } from "./plan-test.ts";
import { runTest } from "./run-test.ts";

const job: Actor = { kind: "system", job: "test" };
const eu = "eu.api.openai.com";
const us = "us.api.openai.com";
const model = "gpt-4.1-mini-2025-04-14";
const personId = "018f0000-0000-7000-8000-000000000001";
let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});
afterAll(() => world.stop());

const gatewayUrl = () => `http://127.0.0.1:${world.gateway.port}`;
const credentialOf = async ({ slug }: WorldTenant) => {
  const [credential] = (await world.as("web", () => getTenant(job, slug))).credentials;
  if (!credential) throw new Error("The tenant has no credential.");
  return credential;
};
let tenants = 0;
const tenantWith = (
  wish: Omit<TenantWish, "slug" | "preset"> & { secret: string; preset?: TenantWish["preset"] },
) => {
  tenants += 1;
  return world.addTenant({ slug: `tested-${tenants}`, preset: "eea_ch", hosts: [eu], ...wish });
};

async function testOf(
  tenant: WorldTenant,
  asked: {
    host?: string;
    model?: string;
    gatewayUrl?: string;
    callToken?: () => Promise<string>;
  } = {},
) {
  const credential = await credentialOf(tenant);
  const { gatewayUrl: away, callToken, ...wish } = asked;
  const input = { tenant: tenant.slug, credentialId: credential.id, host: eu, model, ...wish };
  const planned = await world.as("web", () => planConnectivityTest(job, input));
  const steps: TestedStep[] = [];
  const run = runTest({
    ...planned,
    gatewayUrl: away ?? gatewayUrl(),
    callToken:
      callToken ??
      (async () =>
        signInternalToken({
          ...{ personId, tenantId: tenant.id },
          ...{ target: input.host, credentialId: credential.id },
        })),
    signal: AbortSignal.timeout(20_000),
  });
  for await (const step of run) steps.push(step);
  return steps;
}
const statesOf = (steps: readonly TestedStep[]) => steps.map(({ step, state }) => `${step} ${state}`);

describe("a connectivity test", () => {
  it("goes all the way, times each step, and is recorded like every call", async () => {
    const tenant = await tenantWith({
      secret: "sk-sim-eu-tested",
      pin: { kind: "processing", region: "eu" },
    });
    const steps = await testOf(tenant);
    expect(statesOf(steps)).toEqual(["dns ok", "tcp ok", "tls ok", "key ok", "models ok", "completion ok"]);
    expect(steps.every(({ ms }) => ms !== null && ms >= 0)).toBe(true);
    const calls = await world.recorded(tenant.id, 2);
    expect(calls.map(({ source, host, verdict }) => [source, host, verdict])).toEqual([
      ["playground", eu, "not_applicable"],
      ["playground", eu, "compliant"],
    ]);
    expect(steps.at(-1)?.callId).toBe(calls[1]?.id);
    expect(steps.find(({ step }) => step === "models")?.callId).toBe(calls[0]?.id);
  });

  it("says that a project belongs to another host, and does not follow where the provider points", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-us-elsewhere" });
    const steps = await testOf(tenant);
    expect(statesOf(steps).slice(3)).toEqual(["key failed", "models skipped", "completion skipped"]);
    const key = steps.find(({ step }) => step === "key");
    expect(key).toMatchObject({ code: "incorrect_hostname" });
    expect(key?.remedy).toContain(`does not allow ${us}: do not send there`);
    expect((await world.recorded(tenant.id, 1)).map(({ host }) => host)).toEqual([eu]);
  });

  it("names a key that the provider does not know, and repeats nothing of it", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-nowhere-unknown" });
    const steps = await testOf(tenant);
    expect(steps.find(({ step }) => step === "key")).toMatchObject({
      code: "invalid_api_key",
      state: "failed",
    });
    expect(JSON.stringify(steps)).not.toContain("sk-sim");
  });

  it.each([
    ["gpt-none-at-all", "model_not_found"],
    ["sim-429", "rate_limit_exceeded"],
    ["sim-500", "500"],
    ["sim-garbage", null],
    ["sim-reset", "upstream_failed"],
    ["sim-redirect-lookalike", "upstream_redirect"],
  ])("tells what became of the completion with %s", async (asked, code) => {
    const tenant = await tenantWith({ secret: "sk-sim-global-faulty", preset: "no_location_requirement" });
    const last = (await testOf(tenant, { model: asked })).at(-1);
    expect(last).toMatchObject({ step: "completion", state: "failed", code });
    expect(last?.remedy).not.toBeNull();
  });

  it("says that the policy stops a model, before it left", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-eu-model", pin: { kind: "processing", region: "eu" } });
    const last = (await testOf(tenant, { model: "gpt-none-at-all" })).at(-1);
    expect(last).toMatchObject({ step: "completion", state: "failed", code: "model_not_eligible" });
  });

  it("is stopped by the policy like every call, and says so with the gateway's words", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-global-both", hosts: [eu, us] });
    const steps = await testOf(tenant, { host: us });
    const key = steps.find(({ step }) => step === "key");
    expect(key).toMatchObject({ state: "failed", code: "region_blocked" });
    expect(key?.sentence).toContain("Nothing was sent");
    expect((await world.recorded(tenant.id, 1))[0]?.verdict).toBe("blocked");
  });

  it("says where the gateway itself is away", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-eu-away" });
    const steps = await testOf(tenant, { gatewayUrl: "http://127.0.0.1:9" });
    expect(statesOf(steps)).toEqual([
      "dns failed",
      "tcp skipped",
      "tls skipped",
      "key skipped",
      "models skipped",
      "completion skipped",
    ]);
  });

  it("ends where the call itself is refused, and calls that no silence of the provider", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-eu-refused" });
    const refusal = new Refusal("forbidden", "You may no longer send.");
    await expect(testOf(tenant, { callToken: () => Promise.reject(refusal) })).rejects.toBe(refusal);
  });

  it("is refused for a host that the key was not saved for", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-eu-narrow" });
    const { id } = await credentialOf(tenant);
    const input = { tenant: tenant.slug, credentialId: id, host: us, model };
    await world.as("web", () =>
      expect(planConnectivityTest(job, input)).rejects.toMatchObject({ fields: [{ field: "host" }] }),
    );
  });
});

describe("the gateway's part of it", () => {
  const post = (token: string, method = "POST") =>
    fetch(`${gatewayUrl()}/internal/connection`, { method, headers: { authorization: `Bearer ${token}` } });

  it("takes a token of ours only, not expired, for a host of a stored key of that tenant", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-eu-tokens" });
    const other = await tenantWith({ secret: "sk-sim-eu-others" });
    const { id } = await credentialOf(tenant);
    const good = { tenantId: tenant.id, credentialId: id, host: eu };
    expect((await post(signConnectionToken(good), "GET")).status).toBe(405);
    for (const bad of ["", "dompc_x.y", signConnectionToken(good, Date.now() - 61_000)])
      expect((await post(bad)).status, bad).toBe(401);
    for (const bad of [
      { ...good, host: us },
      { ...good, host: "127.0.0.1" },
      { ...good, tenantId: other.id },
    ])
      expect((await post(signConnectionToken(bad))).status).toBe(403);
    expect(await (await post(signConnectionToken(good))).json()).toMatchObject({
      failed: null,
      mapped: true,
    });
  });

  it("sends the one key that the token names, and no other that fits the host", async () => {
    const tenant = await tenantWith({ secret: "sk-sim-eu-first" });
    const token = signInternalToken({ personId, tenantId: tenant.id, target: eu, credentialId: personId });
    const answer = await fetch(`${gatewayUrl()}/v1/models`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: "no_provider_credential" } });
  });
});
