import { describe, expect, it } from "vitest";
import { matchOperation } from "../core/calls/match-operation.ts";
import { readRequest } from "../core/calls/read-request.ts";
import type { Policy } from "../core/policies/policy.ts";
import { policyFromPreset } from "../core/policies/presets.ts";
import { openaiCatalog } from "../core/regions/openai-catalog.ts";
import type { TenantConfig, UsableCredential } from "../services/gateway-config/load-tenant-config.ts";
import { GatewayRefusal } from "./answer-error.ts";
import { findRoute, type Route, refusalOf } from "./route.ts";

const operation = matchOperation("POST", "/v1/chat/completions");
if (!operation) throw new Error("There is no such operation.");

const at = "2026-11-22T10:00:00.000Z";
const observing = (until: string): Policy =>
  policyFromPreset("eea_ch", { homeRegion: "eu", enforcement: { mode: "observe", until }, acceptance: null });
const blocking = policyFromPreset("eea_ch", {
  homeRegion: "eu",
  enforcement: { mode: "block" },
  acceptance: null,
});

const credential = (
  id: string,
  host: string,
  kind: "processing" | "unknown" = "processing",
): UsableCredential => ({
  id,
  secret: `sk-sim-${id}`,
  hosts: [host],
  projectId: null,
  upstream: { kind: "openai" },
  pin: {
    kind,
    region: kind === "processing" ? "eu" : null,
    source: "attestation",
    since: null,
    attestedBy: null,
  },
});

type Wish = {
  readonly policies?: readonly { version: number; policy: Policy; effectiveAt: string }[];
  readonly credentials?: readonly UsableCredential[];
  readonly target?: string;
  readonly ownProviderKey?: string;
  readonly mode?: "live" | "simulated";
};

function route(wish: Wish = {}) {
  const policies = wish.policies ?? [
    { version: 1, policy: blocking, effectiveAt: "2026-01-01T00:00:00.000Z" },
  ];
  const config: TenantConfig = {
    tenant: { id: "t", slug: "t", mode: wish.mode ?? "simulated" },
    policies: policies.map((version) => ({ ...version, sha256: "" })),
    credentials: wish.credentials ?? [credential("eu", "eu.api.openai.com")],
    catalog: openaiCatalog,
  };
  return findRoute({
    requestBody: "read",
    caller: {
      config,
      source: "gateway",
      key: null,
      keyId: "k",
      applicationId: "a",
      applicationName: "app",
      keyTarget: "policy",
      ownProviderKey: wish.ownProviderKey ?? null,
    },
    asked: {
      targetRegion: wish.target ?? null,
      subjectCountry: null,
      clientRequestId: null,
      app: null,
      endUser: null,
      traceId: null,
    },
    operation: operation as NonNullable<typeof operation>,
    reading: readRequest(operation as NonNullable<typeof operation>, { model: "gpt-5.5" }),
    catalog: openaiCatalog,
    relayCountry: "DE",
    at,
  });
}

function codeOf(action: () => Route): string {
  try {
    const found = action();
    const refusal = refusalOf(found);
    expect(found.providerKey === null).toBe(refusal !== null);
    return refusal?.code ?? "sent";
  } catch (error) {
    return error instanceof GatewayRefusal ? error.code : String(error);
  }
}

describe("findRoute", () => {
  it("takes the newest version in force when the call began, not one still to come", () => {
    const later = { version: 2, policy: blocking, effectiveAt: "2026-11-22T10:00:00.001Z" };
    const now = { version: 1, policy: blocking, effectiveAt: at };
    expect(route({ policies: [later, now] }).policy.version).toBe(1);
  });

  it("refuses a tenant without a policy in force", () => {
    expect(codeOf(() => route({ policies: [] }))).toBe("policy_missing");
    const later = { version: 1, policy: blocking, effectiveAt: "2026-11-23T00:00:00.000Z" };
    expect(codeOf(() => route({ policies: [later] }))).toBe("policy_missing");
  });

  it("sends and says what block would have done, until the day on which observing ends", () => {
    const credentials = [credential("global", "api.openai.com", "unknown")];
    const policy = (until: string) => [
      { version: 1, policy: observing(until), effectiveAt: "2026-01-01T00:00:00.000Z" },
    ];
    const before = route({ policies: policy("2026-11-23T00:00:00.000Z"), credentials, target: "global" });
    expect(before.plan).toMatchObject({ kind: "send", wouldBlock: { code: "region_blocked" } });
    const after = route({ policies: policy("2026-11-22T00:00:00.000Z"), credentials, target: "global" });
    expect(after).toMatchObject({ plan: { kind: "refuse", code: "region_blocked" }, providerKey: null });
  });

  it("chooses the key by the host, and gives it to no other", () => {
    const credentials = [credential("us", "us.api.openai.com"), credential("eu", "eu.api.openai.com")];
    expect(route({ credentials })).toMatchObject({ credential: { id: "eu" }, providerKey: "sk-sim-eu" });
    expect(codeOf(() => route({ credentials: [credential("us", "us.api.openai.com")] }))).toBe(
      "no_provider_credential",
    );
  });

  it("takes the caller's own key, knows no pin of it, and leaves the stored ones alone", () => {
    expect(route({ ownProviderKey: "sk-sim-own" })).toMatchObject({
      credential: null,
      providerKey: "sk-sim-own",
      pin: { kind: "unknown" },
    });
  });

  it.each([
    ["live", "sk-sim-own", "simulated_key_refused"],
    ["simulated", "sk-proj-own", "live_key_refused"],
    ["live", "sk-proj-own", "sent"],
    ["simulated", "sk-sim-own", "sent"],
  ] as const)("a %s tenant with %s: %s", (mode, ownProviderKey, code) => {
    expect(codeOf(() => route({ mode, ownProviderKey }))).toBe(code);
  });

  it("holds stored keys to the same, however they came to be stored", () => {
    expect(codeOf(() => route({ mode: "live" }))).toBe("simulated_key_refused");
  });
});
