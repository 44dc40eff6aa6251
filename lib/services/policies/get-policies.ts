import type {
  PolicyBook,
  PolicyVersionSummary,
  ProposalState,
  ProposalSummary,
} from "../../contracts/policies.ts";
import { comparePolicies } from "../../core/policies/compare-policies.ts";
import { explainPolicy } from "../../core/policies/explain-policy.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Policy } from "../../core/policies/policy.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { newestProposals } from "../../db/policy-proposal.ts";
import { listPolicyVersions } from "../../db/policy-version.ts";
import { withTenant } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { decisionSummary } from "../decisions/decision-summary.ts";
import { Refusal } from "../refusal.ts";
import { tenantHead } from "../tenants/tenant-head.ts";

const versionsMax = 200;
const proposalsMax = 50;

/** A tenant's policies: every version in words with what it changed, and the proposals with what became of them. */
export async function getPolicies(actor: Actor, tenant: string, now = new Date()): Promise<PolicyBook> {
  const found = await tenantFor(actor, "tenant:read", tenant);
  const { tenantId } = found;
  const head = await tenantHead(found);
  const [versions, proposals] = await withTenant({ read: [tenantId], write: null }, async (tx) => [
    await listPolicyVersions(tx, tenantId, versionsMax + 1),
    await newestProposals(tx, tenantId, proposalsMax),
  ]);
  const newest = versions[0];
  if (!newest) throw new Refusal("not_found", "There is no such tenant.");
  const bodies = new Map(versions.map(({ version, body }) => [version, parsePolicy(body)]));
  const policyOf = (version: number): Policy | undefined => bodies.get(version);
  const inForce = versions.find(({ effectiveAt }) => effectiveAt <= now) ?? newest;
  const catalog = await currentCatalog();
  const personId = actor.kind === "person" ? actor.personId : null;
  return {
    tenant: head,
    inForce: inForce.version,
    versions: versions.slice(0, versionsMax).map((version) => versionSummary(version, policyOf, catalog)),
    proposals: proposals.map((proposal) =>
      proposalSummary(proposal, { policyOf, catalog, newest: newest.version, personId, now }),
    ),
  };
}

type VersionRow = Awaited<ReturnType<typeof listPolicyVersions>>[number];
type ProposalRow = Awaited<ReturnType<typeof newestProposals>>[number];

function versionSummary(
  row: VersionRow,
  policyOf: (version: number) => Policy | undefined,
  catalog: Catalog,
): PolicyVersionSummary {
  const policy = parsePolicy(row.body);
  const before = policyOf(row.version - 1);
  return {
    version: row.version,
    policy,
    sha256: row.sha256,
    effectiveAt: row.effectiveAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    reason: row.reason,
    approvedBy: row.approvedBy,
    sentences: explainPolicy(policy, catalog),
    changes: before ? comparePolicies(before, policy, catalog).changes : [],
  };
}

type Around = {
  readonly policyOf: (version: number) => Policy | undefined;
  readonly catalog: Catalog;
  readonly newest: number;
  readonly personId: string | null;
  readonly now: Date;
};

function proposalSummary(row: ProposalRow, around: Around): ProposalSummary {
  const policy = parsePolicy(row.body);
  const base = around.policyOf(row.baseVersion);
  return {
    id: row.id,
    baseVersion: row.baseVersion,
    policy,
    reason: row.reason,
    changes: base ? comparePolicies(base, policy, around.catalog).changes : [],
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: stateOf(row, around),
    decision: decisionSummary(row.decision),
    isMine: row.requestedById === around.personId,
  };
}

function stateOf({ decision, expiresAt, baseVersion }: ProposalRow, { newest, now }: Around): ProposalState {
  if (decision) return decision.outcome as ProposalState;
  if (expiresAt <= now) return "expired";
  return baseVersion === newest ? "waiting" : "overtaken";
}
