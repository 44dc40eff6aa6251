import { describe, expect, it } from "vitest";
import { isDomicileKey } from "../../core/access/domicile-key.ts";
import { checkSecret } from "./check-secret.ts";

const ours = [
  "dom_k3f9abcd_x",
  "dompg_eyJ9.AAAA",
  "dompp_eyJ9.AAAA",
  "dompc_eyJ9.AAAA",
  "domup_eyJ9.AAAA",
  "domac_eyJ9.AAAA",
  "DOM_K3F9ABCD_X",
];
const theirs = ["sk-proj-1", "sk-sim-eu-1", "domain_key", "dom-1", "xdom_1", ""];

describe("a key of ours", () => {
  it.each(ours)("is known by its beginning, in any case: %s", (key) => expect(isDomicileKey(key)).toBe(true));
  it.each(theirs)("is none that only looks alike: %j", (key) => expect(isDomicileKey(key)).toBe(false));

  it.each(ours)("is never kept as a provider's: %s", (key) => {
    for (const mode of ["live", "simulated"])
      expect(() => checkSecret(key, mode)).toThrow(
        expect.objectContaining({
          code: "invalid_input",
          fields: [{ field: "secret", message: expect.stringContaining("a key of Domicile") }],
        }),
      );
  });
});

it("a key is kept in a tenant of its own mode alone", () => {
  expect(() => checkSecret("sk-proj-1", "live")).not.toThrow();
  expect(() => checkSecret("sk-sim-eu-1", "simulated")).not.toThrow();
  expect(() => checkSecret("sk-proj-1", "simulated")).toThrow();
  expect(() => checkSecret("sk-sim-eu-1", "live")).toThrow();
  expect(() => checkSecret("sk proj", "live")).toThrow();
});
