import { describe, expect, it } from "vitest";
import { type Pin, unknownPin } from "../policies/policy.ts";
import type { ConnectionSteps } from "./connection-steps.ts";
import {
  explainCompletion,
  explainError,
  explainKey,
  explainModels,
  type TestAnswer,
  type TestPlace,
} from "./explain-answer.ts";
import { explainConnection } from "./explain-connection.ts";

const eu = "eu.api.openai.com";
const bound: Pin = { kind: "processing", region: "eu", source: "probe", since: null, attestedBy: null };
const place: TestPlace = {
  host: eu,
  place: "Europe",
  region: "eu",
  model: "gpt-4o",
  pin: bound,
  allowedHosts: [eu],
};
const answer = (over: Partial<TestAnswer>): TestAnswer => ({
  status: 200,
  headMs: 9,
  ms: 12,
  errorCode: null,
  gatewayMessage: null,
  suggestedHost: null,
  ...over,
});
const open: ConnectionSteps = {
  failed: null,
  failure: null,
  mapped: false,
  addresses: 2,
  dnsMs: 1,
  tcpMs: 2,
  tlsMs: 3,
};

describe("a connection in words", () => {
  it("tells the three steps with their times", () => {
    expect(explainConnection(eu, open).map(({ step, state, ms }) => [step, state, ms])).toEqual([
      ["dns", "ok", 1],
      ["tcp", "ok", 2],
      ["tls", "ok", 3],
    ]);
  });

  it.each([
    ["dns", "dns", ["failed", "skipped", "skipped"]],
    ["dns", "address_refused", ["failed", "skipped", "skipped"]],
    ["tcp", "tcp", ["ok", "failed", "skipped"]],
    ["tcp", "connect_timeout", ["ok", "failed", "skipped"]],
    ["tls", "tls", ["ok", "ok", "failed"]],
    ["tls", "connect_timeout", ["ok", "ok", "failed"]],
  ] as const)(
    "says what failed at %s (%s), with a remedy, and skips what follows",
    (failed, failure, states) => {
      const steps = explainConnection(eu, { ...open, failed, failure });
      expect(steps.map(({ state }) => state)).toEqual(states);
      const step = steps.find(({ state }) => state === "failed");
      expect(step?.code).toBe(failure);
      // What failed took its time as well.
      expect(step?.ms).toBe({ dns: 1, tcp: 2, tls: 3 }[failed]);
      expect(step?.remedy).toMatch(/\.$/);
    },
  );
});

describe("the key in words", () => {
  it("holds the recorded pin against the host that served it", () => {
    const pinned = (pin: TestPlace["pin"]) => explainKey(answer({}), { ...place, pin });
    expect(explainKey(answer({}), place)).toMatchObject({ state: "ok", ms: 9 });
    expect(explainModels(answer({}), [], place).ms).toBe(3);
    expect(pinned(unknownPin)).toMatchObject({ state: "doubt" });
    expect(pinned(null)).toMatchObject({ state: "ok", remedy: null });
    expect(pinned({ ...bound, region: "us" }).remedy).toContain("recorded pin is wrong");
    expect(pinned({ ...bound, kind: "storage_only" }).sentence).toContain("only stores");
    expect(pinned({ ...bound, kind: "global", region: null }).state).toBe("ok");
  });

  it("never recommends a host that the policy does not allow, though the provider does", () => {
    const said = answer({ status: 401, errorCode: "incorrect_hostname", suggestedHost: "us.api.openai.com" });
    const { remedy, sentence } = explainKey(said, place);
    expect(sentence).toContain("it was not asked");
    expect(remedy).toMatch(/does not allow us\.api\.openai\.com: do not send there/);
    const allowed = explainKey(said, { ...place, allowedHosts: [eu, "us.api.openai.com"] });
    expect(allowed.remedy).toContain("which the policy allows");
  });

  it.each([
    [401, "invalid_api_key", /Replace the provider key/],
    [404, "model_not_found", /Choose one of the list/],
    [429, "insufficient_quota", /credit/],
    [401, null, /right project/],
    [403, null, /permissions/],
    [503, null, /status page/],
    [418, null, /Look at the call/],
  ] as const)("has a remedy for %s %s", (status, errorCode, remedy) => {
    expect(explainError("completion", answer({ status, errorCode }), place).remedy).toMatch(remedy);
  });

  it("repeats the gateway's own words, and says when it did not answer", () => {
    const own = answer({ status: 403, errorCode: "region_blocked", gatewayMessage: "Nothing was sent." });
    expect(explainKey(own, place)).toMatchObject({ state: "failed", sentence: "Nothing was sent." });
    expect(explainKey(answer({ status: null }), place).remedy).toContain("GATEWAY_URL");
  });
});

describe("models and completion in words", () => {
  it("doubts a model that is not listed, and fails what is no list", () => {
    expect(explainModels(answer({}), ["gpt-4o"], place).state).toBe("ok");
    expect(explainModels(answer({}), ["o3"], place).state).toBe("doubt");
    expect(explainModels(answer({}), null, place).state).toBe("failed");
  });

  it("names the model that answered", () => {
    expect(explainCompletion(answer({}), "gpt-4o-2024-11-20", place).sentence).toContain("for gpt-4o");
    expect(explainCompletion(answer({}), null, place).state).toBe("failed");
  });
});
