import type { ReportedCall } from "./reported-call.ts";

/**
 * What a mapper makes of one item of another program's report.
 *
 * `none`: the item is sound and tells of no call of ours to record: it is dropped, and refused nowhere. `invalid`: it was
 * meant as a call and lacks what every call has; `problem` is one sentence without a word of the item.
 */
export type MappedReport =
  | { readonly kind: "call"; readonly call: ReportedCall }
  | { readonly kind: "none"; readonly why: "not_a_call" | "other_provider" | "told_by_another" }
  | { readonly kind: "invalid"; readonly problem: string };

export const invalid = (problem: string): MappedReport => ({ kind: "invalid", problem });
