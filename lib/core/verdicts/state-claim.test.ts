import { describe, expect, it } from "vitest";
import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import { type Pin, type PolicyInForce, unknownPin } from "../policies/policy.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import {
  chat,
  dialled,
  globalPin,
  judged,
  pinnedTo,
  preset,
  reported,
  wrongHostname,
} from "../testing/case.ts";
import { recordedCatalog } from "./golden/recorded-catalog.ts";
import { judgeCall } from "./judge.ts";
import { stateClaim } from "./state-claim.ts";

const eu = "eu.api.openai.com";

function stated(
  attempt: AttemptFacts,
  pin: Pin,
  facts: CallFacts = chat(),
  policy: PolicyInForce = preset("eea_ch"),
) {
  const judgement = judged({ policy, facts, attempt, pin });
  return stateClaim({ facts, attempt, judgement, pin, catalog: openaiCatalog });
}

describe("stateClaim", () => {
  it("names the pin, its source and its date, and what is listed", () => {
    expect(stated(dialled(eu), pinnedTo("eu"))).toBe(
      "Sent to eu.api.openai.com under a project pinned to Europe (attested by M. Roth, 2026-03-01); endpoint and model listed for processing in Europe, catalog 1.",
    );
  });

  it("says that the host alone carries the promise of a global project", () => {
    expect(stated(dialled(eu), globalPin)).toContain(
      "under a project that is not pinned (OpenAI's admin API, 2026-09-01); the host alone carries the promise",
    );
  });

  it("says that a pin is not known", () => {
    expect(stated(dialled(eu), unknownPin)).toContain("under a project whose pin is not known");
  });

  it("says that a pin contradicts the host, and that a listing does not cover the call", () => {
    expect(stated(dialled(eu), pinnedTo("us"))).toContain("which contradicts the host that answered");
    expect(stated(dialled(eu), pinnedTo("eu"), chat({ modelAnswered: "gpt-9" }))).toContain(
      "does not cover this call",
    );
  });

  const alias = chat({ modelRequested: "gpt-4o", modelAnswered: null });
  const unseen =
    "which model, tier or tool served it was not seen, so whether what is listed for processing in Europe covers this call is not known (catalog 1)";
  it.each([
    ["an alias answered with 429", dialled(eu, { status: 429 }), alias, unseen],
    ["an alias answered with 500", dialled(eu, { status: 500 }), alias, unseen],
    ["an alias answered with 400", dialled(eu, { status: 400, errorCode: "bad" }), alias, unseen],
    [
      "a redirect",
      dialled(eu, { status: 307, redirectHost: "us.api.openai.com" }),
      alias,
      "; answered with a redirect, which was not followed, so what became of the content is not known.",
    ],
    [
      "a server of somebody else",
      dialled(eu),
      chat({ featuresUsed: ["mcp"] }),
      "; a tool passed content on to a third party, for which no place is listed (catalog 1)",
    ],
    [
      "a fine-tuned model",
      dialled(eu),
      chat({ modelAnswered: "ft:gpt-4o-2024-08-06:bank::x" }),
      "; whether this call is processed in Europe is stated nowhere (catalog 1)",
    ],
    [
      "an alias that is excluded",
      dialled(eu),
      chat({ modelRequested: "gpt-5-pro", modelAnswered: null }),
      "; what is listed for processing in Europe does not cover this call (catalog 1)",
    ],
    [
      "an eval, of which no model was read",
      dialled(eu),
      chat({ operation: "evals.create", endpoint: "/v1/evals", modelRequested: null, modelAnswered: null }),
      "; no model was read; endpoint listed for processing in Europe, catalog 1.",
    ],
  ])("tells a denial from what was not seen: %s", (_what, attempt, facts, words) => {
    const sentence = stated(attempt, pinnedTo("eu"), facts);
    expect(sentence).toContain(words);
    if (words.includes("does not cover")) return;
    expect(sentence).not.toContain("does not cover this call");
  });

  it("tells a project that is not shown to be pinned there", () => {
    const sentence = stated(
      dialled("ae.api.openai.com"),
      unknownPin,
      chat({ modelAnswered: "gpt-5.2-2025-12-11" }),
    );
    expect(sentence).toContain("holds for a project pinned there, which this one is not shown to be");
  });

  it("claims nothing by the words of another time", () => {
    const judgement = judged({
      policy: preset("eea_ch"),
      facts: alias,
      attempt: dialled(eu),
      pin: unknownPin,
    });
    const claims = judgement.claims.map((claim) => ({ ...claim, source: "Not established: something." }));
    const sentence = stateClaim({
      facts: alias,
      attempt: dialled(eu),
      judgement: { ...judgement, claims },
      pin: unknownPin,
      catalog: openaiCatalog,
    });
    expect(sentence).toContain(
      "that what is listed for processing in Europe covers this call is not established",
    );
  });

  it.each([
    [dialled("api.openai.com"), "Sent to api.openai.com, a destination without a location promise."],
    [
      dialled("api.openai.eu"),
      "Sent to api.openai.eu, a host OpenAI does not document; owner not verified; treat the key as disclosed.",
    ],
    [
      wrongHostname("api.openai.com"),
      "Sent to api.openai.com; refused by the provider (incorrect_hostname); whether it was logged is not stated.",
    ],
    [
      dialled(eu, { progress: "not_sent" }),
      "No connection to eu.api.openai.com came about; nothing was sent.",
    ],
    [
      dialled(eu, { progress: "refused" }),
      "Stopped by policy before it left; eu.api.openai.com was not dialled.",
    ],
    [
      dialled(eu, { status: 429 }),
      "Sent to eu.api.openai.com, answered with 429, under a project whose pin is not known; endpoint and model listed for processing in Europe, catalog 1.",
    ],
    [
      dialled(eu, { status: null, failure: "reset" }),
      "Sent to eu.api.openai.com; no answer was seen, so what became of the content is not known.",
    ],
    [dialled("eu2.api.openai.com"), "Sent to eu2.api.openai.com, for which OpenAI documents no place."],
    [
      reported("api.openai.com"),
      "Reported by a log as sent to api.openai.com, a destination without a location promise.",
    ],
  ])("states case %#", (attempt, sentence) => {
    expect(stated(attempt, unknownPin)).toBe(sentence);
  });

  it.each([
    [
      "bank-se",
      "Sweden Central",
      "recorded by M. Roth as a regional deployment in Sweden Central; the answer named the same region.",
    ],
    ["bank-se", "East US", "a regional deployment in Sweden Central; the answer named another region."],
    ["bank-se", null, "a regional deployment in Sweden Central; nothing in the answer shows it."],
    [
      "bank-zone",
      "Sweden Central",
      "a data zone deployment in Sweden Central; nothing in the answer shows it.",
    ],
    ["bank-global", "Sweden Central", "a global deployment, for which no place is promised."],
  ])(
    "states what was recorded of the deployment %s and what the answer says: %s",
    (name, statedRegion, words) => {
      const attempt = dialled(`${name}.openai.azure.com`);
      const catalog = recordedCatalog();
      const policy = preset("eea_ch");
      const facts = chat();
      const seen = { ...attempt, echo: { ...attempt.echo, statedRegion } };
      const common = { facts, policy, catalog, pin: unknownPin, intendedRegion: null };
      const { call } = judgeCall({ ...common, attempts: [seen], refusal: null });
      expect(stateClaim({ facts, attempt: seen, judgement: call, pin: unknownPin, catalog })).toContain(
        words,
      );
    },
  );

  it("states what was recorded of a deployment that is wider than its resource, and by whom", () => {
    const attempt = dialled("bank-se.openai.azure.com");
    const catalog = recordedCatalog();
    const policy = preset("eea_ch");
    const facts = chat({ deployment: { name: "chat", sku: "GlobalStandard" } });
    const common = { facts, policy, catalog, pin: unknownPin, intendedRegion: null };
    const { call } = judgeCall({ ...common, attempts: [attempt], refusal: null });
    expect(stateClaim({ facts, attempt, judgement: call, pin: unknownPin, catalog })).toContain(
      "recorded by whoever saved the key as a global deployment, for which no place is promised.",
    );
  });

  it("says nothing of a place for a call without an end or without an attempt", () => {
    expect(stated(dialled(eu, { progress: "unknown" }), pinnedTo("eu"))).toContain("no end was recorded");
    const facts = chat();
    const refusal = { code: "region_blocked", message: "No." };
    const common = {
      facts,
      policy: preset("eea_ch"),
      catalog: openaiCatalog,
      pin: unknownPin,
      intendedRegion: "eu",
    };
    const { call } = judgeCall({ ...common, attempts: [], refusal });
    expect(
      stateClaim({ facts, attempt: null, judgement: call, pin: unknownPin, catalog: openaiCatalog }),
    ).toBe("Stopped before it left; no host was dialled.");
  });

  it("never says where inference ran", () => {
    for (const pin of [pinnedTo("eu"), globalPin, unknownPin]) {
      const sentence = stated(dialled(eu), pin);
      for (const claim of ["ran in", "was processed in", "tamper-proof", "compliant"])
        expect(sentence).not.toContain(claim);
    }
  });
});
