import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import type { Pin, Policy, PolicyInForce, PresetId } from "../policies/policy.ts";
import { unknownPin } from "../policies/policy.ts";
import { policyFromPreset } from "../policies/presets.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { judgeAttempt } from "../verdicts/judge.ts";

/** Builders for tables: a plain chat call that is within policy everywhere; each case states what differs. */
export const listedModel = "gpt-4o-2024-08-06";

export function chat(over: Partial<CallFacts> = {}): CallFacts {
  return {
    operation: "chat.completions.create",
    endpoint: "/v1/chat/completions",
    path: "/v1/chat/completions",
    carriesContent: true,
    requestBody: "read",
    responseBody: "read",
    modelRequested: listedModel,
    modelAnswered: listedModel,
    stream: false,
    store: { said: false },
    background: { said: false },
    serviceTier: null,
    featuresOffered: [],
    unreadable: [],
    storedStateRefs: [],
    featuresUsed: [],
    subjectCountry: null,
    relayCountry: null,
    simulated: false,
    ...over,
  };
}

export function response(over: Partial<CallFacts> = {}): CallFacts {
  return chat({ operation: "responses.create", endpoint: "/v1/responses", path: "/v1/responses", ...over });
}

/** A request seen whole on its own socket, answered with 200. */
export function dialled(host: string, over: Partial<AttemptFacts> = {}): AttemptFacts {
  return {
    no: 1,
    host,
    progress: "sent",
    requestBytes: 900,
    responseBytes: 1200,
    status: 200,
    errorCode: null,
    suggestedHost: null,
    redirectHost: null,
    failure: null,
    peer: {
      address: "203.0.113.7",
      port: 443,
      tlsName: host,
      tlsVerified: true,
      tlsProtocol: "TLSv1.3",
      peerKeySha256: "0".repeat(64),
    },
    echo: {
      requestId: "req_1",
      projectId: "proj_1",
      organization: "org-1",
      edgeCode: null,
      processingMs: 12,
      statedRegion: null,
    },
    hostGrade: "C",
    ...over,
  };
}

/** A host as a log reports it: no socket was seen. */
export function reported(host: string, over: Partial<AttemptFacts> = {}): AttemptFacts {
  return dialled(host, { peer: null, hostGrade: "D", ...over });
}

export function wrongHostname(host: string, over: Partial<AttemptFacts> = {}): AttemptFacts {
  return dialled(host, { status: 401, errorCode: "incorrect_hostname", ...over });
}

const acceptance = {
  acceptedBy: "M. Roth",
  reason: "No promise of place is made to these customers.",
  reviewOn: "2027-06-01",
};

export function preset(id: PresetId, over: Partial<Policy> = {}): PolicyInForce {
  const policy = policyFromPreset(id, { homeRegion: null, enforcement: { mode: "block" }, acceptance });
  return inForce({ ...policy, ...over });
}

export function inForce(policy: Policy): PolicyInForce {
  return { version: 3, sha256: "a".repeat(64), policy };
}

export function pinnedTo(region: string, over: Partial<Pin> = {}): Pin {
  return {
    kind: "processing",
    region,
    source: "attestation",
    since: "2026-03-01T00:00:00.000Z",
    attestedBy: "M. Roth",
    ...over,
  };
}

export const globalPin: Pin = {
  ...unknownPin,
  kind: "global",
  source: "admin_api",
  since: "2026-09-01T00:00:00.000Z",
};

export type Case = {
  readonly policy: PolicyInForce | null;
  readonly facts?: CallFacts;
  readonly attempt: AttemptFacts;
  readonly pin?: Pin;
};

export function judged({ policy, facts = chat(), attempt, pin = unknownPin }: Case) {
  return judgeAttempt({ facts, attempt, policy, catalog: openaiCatalog, pin, intendedRegion: null });
}
