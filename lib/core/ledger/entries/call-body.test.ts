import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { attemptFacts, callFacts, pins, policies } from "../../testing/arbitraries.ts";
import { chat, dialled, preset } from "../../testing/case.ts";
import { recordedCall } from "../../testing/recorded-call.ts";
import { bytesOf, expectSameJudgement, throughBytes } from "../../testing/recorded-entry.ts";
import type { CallQuestion } from "../../verdicts/judge.ts";
import { canonicalText } from "../canonical.ts";
import { callBody, callBodyText, readCallBody } from "./call-body.ts";
import { callDraft, writtenCallDraft } from "./call-draft.ts";
import { decodeEntry, type Entry, EntryError } from "./entry.ts";
import { keepWritten } from "./kept-codec.ts";

const question: CallQuestion = {
  facts: chat(),
  attempts: [dialled("eu.api.openai.com")],
  policy: preset("eea_ch"),
  catalog: openaiCatalog,
  pin: { kind: "unknown", region: null, source: "none", since: null, attestedBy: null },
  intendedRegion: "eu",
  refusal: null,
};

describe("a call's entry holds every input judge read", () => {
  it("so that bytes alone give the same judgement, for any facts", () => {
    const any = fc.record({
      facts: callFacts,
      attempts: fc.array(attemptFacts, { maxLength: 3 }),
      policy: fc.option(policies, { freq: 9 }),
      pin: pins,
      refusal: fc.constantFrom(null, null, { code: "region_blocked", message: "No." }),
      end: fc.constantFrom("complete" as const, "unknown" as const, "refused" as const),
      source: fc.constantFrom("gateway" as const, "intake" as const),
    });
    fc.assert(
      fc.property(any, (given) =>
        expectSameJudgement({ ...given, catalog: openaiCatalog, intendedRegion: "eu" }),
      ),
      { numRuns: 500 },
    );
  });

  it("so that it says again everything the record said, but for what is personal", () => {
    const input = recordedCall(question, {
      endUser: "u-1",
      clientRequestId: "r-1",
      statedApp: "crm",
      wouldBlock: { code: "region_blocked", message: "The policy does not allow it." },
    });
    const {
      tenantId: _,
      pin: _pin,
      policyVersion,
      catalogVersion,
      clientRequestId,
      endUser,
      attempts,
      ...rest
    } = input.record;
    const { body, cuts } = throughBytes(input);
    expect(body).toMatchObject(rest);
    expect(body.policy).toEqual({ version: policyVersion, sha256: "a".repeat(64) });
    expect(body.catalog).toEqual({ version: catalogVersion, sha256: "c".repeat(64) });
    expect(body.attempts[0]).toMatchObject({
      ...attempts[0],
      peer: { tlsName: "eu.api.openai.com", tlsVerified: true },
    });
    expect(cuts).toEqual([]);
    expect([clientRequestId, endUser]).toEqual(["r-1", "u-1"]);
  });
});

describe("what is personal", () => {
  const input = recordedCall(question, { endUser: "u-1-personal", clientRequestId: "r-1-personal" });
  const text = new TextDecoder().decode(bytesOf(input));

  it("never stands in the bytes", () => {
    for (const value of ["u-1-personal", "r-1-personal", "203.0.113.7"]) expect(text).not.toContain(value);
  });

  it("is committed to, and what speaks of the end user is found by the end user", () => {
    expect(callDraft(input).openings).toEqual([
      { field: "end_user", value: "u-1-personal", subject: "u-1-personal" },
      { field: "client_request_id", value: "r-1-personal", subject: "u-1-personal" },
      { field: "peer_address_1", value: "203.0.113.7" },
    ]);
  });
});

describe("2.17 row 14: what this program does not know is refused, never read as something else", () => {
  const entry = decodeEntry(bytesOf(recordedCall(question)));
  const changed = (change: (text: string) => string): Entry => ({
    ...entry,
    body: JSON.parse(change(JSON.stringify(entry.body))),
  });
  const cases: readonly [string, string, string][] = [
    ["a verdict", '"verdict":"compliant"', '"verdict":"fine"'],
    ["a band", '"band":"in_region"', '"band":"inside"'],
    ["a grade", '"host_grade":"C"', '"host_grade":"F"'],
    ["an end", '"end":"complete"', '"end":"done"'],
    ["a source", '"source":"gateway"', '"source":"proxy"'],
    ["an inherited word", '"end":"complete"', '"end":"constructor"'],
    ["a version of facts", '"facts_v":4', '"facts_v":9'],
    ["a member of the facts", '"stream":false', '"stream":false,"stored":true'],
    ["a list that is called cut and is whole", '"reasons":[]', '"reasons":{"count":0,"items":[]}'],
    ["a list that is no list", '"reasons":[]', '"reasons":{"count":2}'],
  ];

  it.each(cases)("%s", (_what, from, to) => {
    const before = JSON.stringify(entry.body);
    expect(before).toContain(from);
    expect(() => readCallBody(changed((text) => text.replace(from, to)).body)).toThrow(EntryError);
  });
});

describe("2.17 row 6: an entry from another time is not completed with what it never said", () => {
  const { body } = decodeEntry(bytesOf(recordedCall(question)));
  const members = Object.keys(body as object);

  it.each(members)("without %s it is refused", (member) => {
    const { [member]: _, ...rest } = body as Record<string, never>;
    expect(() => readCallBody(rest)).toThrow(EntryError);
  });

  it("a fact that nobody looked for stays absent, and does not become an empty list", () => {
    const { unreadable: _, ...facts } = chat();
    expect(throughBytes(recordedCall({ ...question, facts })).body.facts.unreadable).toBeUndefined();
    expect(throughBytes(recordedCall(question)).body.facts.unreadable).toEqual([]);
  });
});

describe("a body that is written as text", () => {
  it("is the canonical text of the body, for any facts, also where parts of it are written once for many calls", () => {
    const any = fc.record({
      facts: callFacts,
      attempts: fc.array(attemptFacts, { maxLength: 2 }),
      policy: fc.option(policies, { freq: 9 }),
      pin: pins,
    });
    fc.assert(
      fc.property(any, (given) => {
        const input = recordedCall({ ...question, ...given });
        const text = canonicalText(callBody(input));
        expect(callBodyText(input)).toBe(text);
        keepWritten(input.record.facts);
        keepWritten(input.record.pin);
        keepWritten(input.judgement.claims);
        for (let i = 0; i < 2; i += 1) expect(callBodyText(input)).toBe(text);
        expect(writtenCallDraft(input).openings).toEqual(callDraft(input).openings);
      }),
      { numRuns: 200 },
    );
  });
});
