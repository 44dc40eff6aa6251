import type { CountryCode, RegionCode } from "../regions/catalog.ts";
import { regionCodes } from "../regions/openai/cells.ts";
import { eeaAndSwitzerland } from "../regions/openai/countries.ts";
import type {
  Enforcement,
  GlobalAcceptance,
  Policy,
  PresetId,
  Requirement,
  RestrictableClaim,
} from "./policy.ts";

export type Preset = {
  readonly id: PresetId;
  readonly title: string;
  readonly meaning: string;
  /** Home regions to choose from; null is the global host. The first is preselected. */
  readonly homeRegions: readonly (RegionCode | null)[];
  /** True where a named person has to accept what the preset gives up. */
  readonly needsAcceptance: boolean;
};

export type PresetOptions = {
  readonly homeRegion: RegionCode | null;
  readonly enforcement: Enforcement;
  readonly acceptance: GlobalAcceptance | null;
};

/** The policies a tenant can start with, in the order of the form. */
export const presets: readonly Preset[] = [
  {
    id: "no_location_requirement",
    title: "No location requirement",
    meaning:
      "Any host OpenAI documents. Calls are permitted, location not promised. For tenants with no law, contract or promise to name.",
    homeRegions: [null, ...regionCodes],
    needsAcceptance: false,
  },
  {
    id: "us_global_accepted",
    title: "US home, global endpoint accepted",
    meaning:
      "The United States and the global host. A named person accepts that the global host promises no place, with a reason and a review date.",
    homeRegions: ["us"],
    needsAcceptance: true,
  },
  {
    id: "us_regional",
    title: "US regional",
    meaning: "Inference and storage in the United States. The global host is outside.",
    homeRegions: ["us"],
    needsAcceptance: false,
  },
  {
    id: "eea_ch",
    title: "EEA and Switzerland: inference and storage",
    meaning:
      "Inference and storage in the EEA and Switzerland. Files are within policy, with the limit that OpenAI lists no regional processing for file handling.",
    homeRegions: ["eu"],
    needsAcceptance: false,
  },
  {
    id: "eea_ch_strict",
    title: "EEA and Switzerland, strict",
    meaning:
      "Every place in the EEA and Switzerland, handling of files included; pinned projects only, global projects refused.",
    homeRegions: ["eu"],
    needsAcceptance: false,
  },
  atRest("at_rest_gb", "gb", "the United Kingdom"),
  atRest("at_rest_ca", "ca", "Canada"),
  atRest("at_rest_sg", "sg", "Singapore"),
  atRest("at_rest_kr", "kr", "South Korea"),
  scopeUnknown("india", "in", "India"),
  scopeUnknown("japan", "jp", "Japan"),
  scopeUnknown("australia", "au", "Australia"),
];

/** The preset's policy. Whether it can be met and is complete is for `policyProblems` to say. */
export function policyFromPreset(id: PresetId, options: PresetOptions): Policy {
  const shape = shapes[id];
  const preset = presets.find((candidate) => candidate.id === id);
  const homeRegion = options.homeRegion ?? preset?.homeRegions[0] ?? null;
  const restricted = Object.keys(shape.claims).length > 0;
  const weakest = restricted ? "C" : "D";
  return {
    preset: id,
    homeRegion,
    claims: { relay: any, ingress: any, inference: any, handling: any, storage: any, ...shape.claims },
    global: shape.global ? { allowed: true, acceptance: options.acceptance } : { allowed: false },
    ...(shape.inferenceElsewhere ? { inferenceElsewhere: options.acceptance } : {}),
    customHosts: [],
    models: "any",
    deniedFeatures: [],
    minimumGrade: { relay: "E", ingress: weakest, inference: weakest, handling: weakest, storage: weakest },
    requirePin: shape.strict === true,
    onUnknown: shape.strict === true ? "refuse" : "send",
    onEvidenceLoss: "refuse",
    enforcement: options.enforcement,
    routing: { kind: "home" },
  };
}

const any: Requirement = { kind: "any" };

type Shape = {
  readonly claims: Partial<Record<RestrictableClaim, Requirement>>;
  readonly global?: boolean;
  readonly inferenceElsewhere?: boolean;
  readonly strict?: boolean;
};

function within(countries: readonly CountryCode[]): Requirement {
  return { kind: "countries", countries };
}

function inferenceAndStorage(countries: readonly CountryCode[]): Shape["claims"] {
  return { inference: within(countries), storage: within(countries) };
}

const europe = within(eeaAndSwitzerland);

const shapes: Readonly<Record<PresetId, Shape>> = {
  no_location_requirement: { claims: {}, global: true },
  us_global_accepted: { claims: inferenceAndStorage(["US"]), global: true },
  us_regional: { claims: inferenceAndStorage(["US"]) },
  eea_ch: { claims: inferenceAndStorage(eeaAndSwitzerland) },
  eea_ch_strict: {
    claims: { relay: europe, ingress: europe, inference: europe, handling: europe, storage: europe },
    strict: true,
  },
  at_rest_gb: { claims: { storage: within(["GB"]) }, inferenceElsewhere: true },
  at_rest_ca: { claims: { storage: within(["CA"]) }, inferenceElsewhere: true },
  at_rest_sg: { claims: { storage: within(["SG"]) }, inferenceElsewhere: true },
  at_rest_kr: { claims: { storage: within(["KR"]) }, inferenceElsewhere: true },
  india: { claims: inferenceAndStorage(["IN"]) },
  japan: { claims: inferenceAndStorage(["JP"]) },
  australia: { claims: inferenceAndStorage(["AU"]) },
};

function atRest(id: PresetId, region: RegionCode, place: string): Preset {
  return {
    id,
    title: `At rest in ${place}`,
    meaning: `Storage in ${place}. A named person accepts that inference runs elsewhere: OpenAI lists no processing there.`,
    homeRegions: [region],
    needsAcceptance: true,
  };
}

function scopeUnknown(id: PresetId, region: RegionCode, place: string): Preset {
  return {
    id,
    title: `${place}: inference and storage`,
    meaning: `Inference and storage in ${place}. Not verifiable until what OpenAI processes there is recorded with a source and the pin is known.`,
    homeRegions: [region],
    needsAcceptance: false,
  };
}
