import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttemptFacts } from "../../calls/attempt-facts.ts";
import type { CallRecord, TimedAttempt } from "../../calls/call-record.ts";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { chat, dialled, preset } from "../../testing/case.ts";
import { recordedCall } from "../../testing/recorded-call.ts";
import { reasonOrder } from "../../verdicts/reason-order.ts";
import { canonicalText, entryBytesMax } from "../canonical.ts";
import { type CallEntryInput, judgeInputs, readCallBody } from "./call-body.ts";
import { callDraft, writtenCallDraft } from "./call-draft.ts";
import { decodeEntry, encodeEntry } from "./entry.ts";

const plain = {
  facts: chat(),
  attempts: [dialled("eu.api.openai.com")],
  policy: preset("eea_ch"),
  catalog: openaiCatalog,
  pin: { kind: "unknown", region: null, source: "none", since: null, attestedBy: null } as const,
  intendedRegion: null,
  refusal: null,
};
const plainCall = recordedCall(plain);

/** Longest of everything, in characters that take the most room. */
function worstOf(character: string): CallEntryInput {
  const long = character.repeat(600);
  const many = Array.from({ length: 60 }, () => long);
  const attempt: AttemptFacts = dialled(long, {
    no: Number.MAX_SAFE_INTEGER,
    requestBytes: Number.MAX_SAFE_INTEGER,
    responseBytes: Number.MAX_SAFE_INTEGER,
    status: Number.MAX_SAFE_INTEGER,
    errorCode: long,
    suggestedHost: long,
    redirectHost: long,
    failure: "connect_timeout",
    peer: {
      address: long,
      port: 65_535,
      tlsName: long,
      tlsVerified: true,
      tlsProtocol: long,
      peerKeySha256: long,
    },
    echo: {
      requestId: long,
      projectId: long,
      organization: long,
      edgeCode: long,
      processingMs: Number.MAX_SAFE_INTEGER,
      statedRegion: long,
    },
  });
  const facts = chat({
    operation: long,
    endpoint: long,
    path: long,
    modelRequested: long,
    modelAnswered: long,
    serviceTier: long,
    featuresOffered: many,
    toolHosts: many,
    deployment: { name: long, sku: "DataZoneProvisionedManaged" },
    featuresUsed: many,
    unreadable: many,
    storedStateRefs: many,
    objectsUsed: many.map((id) => ({ kind: "fine_tuning_job", id, birth: { region: long, grade: "C" } })),
    batchLines: many.map((model) => ({
      endpoint: long,
      model,
      features: many,
      count: Number.MAX_SAFE_INTEGER,
    })),
    attemptsKnown: "last_only",
    subjectCountry: long,
    relayCountry: long,
  });
  const over: Partial<CallRecord> = {
    target: long,
    pin: {
      kind: "storage_only",
      region: long,
      source: "attestation",
      since: long,
      attestedBy: long,
      projectId: long,
    },
    refusal: { code: long, message: long },
    wouldBlock: { code: long, message: long },
    usage: {
      inputTokens: Number.MAX_SAFE_INTEGER,
      outputTokens: Number.MAX_SAFE_INTEGER,
      cachedInputTokens: Number.MAX_SAFE_INTEGER,
      reasoningTokens: Number.MAX_SAFE_INTEGER,
    },
    intent: { bootId: long, n: Number.MAX_SAFE_INTEGER },
    intendedRegion: long,
    objectsNamed: many.map((id) => ({
      kind: "fine_tuning_job",
      id,
      bytes: Number.MAX_SAFE_INTEGER,
      expiresAt: Number.MAX_SAFE_INTEGER,
      madeBy: { kind: "fine_tuning_job", id },
    })),
    providerObjectId: long,
    bodyDigest: long,
    finishReason: long,
    gap: "spooled",
    reported: {
      format: "litellm",
      hostSource: "default",
      retrospective: false,
      clockAheadMs: Number.MAX_SAFE_INTEGER,
    },
    traceId: long,
    statedApp: long,
    endUser: "u",
    clientRequestId: "r",
  };
  const timed = { ...attempt, startedAt: "2026-11-22T09:00:00.010Z", durationMs: Number.MAX_SAFE_INTEGER };
  const attempts = Array.from({ length: 12 }, () => timed);
  const countries = Array.from({ length: 249 }, () => "DE");
  const judgement = {
    ...plainCall.judgement,
    reasons: [...reasonOrder],
    standing: [
      "project_not_pinned",
      "project_not_set_up",
      "log_frozen",
      "observe_ending",
      "evidence_gap",
    ] as const,
    claims: plainCall.judgement.claims.map((claim) => ({ ...claim, value: countries, grade: "C" as const })),
  };
  return {
    ...plainCall,
    record: { ...plainCall.record, facts, attempts, ...over },
    judgement,
    attempts: attempts.map((each) => ({ facts: each, judgement })),
    deciding: timed,
    servedRegion: long,
  };
}

