import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, pinnedTo, preset, response } from "../testing/case.ts";
import { judgeCall } from "../verdicts/judge.ts";
import { unknownPin } from "./policy.ts";
import type { ReplayedCall } from "./replay.ts";
import { type RestatementMethod, restateCall, type VerdictInEffect } from "./restate.ts";

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

/** A call that was never restated counts as what it was judged at first. */
const first = (stored: ReplayedCall): VerdictInEffect => judgeCall({ ...stored, ...judgedBy }).call;
const restate = (stored: ReplayedCall, method: RestatementMethod, inEffect = first(stored)) =>
  restateCall(stored, judgedBy, method, inEffect);

describe("restateCall", () => {
  it("clears what a pin learned later covers, and leaves alone what it does not touch", () => {
    const stored = call({ facts: response() });
    expect(stored.verdict).toBe("unverifiable");
    const pin = pinnedTo("eu");
    expect(restate(stored, { kind: "pin", pin })).toMatchObject({
      verdict: "compliant",
      reasons: [],
    });
    expect(restate(call(), { kind: "pin", pin })).toBeNull();
  });

  it("judges by another catalog, with the same facts and policy", () => {
    const regions = openaiCatalog.regions.map((row) =>
      row.code === "eu" ? { ...row, processing: { ...row.processing, state: "no" as const } } : row,
    );
    const catalog = { ...openaiCatalog, version: openaiCatalog.version + 1, regions };
    expect(restate(call(), { kind: "catalog", catalog })).toMatchObject({
      verdict: "violation",
      band: "outside",
      reasons: ["storage_only_region"],
    });
    expect(restate(call(), { kind: "catalog", catalog: openaiCatalog })).toBeNull();
  });

  it("lets a notice make a verdict worse and never better", () => {
    const worse = { kind: "notice", verdict: "unverifiable" } as const;
    expect(restate(call(), worse)).toMatchObject({ verdict: "unverifiable" });
    const outside = call({ attempts: [dialled("api.openai.com")] });
    expect(outside.verdict).toBe("violation");
    expect(restate(outside, worse)).toBeNull();
    expect(restate(outside, { kind: "notice", verdict: "violation" })).toBeNull();
  });

  it("says nothing of a call of which nothing left", () => {
    const never = call({ attempts: [dialled("eu.api.openai.com", { progress: "not_sent", status: null })] });
    expect(restate(never, { kind: "notice", verdict: "violation" })).toBeNull();
  });

  it("takes a mistaken correction back, to the very verdict a call had at first", () => {
    const mistaken = { verdict: "violation", band: "outside" } as const;
    const again = { kind: "catalog", catalog: openaiCatalog } as const;
    expect(restate(call(), again, mistaken)).toMatchObject({ verdict: "compliant", band: "in_region" });
    expect(restate(call(), { kind: "notice", verdict: "violation" }, mistaken)).toBeNull();
  });

  it("tells apart what is promised and what is merely permitted", () => {
    const accepted = { policy: preset("us_global_accepted"), catalog: openaiCatalog };
    const stored = call({ attempts: [dialled("us.api.openai.com")], intendedRegion: "us" });
    const { verdict, band } = judgeCall({ ...stored, ...accepted }).call;
    expect({ verdict, band }).toEqual({ verdict: "compliant", band: "in_region" });
    const endpoints = openaiCatalog.endpoints.map((row) =>
      row.path === "/v1/chat/completions"
        ? { ...row, processing: { ...row.processing, us: { state: "no", source: "test" } } }
        : row,
    );
    const method = { kind: "catalog", catalog: { ...openaiCatalog, endpoints } } as RestatementMethod;
    expect(restateCall(stored, accepted, method, { verdict, band })).toMatchObject({
      verdict: "compliant",
      band: "permitted",
    });
  });
});
