import type { Policy, PolicyInForce, PresetId } from "../../policies/policy.ts";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { inForce, preset } from "../../testing/case.ts";

/** Policies of the table by short names: the presets, and some that no preset offers. */
export type PolicyName = keyof typeof presetNames | CustomName | "none";

type CustomName =
  | `only ${string}`
  | `rest ${string}`
  | "handling eu"
  | "inference eu"
  | "ingress eu"
  | "relay eu"
  | "eu and us"
  | "by subject";

const presetNames = {
  open: "no_location_requirement",
  accepted: "us_global_accepted",
  us: "us_regional",
  eea: "eea_ch",
  strict: "eea_ch_strict",
  gb: "at_rest_gb",
  ca: "at_rest_ca",
  sg: "at_rest_sg",
  kr: "at_rest_kr",
  india: "india",
  japan: "japan",
  australia: "australia",
} as const satisfies Record<string, PresetId>;

/** null: no policy was in force. */
export function policyNamed(name: PolicyName, change: Partial<Policy> = {}): PolicyInForce | null {
  if (name === "none") return null;
  const base = isPreset(name) ? preset(presetNames[name]) : inForce(custom(name));
  return inForce({ ...base.policy, ...change });
}

export function countriesOf(region: string): readonly string[] {
  const row = openaiCatalog.regions.find(({ code }) => code === region);
  if (row === undefined) throw new Error(`The table names a region that there is not: ${region}.`);
  return row.countries;
}

function isPreset(name: string): name is keyof typeof presetNames {
  return Object.hasOwn(presetNames, name);
}

function custom(name: CustomName): Policy {
  const both = name === "eu and us" || name === "by subject";
  const [kind, region = "eu"] = both ? ["both", "eu"] : name.split(" ");
  const { policy } = preset("us_regional");
  const any = { kind: "any" } as const;
  const nothing = { relay: any, ingress: any, inference: any, handling: any, storage: any };
  const within = (...regions: string[]) =>
    ({ kind: "countries", countries: regions.flatMap(countriesOf) }) as const;
  const plain = (claims: Partial<Policy["claims"]>, over: Partial<Policy> = {}): Policy => ({
    ...policy,
    preset: "custom",
    homeRegion: region,
    claims: { ...nothing, ...claims },
    ...over,
  });
  const there = within(region);
  switch (kind) {
    case "only":
      return plain({ inference: there, storage: there });
    case "rest":
      return plain({ storage: there });
    case "handling":
      return plain({ handling: there });
    case "inference":
      return plain({ inference: there });
    case "ingress":
      return plain({ ingress: there, inference: there, storage: there });
    case "relay":
      return plain({ relay: there, inference: there, storage: there });
  }
  const routing = { kind: "by_subject_country", map: { DE: "eu", US: "us" } } as const;
  const over = { homeRegion: "eu", ...(name === "by subject" ? { routing } : {}) };
  const either = within("eu", "us");
  return plain({ inference: either, storage: either }, over);
}
