import type { GlobalAcceptance, Policy, PresetId } from "../../lib/core/policies/policy.ts";
import { policyFromPreset, presets } from "../../lib/core/policies/presets.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";

type Problem = { readonly field: string; readonly message: string };

/** What every part of the editor gets: the policy as it is being written, and what is wrong with it. */
export type DraftProps = {
  readonly policy: Policy;
  /** The newest published one: what the server checks the policy with. */
  readonly catalog: Catalog;
  /** Fields that make it another policy than its preset's. */
  readonly change: (fields: Partial<Policy>) => void;
  readonly problems: readonly Problem[];
};

/** The policy of a preset, keeping what a preset does not say: enforcement, and who accepted what. */
export function withPreset(policy: Policy, id: PresetId): Policy {
  const preset = presets.find((each) => each.id === id);
  const fits = preset?.homeRegions.includes(policy.homeRegion) === true;
  return policyFromPreset(id, {
    homeRegion: fits ? policy.homeRegion : (preset?.homeRegions[0] ?? null),
    enforcement: policy.enforcement,
    acceptance: acceptanceOf(policy),
  });
}

function acceptanceOf(policy: Policy): GlobalAcceptance | null {
  return (policy.global.allowed ? policy.global.acceptance : null) ?? policy.inferenceElsewhere ?? null;
}

/** Fields that a preset leaves open: to set them does not make it another policy. */
const leftOpen: readonly (keyof Policy)[] = ["homeRegion", "enforcement", "global", "inferenceElsewhere"];

/** The policy with these fields changed; one that is no longer its preset's is called custom. */
export function changed(policy: Policy, fields: Partial<Policy>): Policy {
  const next: Policy = { ...policy, ...fields };
  if (next.preset === "custom") return next;
  const names = Object.keys(fields) as (keyof Policy)[];
  const keepsGlobal = next.global.allowed === policy.global.allowed;
  const isKept = keepsGlobal && names.every((name) => leftOpen.includes(name));
  return isKept ? next : { ...next, preset: "custom" };
}

/** The first message about a field or a part of it; null where nothing is wrong. */
export function problemOf(problems: readonly Problem[], field: string): string | null {
  const found = problems.find((each) => each.field === field || each.field.startsWith(`${field}.`));
  return found?.message ?? null;
}
