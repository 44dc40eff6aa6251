import type { Policy, RestrictableClaim } from "./policy.ts";

const any = { kind: "any" } as const;

function build(claim: RestrictableClaim): Policy {
  const unrestricted = { relay: any, ingress: any, inference: any, handling: any, storage: any };
  return {
    preset: "custom",
    homeRegion: null,
    claims: { ...unrestricted, [claim]: { kind: "countries", countries: [] } },
    global: { allowed: false },
    customHosts: [],
    models: "any",
    deniedFeatures: [],
    minimumGrade: { relay: "E", ingress: "C", inference: "C", handling: "C", storage: "C" },
    requirePin: false,
    onUnknown: "refuse",
    onEvidenceLoss: "refuse",
    enforcement: { mode: "block" },
    routing: { kind: "home" },
  };
}

const probes: Readonly<Record<"inference" | "handling" | "storage", Policy>> = {
  inference: build("inference"),
  handling: build("handling"),
  storage: build("storage"),
};

/**
 * A policy that restricts one claim and nothing else: asks the catalog what is promised for that claim,
 * whatever the tenant's own policy demands.
 */
export function probePolicy(claim: "inference" | "handling" | "storage"): Policy {
  return probes[claim];
}
