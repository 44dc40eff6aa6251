import { expect, it } from "vitest";
import { preset } from "../testing/case.ts";
import { observeEnd } from "./observe-end.ts";
import { blocks } from "./plan.ts";

const until = "2027-01-15T00:00:00.000Z";
const { policy: watching } = preset("eea_ch", { enforcement: { mode: "observe", until } });

it.each([
  ["2026-12-31T23:59:59.999Z", "far"],
  ["2027-01-01T00:00:00.000Z", "near"],
  ["2027-01-14T23:59:59.999Z", "near"],
  [until, "over"],
  ["2028-01-01T00:00:00.000Z", "over"],
])("at %s the end is %s, and the plan blocks exactly when it is over", (at, kind) => {
  const soon = new Date(Date.parse(at) + 14 * 86_400_000).toISOString();
  expect(observeEnd(watching, at, soon).kind).toBe(kind);
  expect(blocks(watching, at)).toBe(kind === "over");
});

it("has no end where the policy blocks, and is never near where it has none", () => {
  expect(observeEnd(preset("eea_ch").policy, until, until)).toEqual({ kind: "none" });
  const endless = preset("eea_ch", { enforcement: { mode: "observe", until: null } }).policy;
  expect(observeEnd(endless, until, until)).toEqual({ kind: "far" });
});
