import { describe, expect, it } from "vitest";
import { type ExceptionFacts, exceptionState, isStale } from "./exception.ts";

const asked: ExceptionFacts = { outcome: null, ended: null, lapsesAt: 100, expiresAt: 200 };

describe("an exception", () => {
  it.each<[string, Partial<ExceptionFacts>, number, ReturnType<typeof exceptionState>]>([
    ["that nobody has decided", {}, 99, "waiting"],
    ["that nobody decided in time", {}, 100, "lapsed"],
    ["that was approved", { outcome: "approved" }, 199, "in_force"],
    ["whose day has come, before a job said so", { outcome: "approved" }, 200, "expired"],
    ["whose day has come, as a job said", { outcome: "approved", ended: "expired" }, 300, "expired"],
    ["that somebody ended", { outcome: "approved", ended: "ended" }, 150, "ended"],
    ["that was rejected", { outcome: "rejected" }, 300, "rejected"],
    ["that was taken back", { outcome: "withdrawn" }, 300, "withdrawn"],
  ])("%s", (_, facts, at, state) => {
    expect(exceptionState({ ...asked, ...facts }, at)).toBe(state);
  });

  it("is stale once another version of the policy is in force than it was asked under", () => {
    expect(isStale(3, 3)).toBe(false);
    expect(isStale(3, 4)).toBe(true);
    expect(isStale(null, 1)).toBe(true);
    expect(isStale(null, null)).toBe(false);
  });
});
