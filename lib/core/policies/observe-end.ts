import { instantKey } from "../instant.ts";
import type { Policy } from "./policy.ts";

/**
 * How near the end of observing is. `near`: it comes by `soon`, so people are told. `over`: the policy blocks by now.
 * `far` also where it observes without an end; `none` where it blocks by itself.
 */
export type ObserveEnd =
  | { readonly kind: "none" | "far" }
  | { readonly kind: "near" | "over"; readonly until: string };

/** `at` and `soon` are RFC 3339 UTC instants: now, and as far ahead as people are told. */
export function observeEnd({ enforcement }: Policy, at: string, soon: string): ObserveEnd {
  if (enforcement.mode === "block") return { kind: "none" };
  const { until } = enforcement;
  if (until === null) return { kind: "far" };
  if (instantKey(until) <= instantKey(at)) return { kind: "over", until };
  return instantKey(until) <= instantKey(soon) ? { kind: "near", until } : { kind: "far" };
}
