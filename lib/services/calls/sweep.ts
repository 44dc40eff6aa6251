import type { CallIntent, CallRecord } from "../../core/calls/call-record.ts";
import type { DeploymentFacts } from "../../core/calls/deployment-facts.ts";
import { operationRows } from "../../core/calls/operations-table.ts";
import { type Pin, unknownPin } from "../../core/policies/policy.ts";
import { findDeployment } from "../../core/upstreams/upstream.ts";
import { listOpenIntents } from "../../db/call-intent.ts";
import { type ExpiredBoot, fenceExpiredBoots, markBootSwept } from "../../db/gateway-boot.ts";
import { pinsOfCredential, type StatedPin } from "../../db/pin.ts";
import { upstreamsOf } from "../../db/provider-credential.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { parseUpstream } from "../credentials/parse-upstream.ts";
import { closeBoot } from "../ledger/close-boot.ts";
import { recordCalls } from "./record-calls.ts";

const pageSize = 2_000;

export type SweepResult = { readonly boots: number; readonly calls: number; readonly rejected: number };

/**
 * Records, without an end, the calls that a dead gateway left open: outside policy where the intent's host was, else not
 * verifiable. Never by a fixed timeout: only a boot whose lease has run out is swept, because a call may live long.
 *
 * crash: a boot is fenced first, so that it opens no intent behind the sweep. It is gone through twice: at once, and when
 * no insert that began before the fence can still be under way. Whatever this process leaves, the next pass takes.
 */
export async function sweepExpiredBoots(now: Date | null = null): Promise<SweepResult> {
  let calls = 0;
  let rejected = 0;
  let tenantIds: readonly string[] | null = null;
  const boots = await fenceExpiredBoots(now);
  for (const boot of boots) {
    if (!boot.settled && goneThrough.has(boot.id)) continue;
    tenantIds ??= await allTenantIds();
    let left = 0;
    for (const tenantId of tenantIds) {
      const swept = await sweepTenant(tenantId, boot);
      calls += swept.calls;
      left += swept.rejected;
    }
    rejected += left;
    if (left > 0) continue;
    goneThrough.add(boot.id);
    if (!boot.settled) continue;
    // crash: a pass that ends between two of these is gone through again; what was said is not said twice.
    for (const tenantId of tenantIds) await closeBoot(tenantId, boot.id);
    await markBootSwept(boot.id);
    goneThrough.delete(boot.id);
  }
  return { boots: boots.length, calls, rejected };
}

/** Boots that were gone through once by this process. Forgetting them costs another look, nothing else. */
const goneThrough = new Set<string>();

async function sweepTenant(
  tenantId: string,
  boot: ExpiredBoot,
): Promise<{ calls: number; rejected: number }> {
  const total = { calls: 0, rejected: 0 };
  let below: number | null = null;
  do {
    const page = await readPage(tenantId, boot, below);
    for (const { outcome } of await recordCalls(tenantId, page.records)) {
      if (outcome === "rejected") total.rejected += 1;
      else total.calls += 1;
    }
    below = page.below;
  } while (below !== null);
  return total;
}

async function readPage(
  tenantId: string,
  boot: ExpiredBoot,
  from: number | null,
): Promise<{ records: CallRecord[]; below: number | null }> {
  return withTenantSql({ read: [tenantId], write: null }, async (sql) => {
    const { open, below } = await listOpenIntents(sql, tenantId, boot.id, from, pageSize);
    const credentialIds = [...new Set(open.flatMap((intent) => intent.credentialId ?? []))];
    const pins = await pinsOfCredential(sql, tenantId, credentialIds);
    const upstreams = await upstreamsOf(sql, tenantId, credentialIds);
    const deploymentOf = ({ credentialId, modelRequested }: CallIntent) =>
      credentialId === null
        ? null
        : findDeployment(parseUpstream(upstreams.get(credentialId)), modelRequested);
    const records = open.map((intent) => ({
      ...withoutEnd(intent, pinAt(pins, intent), deploymentOf(intent)),
      ...(boot.spooled ? { gap: "spooled" as const } : {}),
    }));
    return { records, below };
  });
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
        echo: {
          requestId: null,
          projectId: null,
          organization: null,
          edgeCode: null,
          processingMs: null,
          statedRegion: null,
        },
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
