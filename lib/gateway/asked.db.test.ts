import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, callsOf, type GatewayCalls, prompt, tenantWishes } from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
});

afterAll(() => world.stop());

describe("400", () => {
  it("takes a body in which one name stands in two objects", async () => {
    const tool = (name: string) => ({ type: "function", function: { name, parameters: { type: "object" } } });
    const body = JSON.stringify({ ...prompt, tools: [tool("a"), tool("b")] });
    await calls.recordOf(bank, async () => {
      expect((await calls.post("/chat/completions", bearer(bank.key), body)).status).toBe(200);
    });
  });

  it.each([
    ["x-domicile-target-region", "europe", "a region that cannot be one"],
    ["x-domicile-subject-region", "ZZ", "no country"],
    ["x-domicile-subject-region", "XX", "no country"],
    ["x-domicile-subject-region", "EU", "a union, no country"],
    ["x-domicile-subject-region", "UK", "not the code of the United Kingdom"],
    ["x-domicile-target-regoin", "eu", "a name that is not ours"],
    ["x-domicile-region", "eu", "a header of our answers"],
  ])("invalid_domicile_header for %s: %s (%s), instead of the default place", async (name, value) => {
    const before = calls.requestsSeen();
    const refused = await calls.post("/chat/completions", { ...bearer(bank.key), [name]: value });
    expect(refused).toMatchObject({ status: 400, code: "invalid_domicile_header" });
    expect(refused.json).toMatchObject({ error: { param: name } });
    expect(calls.requestsSeen()).toBe(before);
  });
});

describe("where a call asks to go", () => {
  it("the header `policy` takes the policy's route, whatever the key aims at", async () => {
    const apps = await world.addTenant(tenantWishes.apps);
    const aimed = await calls.recordOf(apps, () => calls.post("/chat/completions", bearer(apps.key)));
    expect(aimed.host).toBe("api.openai.com");
    const headers = { ...bearer(apps.key), "x-domicile-target-region": "policy" };
    const routed = await calls.recordOf(apps, () => calls.post("/chat/completions", headers));
    expect(routed.host).toBe("eu.api.openai.com");
  });

  it.each([
    ["policy", "eu.api.openai.com"],
    ["eu", "eu.api.openai.com"],
    ["global", "api.openai.com"],
    ["api.openai.com", "api.openai.com"],
  ])("a key may aim at %s, and its calls go to %s", async (target, host) => {
    const secret = "sk-sim-global-aimed";
    const hosts = ["api.openai.com", "eu.api.openai.com"];
    const slug = `aimed-${target.replaceAll(".", "-")}`;
    const aimed = await world.addTenant({ ...tenantWishes.apps, slug, target, secret, hosts });
    const call = await calls.recordOf(aimed, async () => {
      const { status, headers } = await calls.post("/chat/completions", bearer(aimed.key));
      expect([status, headers.get("x-domicile-host")]).toEqual([200, host]);
    });
    expect(call).toMatchObject({ host, status: 200 });
  });
});
