import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gatewaySettings } from "./gateway-settings.ts";

beforeEach(() => vi.stubEnv("DOMICILE_HOME", "/nowhere"));
afterEach(() => vi.unstubAllEnvs());

describe("gatewaySettings", () => {
  it.each(["UK", "EU", "ZZ", "de"])("refuses %s for the relay's country", (country) => {
    vi.stubEnv("DOMICILE_RELAY_COUNTRY", country);
    expect(() => gatewaySettings()).toThrow(/DOMICILE_RELAY_COUNTRY: .* GB \(not UK/);
    vi.stubEnv("DOMICILE_RELAY_COUNTRY", "GB");
    expect(gatewaySettings().relayCountry).toBe("GB");
  });

  it("gives open calls as long as operations.md names where nobody says otherwise", () => {
    expect(gatewaySettings().drainMs).toBe(6_000);
    vi.stubEnv("DOMICILE_DRAIN_SECONDS", "30");
    expect(gatewaySettings().drainMs).toBe(30_000);
  });
});
