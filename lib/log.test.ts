import { describe, expect, it } from "vitest";
import { withoutNamed, withoutSecrets } from "./log.ts";

describe("withoutSecrets", () => {
  it.each([
    ["a provider key", "key sk-proj-abcdefghijk used", "key sk-[redacted] used"],
    ["a simulated key", "sk-sim-eu-12345", "sk-[redacted]"],
    ["a gateway key, keeping its public id", "dom_AbCd1234_s3cr3ts3cr3t_x1y2z3", "dom_AbCd1234_[redacted]"],
    ["an internal token", '{"t":"dompg_abc.def-ghi"}', '{"t":"dompg_[redacted]"}'],
    ["a token of the worker", '{"t":"domup_abc.def-ghi"}', '{"t":"domup_[redacted]"}'],
    [
      "a bearer token of any kind",
      "authorization: Bearer eyJhbGciOi.x.y",
      "authorization: Bearer [redacted]",
    ],
    [
      "a name and password, in any case",
      "proxy-authorization: BASIC  dTpw",
      "proxy-authorization: BASIC [redacted]",
    ],
    ["a token of a probe", "dompp_abc.def", "dompp_[redacted]"],
    ["a token of a test connection", "dompc_abc.def", "dompc_[redacted]"],
    ["a token for an account's question", "domac_abc.def", "domac_[redacted]"],
    ["an admin key of a provider", "sk-admin-abc-def_0123456789", "sk-[redacted]"],
    ["a database password", "postgresql://web:pa%2Fss@db:5432/x", "postgresql://web:[redacted]@db:5432/x"],
  ])("takes out %s", (_what, text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });

  it("leaves hosts, models and ids alone", () => {
    const line = "POST https://eu.api.openai.com/v1/responses gpt-5 resp_0123456789 task-force";
    expect(withoutSecrets(line)).toBe(line);
  });
});

describe("withoutNamed", () => {
  it("takes out members that are named like a secret, three levels deep, and changes no object of others", () => {
    const given = { a: 1, token: "t", b: { password: "p", c: { apiKey: "k", d: { secret: "deeper" } } } };
    const before = structuredClone(given);
    expect(withoutNamed(given)).toEqual({
      a: 1,
      token: "[redacted]",
      b: { password: "[redacted]", c: { apiKey: "[redacted]", d: { secret: "deeper" } } },
    });
    expect(given).toEqual(before);
  });

  it("copies nothing where there is nothing to take out", () => {
    const given = { callId: "x", err: new Error("told elsewhere"), list: [1] };
    expect(withoutNamed(given)).toBe(given);
  });
});
