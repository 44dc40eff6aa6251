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
};

export type PinShortfalls = { readonly adverse: readonly Reason[]; readonly open: readonly Reason[] };

const fine: PinShortfalls = { adverse: [], open: [] };
const unknown: PinShortfalls = { adverse: [], open: ["pin_unknown"] };

/**
 * Holds the pin of the project against what the call needs of it.
 *
 * Inference that stores nothing is covered by the host alone, except where some projects of the region
 * store only. What stores needs a pin. A pin for another region than the host that answered contradicts
 * what OpenAI documents: one of the two is wrong, so neither clears the call.
 */
export function assessPin({ policy, pin, region, endpoint, stores }: PinQuestion): PinShortfalls {
  const infers = restricts(policy, "inference") && endpoint?.processes !== "handling";
  const handles = restricts(policy, "handling") && endpoint?.processes !== "inference";
  const keeps = restricts(policy, "storage") && stores;
  if (pin.kind === "processing" || pin.kind === "storage_only") {
    if (pin.region !== region.code) return policyAsksPlace(policy) ? unknown : fine;
    const processesElsewhere = pin.kind === "storage_only" && (infers || handles);
    return processesElsewhere ? { adverse: ["pin_storage_only"], open: [] } : fine;
  }
  if (policy.requirePin && pin.kind === "global") return { adverse: ["provider_global_profile"], open: [] };
  const needed = policy.requirePin || keeps || handles || (infers && region.hasStorageOnlyProjects);
  return needed ? unknown : fine;
}

function policyAsksPlace(policy: Policy): boolean {
  return (
    policy.requirePin ||
    restricts(policy, "inference") ||
    restricts(policy, "handling") ||
    restricts(policy, "storage")
  );
}
