import { type Grade, gradeAtLeast } from "../calls/evidence.ts";
import type { Policy, RestrictableClaim } from "./policy.ts";
import { restrictableClaims, restricts } from "./requirements.ts";
import type { Problem } from "./strict-reader.ts";

/** Why no call could be cleared. The host is held against its grade in every call, also where TLS may end anywhere. */
export function evidenceProblems(policy: Policy): Problem[] {
  return restrictableClaims.flatMap((claim) => {
    const minimum = policy.minimumGrade[claim];
    const isAsked = claim === "ingress" || restricts(policy, claim);
    if (!isAsked || gradeAtLeast(bestGrade[claim], minimum)) return [];
    const message = `No call could be cleared: nothing gives evidence of grade ${minimum} for this. ${bestWords[claim]}`;
    return [{ field: `minimumGrade.${claim}`, message }];
  });
}

/**
 * The best evidence there is for each claim. No receipt of OpenAI names a place (A). B is an answer that
 * names the very project of a pin which the provider stated. A host is known from our own connection at best, and where our
 * relay stands from its operator's word.
 */
export const bestGrade: Readonly<Record<RestrictableClaim, Grade>> = {
  ingress: "C",
  inference: "B",
  handling: "B",
  storage: "B",
  relay: "E",
};

const projectEcho =
  "B is the best there is: an answer that names the project of a pin known from OpenAI itself.";

const bestWords: Readonly<Record<RestrictableClaim, string>> = {
  ingress: "C is the best there is: a host dialled by our own gateway.",
  inference: projectEcho,
  handling: projectEcho,
  storage: projectEcho,
  relay: "Where our own relay stands is attested by its operator, and that is grade E.",
};
