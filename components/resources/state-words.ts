import type { AskProblem } from "../../lib/core/resources/upkeep.ts";

/** Why nothing was learned of an object, as a sentence. */
export const problemWords: Readonly<Record<AskProblem, string>> = {
  policy:
    "Its host lies outside the policy in force. Domicile makes no call there by itself, so nobody has asked.",
  no_key: "The tenant holds no provider key that may be sent to the host it was born at.",
  odd_id: "Its id is no plain word, so no path can be made of it.",
  no_application: "Whose call made it is not recorded, so no call of ours would be anybody's.",
  gateway_away: "The gateway did not answer.",
  gateway_refused: "The gateway refused the call.",
  unreachable: "The provider could not be reached.",
  not_found: "The provider knows no such object for the tenant's key at that host.",
  not_allowed: "The provider does not let the tenant's key look at it.",
  provider_busy: "The provider asked to wait.",
  provider_failed: "The provider answered with an error.",
};

/** The provider's own word, made readable: `in_progress` is "in progress". */
export function stateWord(status: string): string {
  return status.replaceAll("_", " ");
}

/** States that say that what was wanted did not come to be. */
export const sadStates: ReadonlySet<string> = new Set(["failed", "expired", "cancelled", "cancelling"]);
