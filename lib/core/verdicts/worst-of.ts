import { inOrder } from "./reason-order.ts";
import type { Band, Basis, Judgement, StandingCause, Verdict } from "./verdict.ts";

const verdictRank: readonly Verdict[] = [
  "violation",
  "unverifiable",
  "blocked",
  "compliant",
  "not_applicable",
];
const bandRank: readonly Band[] = ["outside", "unverifiable", "stopped", "permitted", "in_region"];
const basisRank: readonly Basis[] = ["observed", "reported", "none"];
const standingOrder: readonly StandingCause[] = [
  "project_not_pinned",
  "project_not_set_up",
  "log_frozen",
  "observe_ending",
  "evidence_gap",
];

/**
 * The judgement of a call with these attempts: the worst verdict, with the reasons of the attempts that
 * share it. Does not depend on the order of the attempts. At least one is needed.
 */
export function worstOf(attempts: readonly Judgement[]): Judgement {
  const verdict = firstOf(
    verdictRank,
    attempts.map((attempt) => attempt.verdict),
  );
  const worst = attempts.filter((attempt) => attempt.verdict === verdict);
  const bands = worst.flatMap((attempt) => (attempt.band === null ? [] : [attempt.band]));
  const shown = leastCertain(worst);
  return {
    judgeVersion: shown.judgeVersion,
    verdict,
    band: bands.length === 0 ? null : firstOf(bandRank, bands),
    reasons: inOrder(worst.flatMap((attempt) => attempt.reasons)),
    basis: firstOf(
      basisRank,
      worst.map((attempt) => attempt.basis),
    ),
    claims: shown.claims,
    standing: standingOrder.filter((cause) => attempts.some((attempt) => attempt.standing.includes(cause))),
    hostWithinPolicy: attempts.every((attempt) => attempt.hostWithinPolicy),
  };
}

function firstOf<T>(order: readonly T[], present: readonly T[]): T {
  const found = order.find((value) => present.includes(value));
  if (found === undefined) throw new Error("A call is judged by at least one attempt.");
  return found;
}

/** Of several equally bad attempts the one that knows least; ties are broken by text, not by order. */
function leastCertain(attempts: readonly Judgement[]): Judgement {
  const [only, second] = attempts;
  if (only !== undefined && second === undefined) return only;
  const keyed = attempts.map((attempt) => ({ attempt, key: certaintyKey(attempt) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const [first] = keyed;
  if (first === undefined) throw new Error("A call is judged by at least one attempt.");
  return first.attempt;
}

function certaintyKey({ claims }: Judgement): string {
  const known = claims.filter((claim) => claim.value !== "undetermined").length;
  return `${String(known).padStart(2, "0")} ${JSON.stringify(claims)}`;
}
