import type { FixedMethod, RestatementEffect } from "../../contracts/restatements.ts";
import { restatedCallsMax } from "../../contracts/restatements.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { PolicyInForce } from "../../core/policies/policy.ts";
import { type RestatementMethod, restateCall } from "../../core/policies/restate.ts";
import type { Verdict } from "../../core/verdicts/verdict.ts";
import type { CallPosition } from "../../db/call-list.ts";
import { policiesByVersion } from "../../db/policy-version.ts";
import { callsToReplay, type ReplayRow, type ReplayScope } from "../../db/replay-read.ts";
import type { RestatedCallRow } from "../../db/restatement.ts";
import type { Span } from "../../db/rollup-span.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { replayedCall } from "../policies/replayed-call.ts";
import { Refusal } from "../refusal.ts";

/** A scope as the store takes it, and how its calls are judged anew. */
export type StoredScope = {
  readonly tenantId: string;
  readonly span: Span;
  readonly filter: Pick<ReplayScope, "hosts" | "models" | "applicationIds">;
  readonly method: FixedMethod;
};

export type Restated = Omit<RestatedCallRow, "restatementId">;

const chunkMax = 2_000;

/** Judges every call of a scope anew, and answers those whose verdict changes. Refuses a scope that is too wide. */
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
      for (const row of rows) changed.push(...(await restateRow(scope.tenantId, row, policies, method)));
      below = rows.length === chunkMax ? (rows.at(-1) ?? null) : null;
    } while (below !== null);
    return { effect: { calls, moves: countMoves(changed) }, changed };
  });
}

async function restateRow(
  tenantId: string,
  row: ReplayRow,
  policies: ReadonlyMap<number, PolicyInForce>,
  method: RestatementMethod,
): Promise<Restated[]> {
  const policy = row.policyVersion === null ? null : (policies.get(row.policyVersion) ?? null);
  const catalog = await catalogOf(row.catalogVersion);
  const restated = restateCall(replayedCall(row), { policy, catalog }, method);
  if (restated === null) return [];
  return [
    {
      tenantId,
      startedAt: row.startedAt,
      callId: row.id,
      verdictBefore: row.verdict,
      verdictAfter: restated.verdict,
      bandBefore: row.band,
      bandAfter: restated.band,
      reasonsAfter: restated.reasons,
    },
  ];
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
  const counts = new Map<string, { before: Verdict; after: Verdict; calls: number }>();
  for (const { verdictBefore, verdictAfter } of changed) {
    const before = verdictBefore as Verdict;
    const after = verdictAfter as Verdict;
    const key = `${before} ${after}`;
    counts.set(key, { before, after, calls: (counts.get(key)?.calls ?? 0) + 1 });
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
