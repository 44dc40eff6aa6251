import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import type { UsedObject } from "../calls/provider-object.ts";
import { type Pin, unknownPin } from "../policies/policy.ts";
import { attemptFacts, callFacts, pins, policies, usedObjects } from "../testing/arbitraries.ts";
import { dialled } from "../testing/case.ts";
import { adviseCall } from "./advise.ts";
import { recordedCatalog } from "./golden/recorded-catalog.ts";
import { type CallQuestion, judgeCall } from "./judge.ts";
import type { Judgement } from "./verdict.ts";

const catalog = recordedCatalog();

const question: fc.Arbitrary<CallQuestion> = fc
  .record({
    facts: callFacts,
    attempts: fc.array(attemptFacts, { minLength: 1, maxLength: 2 }),
    policy: policies,
    pin: pins,
  })
  .map((given) => ({ ...given, catalog, intendedRegion: null, refusal: null, end: "complete" }));

type Weakening = (given: CallQuestion) => CallQuestion;

function onFacts(change: (facts: CallFacts) => CallFacts): Weakening {
  return (given) => ({ ...given, facts: change(given.facts) });
}

function onAttempts(change: (attempt: AttemptFacts) => AttemptFacts): Weakening {
  return (given) => ({ ...given, attempts: given.attempts.map(change) });
}

function onEcho(echo: Partial<AttemptFacts["echo"]>): Weakening {
  return onAttempts((attempt) => ({ ...attempt, echo: { ...attempt.echo, ...echo } }));
}

function without(facts: CallFacts, name: keyof CallFacts): CallFacts {
  const { [name]: _, ...rest } = facts;
  return rest as CallFacts;
}

/** Each takes a piece of evidence away and says nothing new. */
const weakenings: Readonly<Record<string, Weakening>> = {
  "the socket": onAttempts((attempt) => ({ ...attempt, peer: null })),
  "all but a log": onAttempts((attempt) => ({
    ...attempt,
    peer: null,
    hostGrade: attempt.hostGrade === "E" ? "E" : "D",
  })),
  "all but a label": onAttempts((attempt) => ({ ...attempt, peer: null, hostGrade: "E" })),
  "the end": onAttempts((attempt) => ({ ...attempt, progress: "unknown", status: null, errorCode: null })),
  "the answer's status": onAttempts((attempt) => ({ ...attempt, status: null, errorCode: null })),
  "the error's code": onAttempts((attempt) => ({ ...attempt, errorCode: null })),
  "the edge": onEcho({ edgeCode: null }),
  "the project that the answer names": onEcho({ projectId: null }),
  "the region that the answer names": onEcho({ statedRegion: null }),
  "the model that answered": onFacts((facts) => ({ ...facts, modelAnswered: null })),
  "both models": onFacts((facts) => ({ ...facts, modelAnswered: null, modelRequested: null })),
  "what the answer shows": onFacts((facts) => ({ ...facts, responseBody: "unread", featuresUsed: [] })),
  "the request's body": onFacts((facts) => ({
    ...facts,
    requestBody: facts.requestBody === "none" ? "none" : "unread",
  })),
  "the births of objects": onFacts((facts) => ({
    ...facts,
    objectsUsed: facts.objectsUsed?.map((object) => ({ ...object, birth: null })),
  })),
  "the objects": onFacts((facts) => without(facts, "objectsUsed")),
  "what it uses of stored state": onFacts((facts) => without(facts, "storedStateRefs")),
  "the lines": onFacts((facts) => without(facts, "batchLines")),
  "the earlier attempts": onFacts((facts) => ({ ...facts, attemptsKnown: "last_only" })),
  "the relay's country": onFacts((facts) => ({ ...facts, relayCountry: null })),
  "the subject": onFacts((facts) => ({ ...facts, subjectCountry: null })),
  "the tier": onFacts((facts) => ({ ...facts, serviceTier: null })),
  "the pin": (given) => ({ ...given, pin: unknownPin }),
  "the pin's source": (given) => ({ ...given, pin: weakPin(given.pin) }),
};

function weakPin(pin: Pin): Pin {
  return pin.kind === "unknown" ? pin : { ...pin, source: "attestation" };
}

/** What makes a call that looked outside policy look otherwise has to be named with the verdict, or with its attempt's. */
function saysWhy(more: CallQuestion, judged: ReturnType<typeof judgeCall>): boolean {
  const { reasons, standing } = judged.call;
  if (reasons.length > 0 || standing.includes("project_not_set_up")) return true;
  if (judged.attempts.some((attempt) => attempt.reasons.includes("never_sent"))) return true;
  const { facts, attempts, policy } = more;
  const advice = adviseCall({ facts, attempts, policy: policy?.policy ?? null, catalog, on: "2026-11-22" });
  return advice.some(({ kind }) => kind === "answered_by_another_model" || kind === "judged_by_listed_name");
}

