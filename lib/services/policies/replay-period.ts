import {
  type ReplayChunk,
  type ReplayDifference,
  type ReplayInput,
  replayInput,
} from "../../contracts/replays.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { PolicyInForce } from "../../core/policies/policy.ts";
import {
  type ReplayOutcome,
  type ReplayVerdict,
  replayCall,
  replayVerdict,
} from "../../core/policies/replay.ts";
import { describeReason } from "../../core/verdicts/describe-reason.ts";
import type { Reason, Verdict } from "../../core/verdicts/verdict.ts";
import { applicationsById } from "../../db/application.ts";
import { policiesByVersion } from "../../db/policy-version.ts";
import { callsToReplay, countRecorded, type ReplayRow, wholeScope } from "../../db/replay-read.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { readPosition, writePosition } from "../calls/cursors.ts";
import { inSlices } from "../costly/in-slices.ts";
import { Refusal } from "../refusal.ts";
import { lastDays, type Span, spanOf } from "../window.ts";
import { readSentPolicy, storedForm } from "./checked-policy.ts";
import { replayedCall } from "./replayed-call.ts";

const daysMax = 400;
const listedMax = 50;

/**
 * Replays a part of a period under a saved version or one that is not saved yet, the newest call first: what would have
 * been stopped, and what would have another verdict. Each call is judged by the catalog it was judged by. Changes nothing.
 */
export async function replayPeriod(
  actor: Actor,
  asked: ReplayInput,
  { now = new Date() }: { now?: Date } = {},
): Promise<ReplayChunk> {
  const input = replayInput.parse(asked);
  const { tenantId } = await tenantFor(actor, "call:read", input.tenant);
  const span = lastDays(spanOf({ range: "30d", from: input.from, to: input.to }, now), daysMax);
  const below = input.cursor === null ? null : readPosition(input.cursor);
  const read = await readTenantsSql([tenantId], async (sql) => ({
    policy: await policyOf(sql, tenantId, input.under),
    rows: await callsToReplay(sql, { tenantId, span, below, scope: wholeScope, limit: input.limit }),
    totalCalls: await countRecorded(sql, tenantId, span),
    applications: await applicationsById(sql, [tenantId]),
  }));
  const names = new Map([...read.applications].map(([id, { name }]) => [id, name]));
  // No connection is held while they are judged.
  return {
    ...chunkOf(span, read.totalCalls),
    ...(await replayAll(read.rows, read.policy, names, input.limit)),
  };
}

async function replayAll(
  rows: readonly ReplayRow[],
  policy: PolicyInForce,
  names: ReadonlyMap<string, string>,
  limit: number,
): Promise<Omit<ReplayChunk, "from" | "to" | "totalCalls">> {
  const verdicts = new Map<string, { before: Verdict; after: ReplayVerdict; calls: number }>();
  const reasons = new Map<Reason, number>();
  const differing: ReplayDifference[] = [];
  const counts = { stopped: 0, stoppedBefore: 0, wouldStop: 0 };
  for await (const row of inSlices(rows)) {
    const before = row.verdict as Verdict;
    const outcome = replayCall(replayedCall(row), policy, await catalogOf(row.catalogVersion));
    const after = replayVerdict(outcome);
    const key = `${before} ${after}`;
    const cell = verdicts.get(key) ?? { before, after, calls: 0 };
    verdicts.set(key, { ...cell, calls: cell.calls + 1 });
    if (outcome.kind === "stopped") {
      counts.stopped += 1;
      if (before === "blocked") counts.stoppedBefore += 1;
      reasons.set(outcome.refusal.reason, (reasons.get(outcome.refusal.reason) ?? 0) + 1);
    } else if (outcome.wouldBlock !== null) counts.wouldStop += 1;
    if (after !== before && differing.length < listedMax) differing.push(difference(row, outcome, names));
  }
  const last = rows.at(-1);
  return {
    looked: rows.length,
    verdicts: [...verdicts.values()].sort((a, b) => b.calls - a.calls),
    ...counts,
    stopReasons: [...reasons].map(([reason, calls]) => ({ reason, calls })).sort((a, b) => b.calls - a.calls),
    differing,
    nextCursor: rows.length === limit && last ? writePosition(last) : null,
  };
}

function difference(
  row: ReplayRow,
  outcome: ReplayOutcome,
  names: ReadonlyMap<string, string>,
): ReplayDifference {
  return {
    id: row.id,
    startedAt: row.startedAt.toISOString(),
    application: names.get(row.applicationId) ?? "",
    operation: row.operation,
    model: row.model,
    host: row.host,
    before: row.verdict as Verdict,
    after: replayVerdict(outcome),
    why: whyOf(outcome),
  };
}

function whyOf(outcome: ReplayOutcome): string {
  switch (outcome.kind) {
    case "stopped":
      return describeReason(outcome.refusal.reason).title;
    case "released":
      return `It would have been sent to ${outcome.host}; what would have come back is not recorded.`;
    case "rerouted":
      return `It would have gone to ${outcome.host} instead; what would have come back is not recorded.`;
    case "judged":
      return (
        outcome.reasons.map((reason) => describeReason(reason).title).join("; ") ||
        "Nothing speaks against it"
      );
  }
}

async function policyOf(
  sql: SqlTransaction,
  tenantId: string,
  under: ReplayInput["under"],
): Promise<PolicyInForce> {
  if ("policy" in under) {
    const policy = readSentPolicy(under.policy);
    return { version: 0, sha256: storedForm(policy).sha256, policy };
  }
  const [row] = await policiesByVersion(sql, tenantId, [under.version]);
  if (!row) throw new Refusal("not_found", `This tenant has no policy version ${under.version}.`);
  return { version: row.version, sha256: row.sha256, policy: parsePolicy(row.body) };
}

function chunkOf({ from, to }: Span, totalCalls: number): Pick<ReplayChunk, "from" | "to" | "totalCalls"> {
  return { from: from.toISOString(), to: to.toISOString(), totalCalls };
}
