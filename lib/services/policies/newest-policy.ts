import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Policy } from "../../core/policies/policy.ts";
import { listPolicyVersions } from "../../db/policy-version.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";

/** What the tenant saved last, in force or about to be: what a change of today has to agree with. */
export async function newestPolicy(tx: PrismaTransaction, tenantId: string): Promise<Policy> {
  const [newest] = await listPolicyVersions(tx, tenantId, 1);
  if (!newest) throw new Error("A tenant has no policy.");
  return parsePolicy(newest.body);
}
