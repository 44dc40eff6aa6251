import type { Policy } from "./policy.ts";
import { readPolicy } from "./read-policy.ts";

/**
 * The policy that was stored as this JSON. Only what `readPolicy` accepts is ever stored, so anything
 * else is a broken promise of our own: it throws, naming the fields.
 */
export function parsePolicy(json: unknown): Policy {
  const reading = readPolicy(json);
  if (reading.ok) return reading.policy;
  const fields = reading.problems.map(({ field, message }) => `${field}: ${message}`).join(" ");
  throw new Error(`A stored policy cannot be read. ${fields}`);
}
