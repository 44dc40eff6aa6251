import { describe, expect, it } from "vitest";
import { oidcFault } from "./oidc-fault.ts";

describe("oidcFault", () => {
  it.each([
    ["nonce mismatch, expected a, got: b", "nonce is not the one that was sent"],
    ["state mismatch, expected a, got: b", "state is not the one that was sent"],
    ["State cookie was missing.", "state is not the one that was sent"],
    ["aud mismatch, expected a, got: b", "audience is another client"],
    ["unexpected iss value, expected a, got: b", "issuer is another one"],
    ["invalid_client (the secret is hunter2)", "provider refused the client"],
    ["connect ECONNREFUSED 127.0.0.1:1", "provider did not answer"],
  ])("%s: %s", (message, reason) => {
    expect(oidcFault(new Error(message))).toBe(reason);
  });

  it("says nothing of what it does not know", () => {
    for (const error of [new Error("call 555 now"), "nonce mismatch", null])
      expect(oidcFault(error)).toBeUndefined();
  });
});
