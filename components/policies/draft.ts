import { isObject } from "../../lib/core/is-object.ts";
import type { GlobalAcceptance, Policy, PresetId } from "../../lib/core/policies/policy.ts";
import { policyFromPreset, presets } from "../../lib/core/policies/presets.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";

type Problem = { readonly field: string; readonly message: string };

/** What every part of the editor gets: the policy as it is being written, and what is wrong with it. */
export type DraftProps = {
  readonly policy: Policy;
  /** The newest published one: what the server checks the policy with. */
  readonly catalog: Catalog;
  readonly change: (fields: Partial<Policy>) => void;
  readonly problems: readonly Problem[];
};

/** The policy of a preset, keeping what a preset does not say: enforcement, and who accepted what. */
export function withPreset(policy: Policy, id: PresetId): Policy {
  const preset = presets.find((each) => each.id === id);
  const fits = preset?.homeRegions.includes(policy.homeRegion) === true;
  return presetLike(policy, id, fits ? policy.homeRegion : (preset?.homeRegions[0] ?? null));
}

/** The policy with these fields changed, under the name of the preset that says the same; custom where none does. */
export function changed(policy: Policy, fields: Partial<Policy>): Policy {
  const next = { ...policy, ...fields };
  const names = presets
    .map(({ id }) => id)
    .sort((a, b) => Number(b === policy.preset) - Number(a === policy.preset));
  const same = names.find(
    (id) => inOrder(presetLike(next, id, next.homeRegion)) === inOrder({ ...next, preset: id }),
  );
  return { ...next, preset: same ?? "custom" };
}

function presetLike(policy: Policy, id: PresetId, homeRegion: string | null): Policy {
  const acceptance: GlobalAcceptance | null =
    (policy.global.allowed ? policy.global.acceptance : null) ?? policy.inferenceElsewhere ?? null;
  return policyFromPreset(id, { homeRegion, enforcement: policy.enforcement, acceptance });
}

/** The first message about a field or a part of it; null where nothing is wrong. */
export function problemOf(problems: readonly Problem[], field: string): string | null {
  const found = problems.find((each) => each.field === field || each.field.startsWith(`${field}.`));
  return found?.message ?? null;
}

/** One text for one policy, whatever the order of its members; a map of no reasons is none. */
function inOrder({ customHostReasons, ...policy }: Policy): string {
  const reasons = customHostReasons ?? {};
  const whole = Object.keys(reasons).length === 0 ? policy : { ...policy, customHostReasons: reasons };
  return JSON.stringify(whole, (_name, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}