function entryOf(input: CallEntryInput) {
  const { type, body, openings } = callDraft(input);
  expect(writtenCallDraft(input)).toEqual({ type, bodyText: canonicalText(body), openings });
  const commit = Object.fromEntries(openings.map(({ field }) => [field, `${"A".repeat(43)}=`]));
  const bytes = encodeEntry({
    log: `domicile.ledger/${"a".repeat(26)}/e999999999`,
    index: Number.MAX_SAFE_INTEGER,
    type,
    at: "2026-11-22T09:00:01.000Z",
    body,
    commit,
  });
  return { bytes, read: readCallBody(decodeEntry(bytes).body) };
}

describe("an entry's 16 KiB", () => {
  it.each(["a", "é", "界", "🌍", '"', "\u0001", "\ud800"])(
    "hold the worst call there can be, of %j",
    (character) => {
      const { bytes, read } = entryOf(worstOf(character));
      expect(bytes.length).toBeLessThanOrEqual(entryBytesMax);
      expect(read.cuts.length).toBeGreaterThan(20);
    },
  );

  it("hold any texts of any length", () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(units, (any) => {
        const { bytes } = entryOf(worstOf(String.fromCharCode(...any)));
        expect(bytes.length).toBeLessThanOrEqual(entryBytesMax);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a cut", () => {
  it("of a list says how many there truly were, and that the call cannot be judged again", () => {
    const featuresOffered = Array.from({ length: 200 }, (_, i) => `tool_${i}`);
    const { read } = entryOf(recordedCall({ ...plain, facts: chat({ featuresOffered }) }));
    expect(read.cuts).toEqual(["body.facts.features_offered"]);
    expect(judgeInputs(read)).toBeNull();
    const { body } = callDraft(recordedCall({ ...plain, facts: chat({ featuresOffered }) }));
    expect(body).toMatchObject({ facts: { features_offered: { count: 200 } } });
  });

  it("of what no step of the judgement reads takes nothing from judging again", () => {
    const facts = chat({ path: `/v1/responses/${"x".repeat(1_000)}` });
    const { read } = entryOf(recordedCall({ ...plain, facts }));
    expect(read.cuts).toEqual(["body.facts.path"]);
    expect(judgeInputs(read)).not.toBeNull();
  });

  it("of attempts never leaves out the one that the verdict rests on", () => {
    const fine = dialled("eu.api.openai.com");
    const attempts = Array.from({ length: 30 }, (_, i) => ({ ...fine, no: i + 1 }));
    attempts[25] = { ...dialled("api.openai.com"), no: 26 };
    const input = recordedCall({ ...plain, attempts });
    const { read } = entryOf(input);
    expect(read.cuts).toEqual(["body.attempts"]);
    expect(read.body.verdict).toBe("violation");
    expect(read.body.attempts[0]).toMatchObject({
      no: 26,
      host: "api.openai.com",
      judged: { verdict: "violation" },
    });
    expect(read.body.attempts[1]).toMatchObject({ no: 1 });
    expect(callDraft(input).openings.length).toBe(read.body.attempts.length);
  });

  it("is not made where everything fits: three attempts stand whole, in their order", () => {
    const attempts: Omit<TimedAttempt, "startedAt" | "durationMs">[] = [1, 2, 3].map((no) => ({
      ...dialled("eu.api.openai.com"),
      no,
    }));
    const { read } = entryOf(recordedCall({ ...plain, attempts }));
    expect(read.body.attempts.map(({ no }) => no)).toEqual([1, 2, 3]);
    expect(judgeInputs(read)).not.toBeNull();
  });
});
