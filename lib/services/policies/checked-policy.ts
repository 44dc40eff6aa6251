import { policyProblems } from "../../core/policies/check-policy.ts";
import type { Policy } from "../../core/policies/policy.ts";
import { readPolicy } from "../../core/policies/read-policy.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { Refusal } from "../refusal.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

/** The policy a person sent, whether or not it can be met. trust: every field is read anew; nothing else is kept. */
export function readSentPolicy(json: unknown): Policy {
  const reading = readPolicy(json);
  if (reading.ok) return reading.policy;
  throw new Refusal("invalid_input", "The policy cannot be read.", { fields: reading.problems });
}

/** Refuses, in words, a policy that cannot be met or contradicts itself at this moment. */
export async function demandMeetable(policy: Policy, at: Date): Promise<void> {
  const problems = policyProblems(policy, await currentCatalog(), at.toISOString());
  if (problems.length === 0) return;
  throw new Refusal("policy_cannot_be_met", problems[0]?.message ?? "This policy cannot be met.", {
    fields: problems,
  });
}

/** The policy as it is stored, and the hash that calls and ledger name it by. */
export function storedForm(policy: Policy): { body: object; sha256: string } {
  const text = canonicalJson(policy);
  return { body: JSON.parse(text), sha256: sha256Hex(text) };
}
