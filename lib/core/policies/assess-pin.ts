import type { EndpointRow, RegionRow } from "../regions/catalog.ts";
import type { Reason } from "../verdicts/verdict.ts";
import type { Pin, Policy } from "./policy.ts";
import { restricts } from "./requirements.ts";

export type PinQuestion = {
  readonly policy: Policy;
  readonly pin: Pin;
  readonly region: RegionRow;
  readonly endpoint: EndpointRow | null;
  readonly stores: boolean;
  /** State of the call is kept for a time where inference runs: in the region as far as the project processes there. */
  readonly cachesLong: boolean;
  /** The host is an entry point alone (a private link): where inference runs depends on the project. */
  readonly entryOnly: boolean;
};

export type PinShortfalls = { readonly adverse: readonly Reason[]; readonly open: readonly Reason[] };

const fine: PinShortfalls = { adverse: [], open: [] };
const unknown: PinShortfalls = { adverse: [], open: ["pin_unknown"] };

/**
 * Holds the pin of the project against what the call needs of it.
 *
 * Inference that stores nothing is covered by the host alone, except where some projects of the region
 * store only and where the host is an entry point alone. What stores needs a pin. A pin for another region than the host that answered contradicts
 * what OpenAI documents: one of the two is wrong, so neither clears the call.
 */
export function assessPin({
  policy,
  pin,
  region,
  endpoint,
  stores,
  cachesLong,
  entryOnly,
}: PinQuestion): PinShortfalls {
  const infers = restricts(policy, "inference") && endpoint?.processes !== "handling";
  const handles = restricts(policy, "handling") && endpoint?.processes !== "inference";
  const keeps = restricts(policy, "storage") && stores;
  const caches = restricts(policy, "storage") && cachesLong;
  if (pin.kind === "processing" || pin.kind === "storage_only") {
    if (pin.region !== region.code) return policyAsksPlace(policy) ? unknown : fine;
    const processesElsewhere = pin.kind === "storage_only" && (infers || handles);
    if (processesElsewhere) return { adverse: ["pin_storage_only"], open: [] };
    return pin.kind === "storage_only" && caches ? { adverse: [], open: ["scope_unknown"] } : fine;
  }
  if (policy.requirePin && pin.kind === "global") return { adverse: ["provider_global_profile"], open: [] };
  const hostIsNotEnough = region.hasStorageOnlyProjects || entryOnly;
  const needed = policy.requirePin || keeps || handles || ((infers || caches) && hostIsNotEnough);
  return needed ? unknown : fine;
}

/** True when the policy demands a place of what the project does with content, or a pin for its own sake. */
export function policyAsksPlace(policy: Policy): boolean {
  return (
    policy.requirePin ||
    restricts(policy, "inference") ||
    restricts(policy, "handling") ||
    restricts(policy, "storage")
  );
}
