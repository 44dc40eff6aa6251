import { afterEach, describe, expect, it, vi } from "vitest";
import { intakeSettings } from "./intake-settings.ts";
import { webSettings } from "./web-settings.ts";

afterEach(() => vi.unstubAllEnvs());

describe("the gateway's address", () => {
  const from = (own: string, shown: string) => {
    vi.stubEnv("GATEWAY_URL", own);
    vi.stubEnv("GATEWAY_PUBLIC_URL", shown);
    vi.stubEnv("DOMICILE_GATEWAY_NAMES", "ai.corp.example");
    return { ...webSettings(), names: intakeSettings().gatewayNames };
  };

  it("is shown to people as the proxy's, and asked where it stands", () => {
    const told = from("http://10.0.0.7:8787", "https://gateway.example/");
    expect(told.publicGatewayUrl).toBe("https://gateway.example/");
    expect(told.gatewayUrl).toBe("http://10.0.0.7:8787");
  });

  it("is one and the same where nobody says otherwise", () => {
    const told = from("http://10.0.0.7:8787", "");
    expect(told.publicGatewayUrl).toBe("http://10.0.0.7:8787");
    expect(told.names).toEqual(["ai.corp.example", "10.0.0.7:8787"]);
  });

  it.each([
    ["https://gateway.example:443", "gateway.example"],
    ["https://gateway.example:8443/openai", "gateway.example:8443"],
  ])("%s makes %s a name of the gateway", (shown, name) => {
    expect(from("", shown).names).toEqual(["ai.corp.example", name]);
  });

  it("refuses what is no address", () => {
    expect(() => from("", "gateway.example")).toThrow("GATEWAY_PUBLIC_URL");
  });
});
