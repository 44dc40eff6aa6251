import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../services/actor.ts";
import { recordPinProbe, startPinProbe } from "../services/pins/probe-pin.ts";
import { signProbeToken } from "../services/pins/probe-token.ts";
import { getTenant } from "../services/tenants/get-tenant.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

const job: Actor = { kind: "system", job: "test" };
const eu = "eu.api.openai.com";
const us = "us.api.openai.com";
let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});
afterAll(() => world.stop());

const post = (token: string, method = "POST") =>
  fetch(`http://127.0.0.1:${world.gateway.port}/internal/pin-probe`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
const credentialOf = async (tenant: WorldTenant) => {
  const detail = await world.as("web", () => getTenant(job, tenant.slug));
  const [credential] = detail.credentials;
  if (!credential) throw new Error("The tenant has no credential.");
  return credential;
};
const tenantWith = (slug: string, secret: string, hosts: readonly string[] = [eu]) =>
  world.addTenant({ slug, preset: "eea_ch", secret, hosts });
const probe = async (tenant: WorldTenant, region = "eu") => {
  const { id } = await credentialOf(tenant);
  const where = { tenant: tenant.slug, credentialId: id, region };
  const { token } = await world.as("web", () => startPinProbe(job, where));
  const answers = await (await post(token)).json();
  return world.as("web", () => recordPinProbe(job, { ...where, ...answers }));
};

describe("a probe of a pin", () => {
  it("records that a project is bound to its region, with the two answers it follows from", async () => {
    const tenant = await tenantWith("pinned", "sk-sim-eu-pinnedbank");
    expect((await credentialOf(tenant)).pin.kind).toBe("unknown");
    expect(await probe(tenant)).toMatchObject({
      recorded: true,
      answers: [
        { host: eu, status: 200 },
        { host: us, status: 401, errorCode: "incorrect_hostname" },
      ],
    });
    expect((await credentialOf(tenant)).pin).toMatchObject({
      kind: "processing",
      region: "eu",
      source: "probe",
      attestedBy: null,
    });
    const events = await world.sql<{ kind: string }>(
      tenant.id,
      "SELECT kind FROM audit_event WHERE kind LIKE 'pin.%' ORDER BY at, id",
    );
    expect(events.map(({ kind }) => kind)).toEqual(["pin.probe_started", "pin.probed"]);
    expect(await world.sql(tenant.id, "SELECT 1 FROM call")).toEqual([]);
  });

  it("finds a global project, which every regional host serves", async () => {
    const tenant = await tenantWith("everywhere", "sk-sim-global-everybank");
    await probe(tenant);
    expect((await credentialOf(tenant)).pin).toMatchObject({ kind: "global", region: null, source: "probe" });
  });

  it("tells the key to no second host where the first does not serve it, and records nothing", async () => {
    const tenant = await tenantWith("elsewhere", "sk-sim-us-elsewhere");
    const outcome = await probe(tenant);
    expect(outcome).toMatchObject({ recorded: false, answers: [{ host: eu, status: 401 }] });
    expect(outcome.answers).toHaveLength(1);
    expect((await credentialOf(tenant)).pin.kind).toBe("unknown");
  });

  it("is refused for hosts that the key was not saved for, and for what is no region", async () => {
    const tenant = await tenantWith("narrow", "sk-sim-eu-narrowbank");
    const { id } = await credentialOf(tenant);
    for (const region of ["us", "atlantis"])
      await world.as("web", () =>
        expect(startPinProbe(job, { tenant: "narrow", credentialId: id, region })).rejects.toMatchObject({
          fields: [{ field: "region" }],
        }),
      );
  });
});

describe("the gateway's part of it", () => {
  it("takes a token of ours only, not expired, and by POST only", async () => {
    const tenant = await tenantWith("tokens", "sk-sim-eu-tokenbank");
    const { id } = await credentialOf(tenant);
    const claims = { tenantId: tenant.id, credentialId: id, own: eu, wrong: us };
    const good = signProbeToken(claims);
    expect((await post(good, "GET")).status).toBe(405);
    for (const bad of [
      `${good.slice(0, -2)}AA`,
      signProbeToken(claims, Date.now() - 61_000),
      "dompp_x.y",
      "",
    ])
      expect((await post(bad)).status, bad).toBe(401);
    expect((await post(good)).status).toBe(200);
  });

  it.each([
    ["the global host", { own: eu, wrong: "api.openai.com" }],
    ["a lookalike", { own: eu, wrong: "api.openai.eu" }],
    ["a host of the same region", { own: eu, wrong: eu }],
    ["a host it was not saved for", { own: us, wrong: eu }],
  ])("never tells a key to %s, even with a token that says so", async (_what, hosts) => {
    const slug = `last-look-${hosts.own.slice(0, 2)}-${hosts.wrong.replaceAll(".", "-")}`.slice(0, 40);
    const tenant = await tenantWith(slug, "sk-sim-eu-lastlook");
    const { id } = await credentialOf(tenant);
    const answer = await post(signProbeToken({ tenantId: tenant.id, credentialId: id, ...hosts }));
    expect(answer.status).toBe(403);
  });

  it("finds no key of another tenant", async () => {
    const one = await tenantWith("one-bank", "sk-sim-eu-onebank");
    const other = await tenantWith("other-bank", "sk-sim-eu-otherbank");
    const { id } = await credentialOf(one);
    const token = signProbeToken({ tenantId: other.id, credentialId: id, own: eu, wrong: us });
    expect((await post(token)).status).toBe(403);
  });
});
