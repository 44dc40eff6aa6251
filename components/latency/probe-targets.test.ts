import { describe, expect, it } from "vitest";
import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { probeTargets } from "./probe-targets.ts";

const outlook = (target: string, over: Partial<TargetOutlook> = {}): TargetOutlook => ({
  target,
  host: `${target}.example`,
  region: null,
  outlook: "sent",
  objection: null,
  hasCredential: true,
  ...over,
});

describe("what a probe begins with", () => {
  it("is Europe and the global host where both may be asked, or nobody has said yet", () => {
    expect(probeTargets(undefined)).toEqual({ first: "eu", second: "global" });
    const all = ["policy", "ae", "eu", "us", "global"].map((target) => outlook(target));
    expect(probeTargets(all)).toEqual({ first: "eu", second: "global" });
  });

  it("are two that the policy lets go and a key is there for", () => {
    const some = [
      outlook("policy"),
      outlook("eu"),
      outlook("us", { hasCredential: false }),
      outlook("in"),
      outlook("global", { outlook: "refused" }),
    ];
    expect(probeTargets(some)).toEqual({ first: "eu", second: "in" });
    expect(probeTargets(some.filter(({ target }) => target !== "eu"))).toEqual({
      first: "in",
      second: "global",
    });
  });

  it("leaves policy only where there is no second place within it", () => {
    const observed = [outlook("eu"), outlook("us"), outlook("global", { outlook: "flagged" })];
    expect(probeTargets(observed)).toEqual({ first: "eu", second: "us" });
    expect(probeTargets(observed.filter(({ target }) => target !== "us"))).toEqual({
      first: "eu",
      second: "global",
    });
  });

  it("are never the same one", () => {
    expect(probeTargets([outlook("global")])).toEqual({ first: "global", second: "eu" });
    expect(probeTargets([outlook("eu", { outlook: "refused" })])).toEqual({ first: "eu", second: "global" });
  });
});
