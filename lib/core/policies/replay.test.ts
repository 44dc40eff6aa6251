import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { attemptFacts, callFacts, pins, policies } from "../testing/arbitraries.ts";
import { chat, dialled, preset } from "../testing/case.ts";
import { judgeCall } from "../verdicts/judge.ts";
import { unknownPin } from "./policy.ts";
import { type ReplayedCall, replayCall, replayVerdict } from "./replay.ts";

const at = "2026-11-20T09:00:00.000Z";
const call = (host: string, over: Partial<ReplayedCall> = {}): ReplayedCall => ({
  startedAt: at,
  source: "gateway",
  target: host,
  intendedRegion: "eu",
  facts: chat({ store: { said: true, value: false } }),
  attempts: [dialled(host)],
  pin: unknownPin,
  end: "complete",
  refusal: null,
  verdict: "compliant",
  ...over,
});
const replay = (one: ReplayedCall, policy = preset("eea_ch")) => replayCall(one, policy, openaiCatalog);
const refusal = { code: "region_blocked", message: "No." };

describe("replayCall", () => {
  it("judges again what would have gone the same way", () => {
    expect(replay(call("eu.api.openai.com"))).toMatchObject({ kind: "judged", verdict: "compliant" });
  });

  it("says what the policy would have stopped, and why", () => {
    const outcome = replay(call("api.openai.com"));
    expect(outcome).toMatchObject({ kind: "stopped", refusal: { reason: "host_out_of_region" } });
    expect(replayVerdict(outcome)).toBe("blocked");
  });

  it("judges instead of stopping while the policy observes, and says what it would stop", () => {
    const watching = preset("eea_ch", { enforcement: { mode: "observe", until: "2027-01-01T00:00:00Z" } });
    expect(replay(call("api.openai.com"), watching)).toMatchObject({
      kind: "judged",
      verdict: "violation",
      wouldBlock: { reason: "host_out_of_region" },
    });
  });

  it("claims nothing of a call that was stopped and would have been sent", () => {
    const stopped = call("us.api.openai.com", { attempts: [], refusal, end: "refused", verdict: "blocked" });
    const outcome = replay(stopped, preset("us_regional"));
    expect(outcome).toMatchObject({ kind: "released", host: "us.api.openai.com" });
    expect(replayVerdict(outcome)).toBe("not_known");
    expect(replay(stopped)).toMatchObject({ kind: "stopped" });
  });

  it("claims nothing of a call that was cut midway and would have been sent whole, and cuts it again by the same rule", () => {
    const cut = call("eu.api.openai.com", {
      attempts: [dialled("eu.api.openai.com", { progress: "partial", status: null })],
      refusal: { code: "model_not_eligible", message: "No." },
      end: "refused",
      verdict: "violation",
    });
    const outcome = replay(cut);
    expect(outcome).toMatchObject({ kind: "released", host: "eu.api.openai.com" });
    expect(replayVerdict(outcome)).toBe("not_known");
    const narrow = preset("eea_ch", { models: ["gpt-5.4-mini"] });
    expect(replay(cut, narrow)).toMatchObject({ kind: "judged", verdict: "violation" });
    // At the door no byte would have left.
    expect(replay(cut, preset("us_regional"))).toMatchObject({ kind: "stopped" });
  });

  it("claims nothing of a call that would have gone to another host", () => {
    const routed = call("us.api.openai.com", { target: "policy" });
    const outcome = replay(routed);
    expect(outcome).toMatchObject({ kind: "rerouted", host: "eu.api.openai.com" });
    expect(replayVerdict(outcome)).toBe("not_known");
  });

  it("never says that we would have stopped a call which did not come through our gateway", () => {
    expect(replay(call("api.openai.com", { source: "litellm" }))).toMatchObject({
      kind: "judged",
      verdict: "violation",
    });
  });

  it("leaves a call refused for another cause than policy as it is", () => {
    const lost = call("eu.api.openai.com", {
      attempts: [],
      refusal: { code: "evidence_unavailable", message: "" },
      end: "refused",
      verdict: "blocked",
    });
    expect(replay(lost, preset("us_regional"))).toMatchObject({ kind: "judged", verdict: "blocked" });
  });

  it("changes nothing of what it is given, and answers the same for ever", () => {
    const one = Object.freeze(call("api.openai.com"));
    expect(replay(one)).toEqual(replay(one));
  });

  it("gives a call that was sent under a policy the verdict it has under it", () => {
    let same = 0;
    fc.assert(
      fc.property(callFacts, attemptFacts, policies, pins, (facts, attempt, policy, pin) => {
        const one = { ...call(attempt.host), facts, attempts: [attempt], pin };
        const outcome = replayCall(one, policy, openaiCatalog);
        if (outcome.kind !== "judged") return;
        same += 1;
        expect(outcome.verdict).toBe(judgeCall({ ...one, policy, catalog: openaiCatalog }).call.verdict);
      }),
      { numRuns: 300 },
    );
    expect(same).toBeGreaterThan(20);
  });
});
