import type { AttemptDetail, CallDetail, CallListItem, CallPage } from "../../../lib/contracts/calls.ts";
import { callFacets } from "../../../lib/contracts/calls.ts";

/** Typed samples for tests of components; no page ever shows one. */
export function sampleCall(changes: Partial<CallListItem> = {}): CallListItem {
  return {
    id: "01a20430-5c62-7084-8f0f-0f0ce9f82e1c",
    tenant: "nordbank-apps",
    startedAt: "2026-11-22T16:56:47.970Z",
    durationMs: 1240,
    application: "Mobile app",
    environment: "production",
    dataCategory: "personal",
    operation: "chat.completions.create",
    modelRequested: "gpt-4.1-mini",
    modelAnswered: "gpt-4.1-mini-2025-04-14",
    host: "api.openai.com",
    servedRegion: "global",
    intendedRegion: "eu",
    status: 200,
    end: "complete",
    verdict: "violation",
    band: "outside",
    reasons: ["host_out_of_region"],
    basis: "observed",
    source: "gateway",
    retrospective: false,
    simulated: true,
    ...changes,
  };
}

export function sampleAttempt(changes: Partial<AttemptDetail> = {}): AttemptDetail {
  return {
    no: 1,
    host: "api.openai.com",
    progress: "sent",
    requestBytes: 1200,
    responseBytes: 2400,
    status: 200,
    errorCode: null,
    suggestedHost: null,
    redirectHost: null,
    failure: null,
    peer: {
      address: "162.159.140.245",
      port: 443,
      tlsName: "api.openai.com",
      tlsVerified: true,
      tlsProtocol: "TLSv1.3",
      peerKeySha256: "9f3a1c20".repeat(8),
    },
    echo: {
      requestId: "req_7d1c",
      projectId: "proj_nordbank",
      organization: null,
      edgeCode: "FRA",
      processingMs: 900,
      statedRegion: null,
    },
    hostGrade: "C",
    startedAt: "2026-11-22T16:56:47.982Z",
    durationMs: 1226,
    verdict: "violation",
    reasons: ["host_out_of_region"],
    claims: [],
    ...changes,
  };
}

export function sampleDetail(changes: Partial<CallDetail> = {}): CallDetail {
  return {
    ...sampleCall(),
    endedAt: "2026-11-22T16:56:49.210Z",
    keyName: "Mobile app production",
    target: "api.openai.com",
    policyVersion: 3,
    policyPreset: "eea_ch",
    catalogVersion: 1,
    judgeVersion: 1,
    pin: { kind: "unknown", region: null, source: "none", since: null, attestedBy: null },
    statement: "Sent to api.openai.com, a destination without a location promise.",
    advisories: [],
    claims: [
      {
        claim: "relay",
        value: ["DE"],
        grade: "E",
        source: "Attested for the instance that relayed the call.",
      },
      {
        claim: "inference",
        value: "undetermined",
        grade: null,
        source: "Sent to api.openai.com, a destination without a location promise.",
      },
    ],
    attempts: [sampleAttempt()],
    wouldBlock: true,
    inputTokens: 900,
    outputTokens: null,
    requestBytes: 1200,
    responseBytes: 2400,
    ttftMs: 180,
    stream: false,
    lateEnd: null,
    storeSaid: "not said",
    toolHosts: [],
    batchLines: null,
    deployment: null,
    finishReason: "stop",
    gap: null,
    reported: null,
    corroborations: [],
    clientRequestId: null,
    findings: [
      {
        id: "01a204c3-fa91-74a4-8061-89a1cdf4f4cb",
        cause: "host_out_of_region",
        state: "open",
        exception: null,
      },
    ],
    ...changes,
  };
}

export function samplePage(items: readonly CallListItem[], changes: Partial<CallPage> = {}): CallPage {
  const none = Object.fromEntries(callFacets.map((facet) => [facet, []])) as unknown as CallPage["facets"];
  return {
    window: {
      from: "2026-11-15T17:00:00.000Z",
      to: "2026-11-22T17:00:00.000Z",
      coverage: "complete",
      asked: null,
    },
    items,
    nextCursor: null,
    facets: none,
    totalCalls: items.length,
    scanStopped: false,
    liveCursor: "t-start",
    ...changes,
  };
}
