import type { Catalog } from "../regions/catalog.ts";
import { judgeCall } from "../verdicts/judge.ts";
import type { Band, Reason, Verdict } from "../verdicts/verdict.ts";
import type { Pin, PolicyInForce } from "./policy.ts";
import type { ReplayedCall } from "./replay.ts";

/** How a call is judged anew: by another catalog, with a pin learned later, or by what the provider told. */
export type RestatementMethod =
  | { readonly kind: "catalog"; readonly catalog: Catalog }
  | { readonly kind: "pin"; readonly pin: Pin }
  | { readonly kind: "notice"; readonly verdict: "violation" | "unverifiable" };

export type RestatedVerdict = {
  readonly verdict: Verdict;
  readonly band: Band | null;
  readonly reasons: readonly Reason[];
};

/** What a call counts as today: what it was restated to last, else its first verdict. */
export type VerdictInEffect = Pick<RestatedVerdict, "verdict" | "band">;

/**
 * The verdict a correction gives a call that was judged by this policy and catalog; null where the call counts as that
 * already. Held against what is in effect and not against the first verdict, so that a mistaken correction can be
 * corrected. A notice only makes a verdict worse, and says nothing of calls of which nothing left.
 */
export function restateCall(
  call: ReplayedCall,
  judgedBy: { readonly policy: PolicyInForce | null; readonly catalog: Catalog },
  method: RestatementMethod,
  inEffect: VerdictInEffect,
): RestatedVerdict | null {
  if (method.kind === "notice") return byNotice(call, method.verdict, inEffect);
  const { call: judged } = judgeCall({
    ...call,
    ...judgedBy,
    ...(method.kind === "catalog" ? { catalog: method.catalog } : { pin: method.pin }),
  });
  if (judged.verdict === inEffect.verdict && judged.band === inEffect.band) return null;
  return { verdict: judged.verdict, band: judged.band, reasons: judged.reasons };
}

const severity: readonly Verdict[] = ["not_applicable", "compliant", "blocked", "unverifiable", "violation"];

function byNotice(
  call: ReplayedCall,
  verdict: "violation" | "unverifiable",
  inEffect: VerdictInEffect,
): RestatedVerdict | null {
  const left = call.attempts.some(({ progress }) => progress !== "refused" && progress !== "not_sent");
  if (!left || severity.indexOf(inEffect.verdict) >= severity.indexOf(verdict)) return null;
  return verdict === "violation"
    ? { verdict, band: "outside", reasons: ["provider_echo_mismatch"] }
    : { verdict, band: "unverifiable", reasons: ["content_path_not_observed"] };
}
