import { describe, expect, it } from "vitest";
import type { TenantConfig } from "../services/gateway-config/load-tenant-config.ts";
import { GatewayRefusal } from "./answer-error.ts";
import { type ConfigCache, ConfigStale } from "./config-cache.ts";
import { identify } from "./identify.ts";

function cacheThat(fails: Error | null): ConfigCache {
  const answer = <T>(value: T): Promise<T> => (fails ? Promise.reject(fails) : Promise.resolve(value));
  return {
    authenticate: () => answer(null),
    tenant: () => answer({} as TenantConfig),
    isConfirmed: () => true,
    confirm: () => answer(undefined),
    ageMs: () => 0,
    start: () => {},
    stop: () => {},
  };
}

async function codeOf(fails: Error | null, headers: Record<string, string>): Promise<string> {
  try {
    await identify(
      { config: cacheThat(fails), verifyPlayground: async () => null, verifyUpkeep: async () => null },
      headers,
    );
    return "identified";
  } catch (error) {
    return error instanceof GatewayRefusal ? error.code : String(error);
  }
}

const key = { authorization: "Bearer dom_x" };

describe("identify", () => {
  it("says policy_stale where the configuration is too old, and evidence_unavailable while the store is away", async () => {
    expect(await codeOf(new ConfigStale("old"), key)).toBe("policy_stale");
    expect(await codeOf(new Error("connect ECONNREFUSED"), key)).toBe("evidence_unavailable");
  });

  it.each([
    ["no header", {}, "missing_domicile_key"],
    ["another scheme", { authorization: "Basic ZG9tX3g6" }, "missing_domicile_key"],
    ["an empty key", { authorization: "Bearer " }, "missing_domicile_key"],
    ["two keys in one header", { authorization: "Bearer dom_x dom_y" }, "missing_domicile_key"],
    ["a Domicile key without a provider's", { "x-domicile-key": "dom_x" }, "missing_provider_key"],
    [
      "a token for a provider's key",
      { "x-domicile-key": "dom_x", authorization: "Bearer dompg_x" },
      "invalid_provider_key",
    ],
    ["an unknown key", key, "invalid_domicile_key"],
    ["a worker's token nobody signed", { authorization: "Bearer domup_x" }, "invalid_domicile_key"],
    ["a token nobody signed", { authorization: "Bearer dompg_x" }, "invalid_domicile_key"],
  ])("refuses %s", async (_what, headers, code) => {
    expect(await codeOf(null, headers as Record<string, string>)).toBe(code);
  });
});
