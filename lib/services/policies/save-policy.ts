import { v7 } from "uuid";
import type { SavedPolicy, SavePolicyInput } from "../../contracts/policies.ts";
import { dayMs } from "../../core/calendar.ts";
import { comparePolicies } from "../../core/policies/compare-policies.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Policy } from "../../core/policies/policy.ts";
import { insertProposal } from "../../db/policy-proposal.ts";
import { type PolicyRow, policiesByVersion } from "../../db/policy-version.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { personOf, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { addVersion, demandNewest } from "./add-version.ts";
import { demandMeetable, readSentPolicy, storedForm } from "./checked-policy.ts";
import { recordedSentences } from "./recorded-sentences.ts";

/** A proposal that nobody decides in this time lapses. */
const proposalDays = 14;

/**
 * Saves a tenant's policy as its next version, or, where it allows what was not allowed, keeps it as a proposal for a
 * second person. Refuses what cannot be met, what changes nothing, and what was written against an older version.
 */
export async function savePolicy(
  actor: Actor,
  input: SavePolicyInput,
  options: MutationOptions = {},
): Promise<SavedPolicy> {
  const { tenantId } = await tenantFor(actor, "policy:write", input.tenant);
  const policy = readSentPolicy(input.policy);
  await demandMeetable(policy, options.at ?? new Date());
  const base = await versionOf(tenantId, input.baseVersion);
  const { body, sha256 } = storedForm(policy);
  if (sha256 === base.sha256)
    throw new Refusal("invalid_input", `This is version ${base.version}, word for word.`);
  const { changes, widens } = comparePolicies(parsePolicy(base.body), policy, await currentCatalog());
  const sentences = changes.map(({ sentence }) => sentence);
  const widening = changes.filter(({ effect }) => effect === "widens").map(({ sentence }) => sentence);
  const wish: Wish = { ...input, policy, body, sha256, sentences, widening };
  return widens ? propose(actor, wish, options) : save(actor, wish, options);
}

type Wish = Omit<SavePolicyInput, "policy"> & {
  readonly policy: Policy;
  readonly body: object;
  readonly sha256: string;
  readonly sentences: readonly string[];
  readonly widening: readonly string[];
};

const save = mutation<Wish, SavedPolicy>({
  permission: "policy:write",
  event: "policy.saved",
  changesConfig: true,
  run: async ({ tx, tenant, actor, actorName, at }, wish) => {
    const { version, effectiveAt } = await addVersion(tx, tenant.tenantId, {
      ...wish,
      at,
      createdBy: actorName,
      createdById: actor.kind === "person" ? actor.personId : null,
      proposalId: null,
      approvedBy: null,
    });
    return {
      output: { kind: "saved", version, effectiveAt: effectiveAt.toISOString() },
      subject: `policy ${version}`,
      detail: {
        version,
        policySha256: wish.sha256,
        preset: wish.policy.preset,
        reason: wish.reason,
        effectiveAt: effectiveAt.toISOString(),
        changes: recordedSentences(wish.sentences),
      },
    };
  },
});

const propose = mutation<Wish, SavedPolicy>({
  permission: "policy:write",
  event: "policy.proposed",
  changesConfig: false,
  run: async ({ tx, tenant, actor, actorName, at }, wish) => {
    // Two people are needed, so the first one has to be one.
    const { personId } = personOf(actor);
    await demandNewest(tx, tenant.tenantId, wish.baseVersion);
    const id = v7();
    const expiresAt = new Date(at.getTime() + proposalDays * dayMs);
    await insertProposal(tx, {
      tenantId: tenant.tenantId,
      id,
      baseVersion: wish.baseVersion,
      preset: wish.policy.preset,
      body: wish.body,
      sha256: wish.sha256,
      reason: wish.reason,
      widening: wish.widening,
      requestedBy: actorName,
      requestedById: personId,
      requestedAt: at,
      expiresAt,
    });
    return {
      output: { kind: "proposed", id, expiresAt: expiresAt.toISOString() },
      subject: id,
      detail: {
        baseVersion: wish.baseVersion,
        policySha256: wish.sha256,
        reason: wish.reason,
        widening: recordedSentences(wish.widening),
        expiresAt: expiresAt.toISOString(),
      },
    };
  },
});

async function versionOf(tenantId: string, version: number): Promise<PolicyRow> {
  const [row] = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    policiesByVersion(sql, tenantId, [version]),
  );
  if (row) return row;
  throw new Refusal("not_found", `This tenant has no policy version ${version}.`);
}
