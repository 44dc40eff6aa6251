import { describe, expect, it } from "vitest";
import type { AttemptFacts } from "../calls/attempt-facts.ts";
import { unknownPin } from "../policies/policy.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, pinnedTo, preset } from "../testing/case.ts";
import { judgeCall } from "./judge.ts";

const eu = "eu.api.openai.com";

function call(attempts: readonly AttemptFacts[], over: Partial<Parameters<typeof judgeCall>[0]> = {}) {
  return judgeCall({
    facts: chat(),
    attempts,
    policy: preset("eea_ch"),
    catalog: openaiCatalog,
    pin: pinnedTo("eu"),
    intendedRegion: "eu",
    refusal: null,
    end: "complete",
    ...over,
  });
}

const refusal = { code: "region_blocked", message: "No." };
const never = dialled(eu, { progress: "not_sent", status: null, peer: null });
const stopped = dialled("api.openai.com", { progress: "refused", status: null, peer: null });

describe("judgeCall", () => {
  it("carries the worst verdict of its attempts, with the reasons of those that share it", () => {
    const leak = dialled("api.openai.com", { no: 2 });
    expect(call([dialled(eu, { status: 503 }), leak]).call).toMatchObject({
      verdict: "violation",
      band: "outside",
      reasons: ["host_out_of_region"],
      basis: "observed",
    });
    expect(call([never, dialled(eu, { no: 2 })]).call).toMatchObject({
      verdict: "compliant",
      band: "in_region",
      reasons: [],
    });
    expect(call([never, stopped]).call.verdict).toBe("blocked");
  });

  it("answers one judgement per attempt, in their order", () => {
    const verdicts = call([never, dialled(eu, { no: 2 }), dialled("api.openai.eu", { no: 3 })]).attempts;
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["not_applicable", "compliant", "violation"]);
  });

  it("is stopped when it was refused without an attempt, whatever the cause of the refusal", () => {
    expect(call([], { refusal, end: "refused" }).call).toMatchObject({
      verdict: "blocked",
      band: "stopped",
      reasons: ["blocked_by_policy"],
    });
    const unpaid = { code: "evidence_unavailable", message: "No evidence could be written." };
    expect(call([], { refusal: unpaid, end: "refused" }).call.reasons).toEqual(["never_sent"]);
    expect(call([stopped], { refusal: unpaid, end: "refused" }).call).toMatchObject({
      verdict: "blocked",
      reasons: ["never_sent"],
    });
  });

  it("is outside policy, never stopped, when a rule refused it after bytes had left", () => {
    for (const progress of ["partial", "sent", "unknown"] as const) {
      const attempt = dialled(eu, { progress, status: null });
      const late = { code: "model_not_eligible", message: "No." };
      expect(call([attempt], { refusal: late, end: "refused" }).call).toMatchObject({
        verdict: "violation",
        band: "outside",
        reasons: ["model_not_eligible"],
      });
    }
  });

  it("needs a whole record before it says that no provider was called", () => {
    for (const end of ["unknown", "client_abort", "upstream_failed"] as const) {
      expect(call([], { end, source: "litellm" }).call).toMatchObject({
        verdict: "unverifiable",
        reasons: ["content_path_not_observed"],
      });
    }
    expect(call([], { policy: null, source: "litellm" }).call.reasons).toEqual(["policy_missing"]);
  });

  it.each(["intake", "otlp", "litellm"] as const)(
    "takes an import's word (%s) for a cached answer",
    (source) => {
      expect(call([], { source }).call).toMatchObject({
        verdict: "not_applicable",
        reasons: ["no_provider_call"],
      });
    },
  );

  it.each(["gateway", "playground", undefined] as const)(
    "concludes nothing from a whole record without an attempt of our own gateway (%s)",
    (source) => {
      expect(call([], { source }).call).toMatchObject({
        verdict: "unverifiable",
        band: "unverifiable",
        reasons: ["content_path_not_observed"],
      });
    },
  );

  it("keeps a client's abort within policy when the right host was seen, and flags it at the wrong one", () => {
    const cut = { status: 200, failure: "aborted" } as const;
    const facts = chat({ stream: true, responseBody: "unread", modelAnswered: null });
    expect(call([dialled(eu, cut)], { facts, end: "client_abort" }).call.verdict).toBe("compliant");
    const leak = dialled("api.openai.com", { ...cut, progress: "partial" });
    expect(call([leak], { facts, end: "client_abort" }).call.verdict).toBe("violation");
  });

  it("keeps what stands of every attempt, whatever the worst verdict", () => {
    const judged = call([dialled(eu), dialled("api.openai.com", { no: 2 })], { pin: unknownPin }).call;
    expect(judged).toMatchObject({ verdict: "violation", standing: ["project_not_pinned"] });
  });
});
