import type { Policy } from "../../core/policies/policy.ts";
import { insertPolicyVersion, listPolicyVersions } from "../../db/policy-version.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { Refusal } from "../refusal.ts";

/** Gateways hear of a version within 30 seconds or refuse to go on, so from then on all of them follow it. */
const noticeMs = 30_000;

export type VersionToAdd = {
  readonly baseVersion: number;
  readonly policy: Policy;
  readonly body: object;
  readonly sha256: string;
  readonly reason: string;
  readonly at: Date;
  readonly createdBy: string;
  readonly createdById: string | null;
  readonly proposalId: string | null;
  readonly approvedBy: string | null;
};

/** Writes the next version; it takes effect 30 seconds after `at`, and never before the one it follows. */
export async function addVersion(
  tx: PrismaTransaction,
  tenantId: string,
  { baseVersion, policy, at, ...rest }: VersionToAdd,
): Promise<{ version: number; effectiveAt: Date }> {
  const newest = await demandNewest(tx, tenantId, baseVersion);
  const version = newest.version + 1;
  const effectiveAt = new Date(Math.max(at.getTime() + noticeMs, newest.effectiveAt.getTime()));
  const { body, sha256, reason, createdBy, createdById, proposalId, approvedBy } = rest;
  await insertPolicyVersion(tx, {
    tenantId,
    version,
    preset: policy.preset,
    body,
    sha256,
    effectiveAt,
    createdAt: at,
    createdBy,
    createdById,
    reason,
    proposalId,
    approvedBy,
  });
  return { version, effectiveAt };
}

/** The newest version, where it is the one that the author saw. */
export async function demandNewest(
  tx: PrismaTransaction,
  tenantId: string,
  baseVersion: number,
): Promise<{ version: number; effectiveAt: Date }> {
  const [newest] = await listPolicyVersions(tx, tenantId, 1);
  if (!newest) throw new Error("A tenant without a policy.");
  if (newest.version === baseVersion) return newest;
  throw new Refusal(
    "conflict",
    `Version ${newest.version} was saved in the meantime. Look at what it changes and begin again from there.`,
  );
}
