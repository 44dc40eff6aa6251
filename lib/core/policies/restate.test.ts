import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, pinnedTo, preset, response } from "../testing/case.ts";
import { judgeCall } from "../verdicts/judge.ts";
import { unknownPin } from "./policy.ts";
import type { ReplayedCall } from "./replay.ts";
import { restateCall } from "./restate.ts";

const policy = preset("eea_ch");
const judgedBy = { policy, catalog: openaiCatalog };
const call = (over: Partial<ReplayedCall> = {}): ReplayedCall => {
  const facts = {
    startedAt: "2026-11-20T09:00:00.000Z",
    source: "gateway" as const,
    target: "policy",
    intendedRegion: "eu",
    facts: chat({ store: { said: true, value: false } }),
    attempts: [dialled("eu.api.openai.com")],
    pin: unknownPin,
    end: "complete" as const,
    refusal: null,
    verdict: "compliant" as const,
    ...over,
  };
  return { ...facts, verdict: judgeCall({ ...facts, ...judgedBy }).call.verdict };
};

describe("restateCall", () => {
  it("clears what a pin learned later covers, and leaves alone what it does not touch", () => {
    const stored = call({ facts: response() });
    expect(stored.verdict).toBe("unverifiable");
    const pin = pinnedTo("eu");
    expect(restateCall(stored, judgedBy, { kind: "pin", pin })).toMatchObject({
      verdict: "compliant",
      reasons: [],
    });
    expect(restateCall(call(), judgedBy, { kind: "pin", pin })).toBeNull();
  });

  it("judges by another catalog, with the same facts and policy", () => {
    const regions = openaiCatalog.regions.map((row) =>
      row.code === "eu" ? { ...row, processing: { ...row.processing, state: "no" as const } } : row,
    );
    const catalog = { ...openaiCatalog, version: openaiCatalog.version + 1, regions };
    expect(restateCall(call(), judgedBy, { kind: "catalog", catalog })).toMatchObject({
      verdict: "violation",
      band: "outside",
      reasons: ["storage_only_region"],
    });
    expect(restateCall(call(), judgedBy, { kind: "catalog", catalog: openaiCatalog })).toBeNull();
  });

  it("lets a notice make a verdict worse and never better", () => {
    const worse = { kind: "notice", verdict: "unverifiable" } as const;
    expect(restateCall(call(), judgedBy, worse)).toMatchObject({ verdict: "unverifiable" });
    const outside = call({ attempts: [dialled("api.openai.com")] });
    expect(outside.verdict).toBe("violation");
    expect(restateCall(outside, judgedBy, worse)).toBeNull();
    expect(restateCall(outside, judgedBy, { kind: "notice", verdict: "violation" })).toBeNull();
  });

  it("says nothing of a call of which nothing left", () => {
    const never = call({ attempts: [dialled("eu.api.openai.com", { progress: "not_sent", status: null })] });
    expect(restateCall(never, judgedBy, { kind: "notice", verdict: "violation" })).toBeNull();
  });
});