describe("more evidence", () => {
  it.each(Object.keys(weakenings))("of %s never clears what less flagged without saying why", (name) => {
    const weaken = weakenings[name];
    if (weaken === undefined) throw new Error("No such evidence.");
    let flagged = 0;
    fc.assert(
      fc.property(question, (more) => {
        if (judgeCall(weaken(more)).call.verdict !== "violation") return;
        const judged = judgeCall(more);
        flagged += 1;
        if (judged.call.verdict !== "violation") expect(saysWhy(more, judged)).toBe(true);
      }),
      { numRuns: 700 },
    );
    if (!name.includes("label")) expect(flagged).toBeGreaterThan(10);
  });

  it("of another attempt never makes a call better", () => {
    const rank = ["violation", "unverifiable", "blocked", "compliant", "not_applicable"];
    fc.assert(
      fc.property(question, attemptFacts, (given, attempt) => {
        const before = rank.indexOf(judgeCall(given).call.verdict);
        const after = judgeCall({ ...given, attempts: [...given.attempts, attempt] }).call.verdict;
        expect(rank.indexOf(after)).toBeLessThanOrEqual(before);
      }),
      { numRuns: 800 },
    );
  });
});

/** A call that follows stored objects, on OpenAI's own host or at a deployment whose answer bears its record out. */
const follower: fc.Arbitrary<CallQuestion> = fc
  .record({
    given: question,
    objects: usedObjects.filter((objects) => objects.length > 0),
    host: fc.constantFrom("eu.api.openai.com", "bank-se.openai.azure.com"),
  })
  .map(({ given, objects, host }) => {
    const plain = dialled(host);
    const attempt = { ...plain, echo: { ...plain.echo, statedRegion: "Sweden Central" } };
    const { deployment: _, ...facts } = given.facts;
    return { ...given, facts: { ...facts, objectsUsed: objects }, attempts: [attempt] };
  });

describe("a worse birth", () => {
  const rank = ["violation", "unverifiable", "blocked", "compliant", "not_applicable"];
  const born = (given: CallQuestion, birth: NonNullable<UsedObject["birth"]> | null): number => {
    const [first, ...others] = given.facts.objectsUsed ?? [];
    const objectsUsed = first === undefined ? others : [{ ...first, birth }, ...others];
    return rank.indexOf(judgeCall({ ...given, facts: { ...given.facts, objectsUsed } }).call.verdict);
  };

  it("of a stored object never makes a call better, wherever the call goes", () => {
    const within: string[] = [];
    fc.assert(
      fc.property(follower, (given) => {
        const host = given.attempts[0]?.host ?? "";
        const here = born(given, { region: host.startsWith("eu") ? "eu" : "azure-se", grade: "C" });
        const unknown = born(given, null);
        const elsewhere = born(given, { region: "global", grade: "C" });
        expect(here).toBeGreaterThanOrEqual(unknown);
        expect(unknown).toBeGreaterThanOrEqual(elsewhere);
        if (rank[here] === "compliant" && rank[elsewhere] === "violation") within.push(host);
      }),
      { numRuns: 1000 },
    );
    expect(new Set(within).size).toBe(2);
  });
});

describe("the same facts", () => {
  it("give the same judgement, word for word, however often and from whatever copy", () => {
    fc.assert(
      fc.property(question, (given) => {
        const first = judgeCall(given);
        expect(judgeCall(given)).toEqual(first);
        expect(judgeCall(structuredClone(given))).toEqual(first);
      }),
      { numRuns: 400 },
    );
  });

  it("give the same call whatever the order of attempts, tools, objects, lines and fields", () => {
    fc.assert(
      fc.property(question, (given) => {
        const { facts } = given;
        const turned: CallFacts = {
          ...facts,
          featuresOffered: facts.featuresOffered.toReversed(),
          featuresUsed: facts.featuresUsed.toReversed(),
          unreadable: facts.unreadable?.toReversed(),
          storedStateRefs: facts.storedStateRefs?.toReversed(),
          objectsUsed: facts.objectsUsed?.toReversed(),
          batchLines: facts.batchLines?.toReversed(),
        };
        const there = judgeCall(given).call;
        const back = judgeCall({ ...given, facts: turned, attempts: given.attempts.toReversed() }).call;
        const sorted = (judgement: Judgement) => ({
          ...judgement,
          claims: judgement.claims.map(({ claim, value, grade }) => ({
            claim,
            grade,
            value: value === "undetermined" ? value : [...value].sort(),
          })),
        });
        expect(sorted(back)).toEqual(sorted(there));
      }),
      { numRuns: 1000 },
    );
  });

  it("are judged and not changed", () => {
    const given: CallQuestion = {
      facts: fc.sample(callFacts, { numRuns: 1, seed: 7 })[0] ?? never(),
      attempts: [dialled("eu.api.openai.com")],
      policy: fc.sample(policies, { numRuns: 1, seed: 7 })[0] ?? never(),
      catalog,
      pin: unknownPin,
      intendedRegion: null,
      refusal: null,
    };
    const before = JSON.stringify(given);
    judgeCall(given);
    expect(JSON.stringify(given)).toBe(before);
  });
});

function never(): never {
  throw new Error("The sample is empty.");
}
