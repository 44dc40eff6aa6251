import { noEcho } from "../../core/calls/attempt-facts.ts";
import type { CallIntent, CallRecord } from "../../core/calls/call-record.ts";
import type { DeploymentFacts } from "../../core/calls/deployment-facts.ts";
import { operationRows } from "../../core/calls/operations-table.ts";
import { type Pin, unknownPin } from "../../core/policies/policy.ts";
import { findDeployment } from "../../core/upstreams/upstream.ts";
import { pinsOfCredential, type StatedPin } from "../../db/pin.ts";
import { upstreamsOf } from "../../db/provider-credential.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { parseUpstream } from "../credentials/parse-upstream.ts";

/** Open intents of one tenant as records: with the pin and the deployment of their credentials, and no end. */
export async function recordsWithoutEnd(
  sql: SqlTransaction,
  tenantId: string,
  open: readonly CallIntent[],
  spooled: boolean,
): Promise<CallRecord[]> {
  const credentialIds = [...new Set(open.flatMap((intent) => intent.credentialId ?? []))];
  const pins = await pinsOfCredential(sql, tenantId, credentialIds);
  const upstreams = await upstreamsOf(sql, tenantId, credentialIds);
  const deploymentOf = ({ credentialId, modelRequested }: CallIntent) =>
    credentialId === null ? null : findDeployment(parseUpstream(upstreams.get(credentialId)), modelRequested);
  return open.map((intent) => ({
    ...withoutEnd(intent, pinAt(pins, intent), deploymentOf(intent)),
    ...(spooled ? { gap: "spooled" as const } : {}),
  }));
}

/** What is known of a call of which only the intent is known. Whatever else `judge` asks, nobody can say. */
export function withoutEnd(
  intent: CallIntent,
  pin: Pin,
  deployment: DeploymentFacts | null = null,
): CallRecord {
  return {
    id: intent.callId,
    tenantId: intent.tenantId,
    intent: { bootId: intent.bootId, n: intent.n },
    startedAt: intent.startedAt,
    endedAt: null,
    source: intent.source,
    keyId: intent.keyId,
    applicationId: intent.applicationId,
    credentialId: intent.credentialId,
    target: intent.target,
    intendedRegion: intent.intendedRegion,
    policyVersion: intent.policyVersion,
    catalogVersion: intent.catalogVersion,
    pin,
    facts: {
      operation: intent.operation,
      endpoint: intent.endpoint,
      path: intent.path,
      carriesContent: carriesContent(intent.operation),
      requestBody: "unread",
      responseBody: "unread",
      modelRequested: intent.modelRequested,
      modelAnswered: null,
      stream: false,
      store: { said: false },
      background: { said: false },
      serviceTier: null,
      featuresOffered: [],
      featuresUsed: [],
      ...(deployment ? { deployment } : {}),
      subjectCountry: null,
      relayCountry: intent.relayCountry,
      simulated: intent.simulated,
    },
    attempts: [
      {
        no: 1,
        startedAt: intent.startedAt,
        durationMs: null,
        host: intent.host,
        progress: "unknown",
        requestBytes: 0,
        responseBytes: 0,
        status: null,
        errorCode: null,
        suggestedHost: null,
        redirectHost: null,
        failure: null,
        peer: null,
        echo: noEcho,
        hostGrade: "C",
      },
    ],
    end: "unknown",
    refusal: null,
    wouldBlock: null,
    usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null },
    ttftMs: null,
    requestBytes: null,
    responseBytes: null,
    bodyDigest: null,
    providerObjectId: null,
    clientRequestId: null,
    statedApp: null,
    endUser: null,
  };
}

/**
 * The same call with nothing in it but what its intent says, for a record that the store refuses: refused where nothing of it
 * left, else without an end. null: there is no less to say, or whoever reported it is told.
 */
export function bareOf(record: CallRecord): CallRecord | null {
  const { intent, attempts, facts, gap, policyVersion } = record;
  if (record.end === "unknown" || record.reported) return null;
  const stayed = record.end === "refused" && attempts.every(({ progress }) => progress === "refused");
  if (intent === null && !stayed) return null;
  const host = attempts.at(-1)?.host ?? "";
  const bare = withoutEnd(
    {
      ...record,
      ...(intent ?? { bootId: "", n: 0 }),
      callId: record.id,
      operation: facts.operation,
      endpoint: facts.endpoint,
      path: facts.path,
      modelRequested: facts.modelRequested,
      host,
      policyVersion: policyVersion ?? 0,
      relayCountry: facts.relayCountry,
      simulated: facts.simulated,
    },
    record.pin,
    facts.deployment,
  );
  const own = { ...bare, intent, policyVersion, ...(gap ? { gap } : {}) };
  if (!stayed) return own;
  return {
    ...own,
    endedAt: record.endedAt,
    attempts:
      host === "" ? [] : own.attempts.map((attempt) => ({ ...attempt, progress: "refused" as const })),
    end: "refused",
    refusal: record.refusal,
    requestBytes: 0,
    responseBytes: 0,
  };
}

/** An operation the table does not know may carry anything. */
function carriesContent(operation: string): boolean {
  const row = operationRows.find(([, , id]) => id === operation);
  return row === undefined || row[4] === "content";
}

/** The pin as it was known when the call began. */
function pinAt(pins: readonly StatedPin[], intent: CallIntent): Pin {
  const startedAt = Date.parse(intent.startedAt);
  const known = pins.findLast(
    ({ credentialId, statedAt }) => credentialId === intent.credentialId && statedAt.getTime() <= startedAt,
  );
  return known?.pin ?? unknownPin;
}
