/**
 * What came of asking an organization's account at the provider.
 *
 * `key_refused`: the provider does not know the key (401). `not_permitted`: it knows the key, which may not read this (403).
 * `not_found`: the organization has no such project. `too_many_requests`: asked too often (429). `provider_failed`: any
 * other answer. `unreachable`: no answer came within the time. `answer_unreadable`: the answer was not of the documented
 * shape, or too long. `account_closed`: the account was revoked or is none of the tenant's. `gateway_away`: our own
 * gateway did not answer, so nobody asked.
 */
export const accountOutcomes = [
  "ok",
  "key_refused",
  "not_permitted",
  "not_found",
  "too_many_requests",
  "provider_failed",
  "unreachable",
  "answer_unreadable",
  "account_closed",
  "gateway_away",
] as const;
export type AccountOutcome = (typeof accountOutcomes)[number];

/**
 * Seconds until an account is asked again by itself. What may be over soon is tried again soon; a key that was refused, and
 * whoever was asked too often, waits as long as a good one.
 */
export function restSeconds(outcome: AccountOutcome): number {
  if (outcome === "gateway_away") return 15;
  return outcome === "unreachable" || outcome === "provider_failed" ? 600 : 3_600;
}
