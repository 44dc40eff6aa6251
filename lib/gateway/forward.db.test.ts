import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };

let world: GatewayWorld;
let bank: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  bank = await world.addTenant({
    slug: "bank",
    preset: "eea_ch",
    homeRegion: "eu",
    secret: "sk-sim-eu-bank",
    pin: { kind: "processing", region: "eu" },
  });
});

afterAll(() => world.stop());

describe("200", () => {
  it("answers the unmodified client and records the call with evidence from its own socket", async () => {
    const { data, response } = await world.openai(bank.key).chat.completions.create(prompt).withResponse();
    expect(data.choices[0]?.message.content).toContain("simulated provider");
    expect(response.headers.get("x-domicile-host")).toBe("eu.api.openai.com");
    expect(response.headers.get("x-domicile-region")).toBe("eu");
    const [call] = await world.recorded(bank.id, 1);
    expect(call).toMatchObject({ id: response.headers.get("x-domicile-call-id"), verdict: "compliant" });
  });
});
