import type { CreateTenantInput } from "../../lib/contracts/tenants.ts";
import type { Policy, PresetId } from "../../lib/core/policies/policy.ts";
import { policyFromPreset, presets } from "../../lib/core/policies/presets.ts";

/** What the form holds, before it is an input. */
export type TenantForm = {
  readonly name: string;
  readonly slug: string;
  readonly mode: "live" | "simulated";
  /** Null until it is chosen: nobody gets a policy by not choosing one, least of all the widest. */
  readonly preset: PresetId | null;
  readonly homeRegion: string | null;
  readonly enforcement: "block" | "observe";
  readonly acceptedBy: string;
  readonly reason: string;
  /** UTC day, or empty. */
  readonly reviewOn: string;
};

/** The form once its policy is chosen. */
export type ChosenForm = TenantForm & { readonly preset: PresetId };

export function isChosen(form: TenantForm): form is ChosenForm {
  return form.preset !== null;
}

export function emptyTenantForm(creator: string): TenantForm {
  return {
    name: "",
    slug: "",
    mode: "live",
    preset: null,
    homeRegion: null,
    enforcement: "block",
    acceptedBy: creator,
    reason: "",
    reviewOn: "",
  };
}

export function needsAcceptance(id: PresetId): boolean {
  return presets.find((preset) => preset.id === id)?.needsAcceptance ?? false;
}

export function tenantInput(form: ChosenForm): CreateTenantInput {
  const { name, slug, mode, preset, homeRegion, enforcement, acceptedBy, reason, reviewOn } = form;
  return {
    name: name.trim(),
    slug,
    mode,
    preset,
    homeRegion,
    enforcement,
    acceptance: needsAcceptance(preset) ? { acceptedBy, reason, reviewOn } : null,
  };
}

/** The policy that the form asks for; observing ends on a day that the server sets. */
export function policyOf(form: ChosenForm): Policy {
  const { preset, homeRegion, enforcement } = form;
  return policyFromPreset(preset, {
    homeRegion,
    enforcement:
      enforcement === "block" ? { mode: "block" } : { mode: "observe", until: "9999-12-31T00:00:00.000Z" },
    acceptance: acceptanceOf(form),
  });
}

/** null where the preset needs none, or it is not complete yet. */
function acceptanceOf({ preset, acceptedBy, reason, reviewOn }: ChosenForm) {
  const isComplete = acceptedBy.trim() !== "" && reason.trim() !== "" && reviewOn !== "";
  return needsAcceptance(preset) && isComplete ? { acceptedBy, reason, reviewOn } : null;
}
