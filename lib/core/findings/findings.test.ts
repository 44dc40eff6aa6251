import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reasonOrder } from "../verdicts/reason-order.ts";
import { reasonTexts } from "../verdicts/reason-texts.ts";
import { standingTexts } from "../verdicts/standing-texts.ts";
import type { FindingCause } from "../verdicts/verdict.ts";
import { causesOf } from "./causes-of.ts";
import { dataCategories } from "./data-category.ts";
import { type FindingParts, findingKey } from "./finding-key.ts";
import { findingTitle } from "./finding-title.ts";
import { type Declaration, severity, undeclared } from "./severity.ts";
import { type FindingAct, type FindingState, transition } from "./transition.ts";

const causes = [...Object.keys(reasonTexts), ...Object.keys(standingTexts)] as FindingCause[];

describe("findingKey", () => {
  it("is the same for the same case and different for any other part", () => {
    const text = fc.oneof(fc.constant(null), fc.string({ maxLength: 3 }));
    const parts = fc.record({
      tenantId: fc.string({ maxLength: 3 }),
      cause: fc.constantFrom<FindingCause>("host_unknown", "pin_unknown"),
      host: text,
      model: text,
      applicationId: text,
      basis: fc.constantFrom("observed" as const, "reported" as const, "none" as const),
      projectId: fc.oneof(fc.constant(undefined), fc.string({ maxLength: 3 })),
    }) satisfies fc.Arbitrary<FindingParts>;
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = (Object.keys(a) as (keyof FindingParts)[]).every((name) => a[name] === b[name]);
        expect(findingKey(a) === findingKey(b)).toBe(same);
      }),
    );
  });
});

function declared(dataCategory: Declaration["dataCategory"], over: Partial<Declaration> = {}): Declaration {
  return {
    dataCategory,
    environment: "production",
    purpose: "Loan decisions",
    owner: "Credit Risk",
    ...over,
  };
}

describe("severity", () => {
  it("is critical where the key went to a stranger, whatever the data", () => {
    for (const data of dataCategories) {
      expect(severity("host_lookalike", declared(data))).toBe("critical");
      expect(severity("host_unknown", declared(data, { environment: "test" }))).toBe("critical");
    }
  });

  it.each([
    ["host_out_of_region", "special", "critical"],
    ["host_out_of_region", "personal", "high"],
    ["host_out_of_region", "unknown", "high"],
    ["host_out_of_region", "public", "medium"],
    ["pin_unknown", "special", "high"],
    ["pin_unknown", "internal", "low"],
    ["no_content", "special", "low"],
  ] as const)("%s with %s data is %s", (cause, data, expected) => {
    expect(severity(cause, declared(data))).toBe(expected);
  });

  it("knows every cause, and never weighs undeclared data less than declared personal data", () => {
    const ladder = ["low", "medium", "high", "critical"];
    for (const cause of causes) {
      expect(ladder).toContain(severity(cause, undeclared));
      expect(severity(cause, undeclared)).toBe(severity(cause, declared("personal")));
    }
  });

  it.each([
    ["confidential", "test", "medium"],
    ["public", "test", "low"],
    ["personal", "test", "high"],
    ["special", "test", "critical"],
    ["unknown", "test", "high"],
    ["confidential", "production", "high"],
  ] as const)(
    "of %s data in %s is %s: a test holds no personal data by being called one",
    (data, environment, expected) => {
      expect(severity("host_out_of_region", declared(data, { environment }))).toBe(expected);
    },
  );

  it("is lowered by nobody's word: an owner and a purpose have to stand behind it", () => {
    for (const over of [{ owner: null }, { owner: " " }, { purpose: "" }]) {
      expect(severity("host_out_of_region", declared("public", over))).toBe("high");
      expect(severity("host_out_of_region", declared("confidential", { ...over, environment: "test" }))).toBe(
        "high",
      );
      expect(severity("host_out_of_region", declared("special", over))).toBe("critical");
    }
  });
});

describe("transition", () => {
  const acts: FindingAct[] = [
    { kind: "acknowledge" },
    { kind: "investigate" },
    { kind: "resolve", resolution: "config_fix" },
    { kind: "accept" },
    { kind: "end_acceptance" },
    { kind: "recur" },
    { kind: "call" },
  ];

  it.each([
    ["open", ["acknowledged", "investigating", "resolved", "accepted", null, null, "open"]],
    ["acknowledged", [null, "investigating", "resolved", "accepted", null, null, "acknowledged"]],
    ["investigating", [null, null, "resolved", "accepted", null, null, "investigating"]],
    ["resolved", [null, null, null, null, null, "open", "open"]],
    ["accepted", [null, null, null, null, "open", null, "accepted"]],
  ] as const)("from %s", (state: FindingState, expected) => {
    const reached = acts.map((act) => {
      const next = transition(state, act);
      return next.ok ? next.state : null;
    });
    expect(reached).toEqual(expected);
  });

  it("marks only a call after resolution as a reopening, and says why an act is refused", () => {
    expect(transition("resolved", { kind: "call" })).toMatchObject({ reopened: true });
    expect(transition("open", { kind: "call" })).toMatchObject({ reopened: false });
    expect(transition("resolved", { kind: "acknowledge" })).toEqual({
      ok: false,
      message: "A finding that is resolved cannot be acknowledged.",
    });
  });
});

describe("causesOf", () => {
  const judgement = {
    judgeVersion: 1,
    band: null,
    reasons: ["host_out_of_region"],
    basis: "observed",
    claims: [],
    standing: ["project_not_pinned"],
    hostWithinPolicy: false,
  } as const;

  it("makes findings of what is outside or not verifiable, and of what stands", () => {
    expect(causesOf({ ...judgement, verdict: "violation" })).toEqual([
      "host_out_of_region",
      "project_not_pinned",
    ]);
    expect(causesOf({ ...judgement, verdict: "unverifiable" })).toHaveLength(2);
  });

  it("makes none of the reasons of a call that was stopped, never sent, or within policy", () => {
    for (const verdict of ["blocked", "not_applicable", "compliant"] as const) {
      expect(causesOf({ ...judgement, verdict })).toEqual(["project_not_pinned"]);
    }
  });
});

describe("words for causes", () => {
  it("stand for every cause, as whole sentences with a remedy and a rule", () => {
    expect([...reasonOrder].sort()).toEqual(Object.keys(reasonTexts).sort());
    for (const text of [...Object.values(reasonTexts), ...Object.values(standingTexts)]) {
      expect(text.title).toMatch(/^[A-Z][^.]*$/);
      expect(text.sentence).toMatch(/^[A-Z].*\.$/);
      expect(text.remedy).toMatch(/^[A-Z].*\.$/);
      expect(text.rule.title.length).toBeGreaterThan(5);
    }
  });

  it("never claim what cannot be known", () => {
    const all = JSON.stringify([reasonTexts, standingTexts]);
    for (const claim of ["inference ran in", "tamper-proof", "GDPR compliant"])
      expect(all).not.toContain(claim);
  });

  it("name the host and the application in a title, and the model where it is the cause", () => {
    const subject = { host: "api.openai.com", model: "gpt-4o", application: "loan-desk" };
    expect(findingTitle({ ...subject, cause: "host_out_of_region" })).toBe(
      "Sent to a host outside policy: api.openai.com, from loan-desk",
    );
    expect(findingTitle({ ...subject, cause: "model_not_eligible" })).toBe(
      "Model not eligible: gpt-4o on api.openai.com, from loan-desk",
    );
    expect(findingTitle({ cause: "policy_missing", host: null, model: null, application: null })).toBe(
      "No policy was in force",
    );
  });
});
