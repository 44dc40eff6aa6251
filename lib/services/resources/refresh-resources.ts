import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Policy } from "../../core/policies/policy.ts";
import { hostWithin } from "../../core/policies/requirements.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { type AskProblem, askFailuresMax, questionOf, restMs } from "../../core/resources/upkeep.ts";
import { newestPolicies } from "../../db/policy-version.ts";
import { claimDue, type DueResource, noteAsked, tenantsWithDue } from "../../db/resource-upkeep.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { signUpkeepToken } from "./upkeep-token.ts";

/** One `GET` through the gateway. */
export type Ask = { readonly path: string; readonly token: string };

/** What came of it. `status` null: no answer said any. `callId` null: the gateway recorded nothing. */
export type AskAnswer = {
  readonly problem: AskProblem | null;
  readonly status: string | null;
  readonly callId: string | null;
};

export type AskGateway = (ask: Ask) => Promise<AskAnswer>;

/** How many objects of a tenant are asked about in a minute. */
const perMinuteMax = 30;
/** At a time, so that one tenant's many objects do not hold up another's few. */
const atOnceMax = 8;
/** Longer than any ask takes; after it another worker may ask. */
const leaseMs = 60_000;

/**
 * Asks about objects whose state or end still moves, each at the host it was born at, through `ask`. What it learns is
 * recorded by the gateway as with every call; here stands only when it was asked and why nothing came of it. Domicile
 * makes no call outside a policy by itself, also where the policy only observes. Answers how many were asked about
 * and of how many nothing was learned.
 *
 * crash: the lease stands before the call. A worker that dies leaves it, and the object rests until it runs out.
 */
export async function refreshResources(ask: AskGateway): Promise<{ asked: number; failed: number }> {
  const catalog = await currentCatalog();
  const due = await acrossTenants((sql, ids) => tenantsWithDue(sql, ids, new Date()));
  const counts = { asked: 0, failed: 0 };
  await forEachTenant(due, async (tenantId) => {
    const answers = await refreshTenant(tenantId, catalog, ask);
    counts.asked += answers.length;
    counts.failed += answers.filter(({ problem }) => problem !== null).length;
  });
  return counts;
}

async function refreshTenant(tenantId: string, catalog: Catalog, ask: AskGateway): Promise<AskAnswer[]> {
  const now = new Date();
  const { policy, objects } = await withTenantSql(tenantScope(tenantId), async (sql) => {
    const versions = await newestPolicies(sql, tenantId, 10);
    const inForce = versions.find(({ effectiveAt }) => effectiveAt <= now);
    const until = new Date(now.getTime() + leaseMs);
    return {
      policy: inForce ? parsePolicy(inForce.body) : null,
      objects: await claimDue(sql, tenantId, { now, until, max: atOnceMax, perMinuteMax }),
    };
  });
  return Promise.all(
    objects.map(async (object) => {
      const answer = await askAbout(object, { tenantId, policy, catalog, ask });
      await note(tenantId, object, answer);
      return answer;
    }),
  );
}

type Asking = {
  readonly tenantId: string;
  readonly policy: Policy | null;
  readonly catalog: Catalog;
  readonly ask: AskGateway;
};

async function askAbout(object: DueResource, { tenantId, policy, catalog, ask }: Asking): Promise<AskAnswer> {
  const { kind, objectId, bornHost, applicationId } = object;
  const unasked = (problem: AskProblem): AskAnswer => ({ problem, status: null, callId: null });
  const question = questionOf(kind, objectId);
  if (question === null) return unasked("odd_id");
  if (applicationId === null) return unasked("no_application");
  if (policy === null || !hostWithin(classifyHost(bornHost, catalog, policy.customHosts), policy, catalog))
    return unasked("policy");
  return ask({
    path: question.path,
    token: signUpkeepToken({ tenantId, applicationId, host: bornHost, ...question }),
  });
}

async function note(tenantId: string, object: DueResource, { problem, status, callId }: AskAnswer) {
  const at = new Date();
  const { kind, objectId } = object;
  const failures = problem === null ? 0 : failuresAfter(object.failures, problem);
  const rest = restMs({
    kind,
    status: status ?? object.status,
    ageMs: at.getTime() - object.since.getTime(),
    failures,
  });
  const after = new Date(at.getTime() + rest);
  await withTenantSql(tenantScope(tenantId), (sql) =>
    noteAsked(sql, tenantId, { kind, objectId, at, callId, problem, failures, after }),
  );
}

/** What the policy forbids today it may allow tomorrow, so that never counts as often as it takes to give up. */
function failuresAfter(before: number, problem: AskProblem): number {
  return problem === "policy" ? Math.min(before + 1, askFailuresMax - 1) : before + 1;
}
