import type { FixedMethod, RestatementEffect, VerdictMove } from "../../contracts/restatements.ts";
import { restatedCallsMax } from "../../contracts/restatements.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { PolicyInForce } from "../../core/policies/policy.ts";
import { type RestatementMethod, restateCall } from "../../core/policies/restate.ts";
import type { Band, Verdict } from "../../core/verdicts/verdict.ts";
import type { CallPosition } from "../../db/call-list.ts";
import { policiesByVersion } from "../../db/policy-version.ts";
import { callsToReplay, type ReplayRow, type ReplayScope } from "../../db/replay-read.ts";
import { type ApprovedRow, approvedOf, type RestatedCallRow } from "../../db/restatement.ts";
import type { Span } from "../../db/rollup-span.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { inSlices } from "../costly/in-slices.ts";
import { replayedCall } from "../policies/replayed-call.ts";
import { Refusal } from "../refusal.ts";
import { readMethod } from "./read-stored.ts";

/** A scope as the store takes it, and how its calls are judged anew. */
export type StoredScope = {
  readonly tenantId: string;
  readonly span: Span;
  readonly filter: Pick<ReplayScope, "hosts" | "models" | "applicationIds">;
  readonly method: FixedMethod;
};

export type Restated = Omit<RestatedCallRow, "restatementId">;

const chunkMax = 2_000;

/**
 * Judges every call of a scope anew, and answers those that would count as something else than they do today, whether by
 * verdict or by band. Refuses a scope that is too wide.
 */
export async function restateScope(
  scope: StoredScope,
): Promise<{ effect: RestatementEffect; changed: readonly Restated[] }> {
  const method = await coreMethod(scope.method);
  const where: ReplayScope = {
    ...scope.filter,
    credentialId: scope.method.kind === "pin" ? scope.method.credentialId : null,
  };
  return readTenantsSql([scope.tenantId], async (sql) => {
    const policies = new Map<number, PolicyInForce>();
    const changed: Restated[] = [];
    let calls = 0;
    let below: CallPosition | null = null;
    do {
      const query = { tenantId: scope.tenantId, span: scope.span, below, scope: where, limit: chunkMax };
      const rows: ReplayRow[] = await callsToReplay(sql, query);
      calls += rows.length;
      if (calls > restatedCallsMax) throw tooWide();
      await addPolicies(sql, scope.tenantId, rows, policies);
      const approved = await approvedById(sql, scope, rows);
      for await (const row of inSlices(rows))
        changed.push(
          ...(await restateRow(scope.tenantId, row, policies, method, approved.get(row.id) ?? [])),
        );
      below = rows.length === chunkMax ? (rows.at(-1) ?? null) : null;
    } while (below !== null);
    return { effect: { calls, moves: countMoves(changed) }, changed };
  });
}

/**
 * `approved`: the approved restatements of the call, the newest first. Judged anew, it keeps the catalog and the pin that
 * they gave it; only what this one names itself takes their place.
 */
async function restateRow(
  tenantId: string,
  row: ReplayRow,
  policies: ReadonlyMap<number, PolicyInForce>,
  method: RestatementMethod,
  approved: readonly ApprovedRow[],
): Promise<Restated[]> {
  const policy = row.policyVersion === null ? null : (policies.get(row.policyVersion) ?? null);
  const methods = approved.map((each) => readMethod(each.method));
  const version = methods.find(({ kind }) => kind === "catalog");
  const learned = methods.find(({ kind }) => kind === "pin");
  const catalog = await catalogOf(version?.kind === "catalog" ? version.version : row.catalogVersion);
  const stored = replayedCall(row);
  const call = learned?.kind === "pin" ? { ...stored, pin: learned.pin } : stored;
  const { verdict, band } = approved[0] ?? row;
  const inEffect = { verdict: verdict as Verdict, band: band as Band | null };
  const restated = restateCall(call, { policy, catalog }, method, inEffect);
  if (restated === null) return [];
  return [
    {
      tenantId,
      startedAt: row.startedAt,
      callId: row.id,
      verdictBefore: verdict,
      verdictAfter: restated.verdict,
      bandBefore: band,
      bandAfter: restated.band,
      reasonsAfter: restated.reasons,
    },
  ];
}

async function approvedById(
  sql: SqlTransaction,
  { tenantId, span }: StoredScope,
  rows: readonly ReplayRow[],
): Promise<ReadonlyMap<string, ApprovedRow[]>> {
  const ids = rows.map(({ id }) => id);
  return Map.groupBy(await approvedOf(sql, tenantId, span, ids), ({ callId }) => callId);
}

async function addPolicies(
  sql: SqlTransaction,
  tenantId: string,
  rows: readonly ReplayRow[],
  policies: Map<number, PolicyInForce>,
): Promise<void> {
  const wanted = new Set(rows.flatMap(({ policyVersion }) => policyVersion ?? []));
  const missing = [...wanted].filter((version) => !policies.has(version));
  if (missing.length === 0) return;
  for (const { version, sha256, body } of await policiesByVersion(sql, tenantId, missing))
    policies.set(version, { version, sha256, policy: parsePolicy(body) });
}

async function coreMethod(method: FixedMethod): Promise<RestatementMethod> {
  switch (method.kind) {
    case "catalog":
      return { kind: "catalog", catalog: await catalogOf(method.version) };
    case "pin":
      return { kind: "pin", pin: method.pin };
    case "notice":
      return method;
  }
}

function countMoves(changed: readonly Restated[]): RestatementEffect["moves"] {
  const counts = new Map<string, VerdictMove>();
  for (const { verdictBefore, verdictAfter, bandBefore, bandAfter } of changed) {
    const stays = verdictBefore === verdictAfter;
    const move = {
      before: verdictBefore as Verdict,
      after: verdictAfter as Verdict,
      bandBefore: stays ? (bandBefore as Band | null) : null,
      bandAfter: stays ? (bandAfter as Band | null) : null,
    };
    const key = Object.values(move).join(" ");
    counts.set(key, { ...move, calls: (counts.get(key)?.calls ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.calls - a.calls);
}

function tooWide(): Refusal {
  return new Refusal(
    "invalid_input",
    `More than ${restatedCallsMax} calls lie in this scope. Make it narrower, and restate in parts.`,
    {
      fields: [{ field: "from", message: "Choose a shorter period, or name hosts, models or applications." }],
    },
  );
}
