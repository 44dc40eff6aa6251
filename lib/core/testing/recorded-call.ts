import type { CallRecord } from "../calls/call-record.ts";
import type { CallEntryInput } from "../ledger/entries/call-body.ts";
import { type CallQuestion, judgeCall } from "../verdicts/judge.ts";

/** A question to `judge` as a recorded, judged call. Each case states what differs. */
export function recordedCall(question: CallQuestion, over: Partial<CallRecord> = {}): CallEntryInput {
  const {
    facts,
    pin,
    policy,
    catalog,
    intendedRegion,
    refusal,
    end = "complete",
    source = "gateway",
  } = question;
  const attempts = question.attempts.map((attempt) => ({
    ...attempt,
    startedAt: "2026-11-22T09:00:00.010Z",
    durationMs: 840,
  }));
  const record: CallRecord = {
    id: "019aab00-0000-7000-8000-000000000001",
    tenantId: "019aab00-0000-7000-8000-00000000000a",
    intent: { bootId: "019aab00-0000-7000-8000-00000000000b", n: 1 },
    startedAt: "2026-11-22T09:00:00.000Z",
    endedAt: "2026-11-22T09:00:00.850Z",
    source,
    keyId: "019aab00-0000-7000-8000-00000000000c",
    applicationId: "019aab00-0000-7000-8000-00000000000d",
    credentialId: "019aab00-0000-7000-8000-00000000000e",
    target: "policy",
    intendedRegion,
    policyVersion: policy?.version ?? null,
    catalogVersion: catalog.version,
    pin,
    facts,
    attempts,
    end,
    refusal,
    wouldBlock: null,
    usage: { inputTokens: 20, outputTokens: 8, cachedInputTokens: 0, reasoningTokens: null },
    ttftMs: 120,
    requestBytes: 900,
    responseBytes: 1_200,
    bodyDigest: "d".repeat(64),
    providerObjectId: "chatcmpl-1",
    clientRequestId: null,
    statedApp: null,
    endUser: null,
    ...over,
  };
  // As the recording verb asks: end and source of the record always count.
  const judged = judgeCall({
    ...question,
    attempts: record.attempts,
    end: record.end,
    source: record.source,
  });
  const paired = record.attempts.flatMap((each, i) => {
    const judgement = judged.attempts[i];
    return judgement === undefined ? [] : [{ facts: each, judgement }];
  });
  const deciding =
    paired.findLast(({ judgement }) => judgement.verdict === judged.call.verdict) ?? paired.at(-1);
  return {
    record,
    judgement: judged.call,
    attempts: paired,
    deciding: deciding?.facts ?? null,
    servedRegion: null,
    policySha256: policy?.sha256 ?? null,
    catalogSha256: "c".repeat(64),
  };
}
