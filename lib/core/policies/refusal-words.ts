import type { Catalog, CountryCode, RegionCode } from "../regions/catalog.ts";
import { regionName } from "../regions/host-of-region.ts";
import type { Reason } from "../verdicts/verdict.ts";
import { placeWords } from "./place-words.ts";
import type { PlanCode } from "./plan-refusal.ts";

/** Refusals for what a call asks for or comes through, before any host is held against the policy's places. */
type Refusal = { readonly code: PlanCode; readonly reason: Reason; readonly message: string };

/** trust: the target is a stranger's text; only a short plain word of it is repeated. */
export function unknownTarget(asked: string, suggestion: RegionCode | null, catalog: Catalog): Refusal {
  const word = /^[\w.:-]{1,80}$/.test(asked.trim()) ? asked.trim() : "The target";
  const hint =
    suggestion === null ? "" : ` The region code for ${regionName(suggestion, catalog)} is ${suggestion}.`;
  const message = `${word} is neither a region nor a host of the catalog.${hint} Nothing was sent.`;
  return { code: "unknown_target", reason: "host_unknown", message };
}

export function relayOutside(
  country: CountryCode,
  allowed: readonly CountryCode[],
  catalog: Catalog,
): Refusal {
  const message = `This gateway is attested for ${country}, and the policy wants calls relayed in ${placeWords(allowed, catalog)}. Send them through a gateway there. Nothing was sent.`;
  return { code: "region_blocked", reason: "relay_out_of_region", message };
}

export function relayUnattested(allowed: readonly CountryCode[], catalog: Catalog): Refusal {
  const message = `The policy wants calls relayed in ${placeWords(allowed, catalog)}, and no country is attested for this gateway. Its operator attests one with DOMICILE_RELAY_COUNTRY. Nothing was sent.`;
  return { code: "region_blocked", reason: "content_path_not_observed", message };
}

export function unreadableField(field: string): Refusal {
  const message = `The value of ${field} in the request is not of a documented form, so what it asks for is not known. Nothing was sent.`;
  return { code: codes[field] ?? "endpoint_not_eligible", reason: "content_path_not_observed", message };
}

export const wayPastGateway: Refusal = {
  code: "endpoint_not_eligible",
  reason: "content_path_not_observed",
  message:
    "What this request asks for lets a browser or a telephone speak to the provider directly, past this gateway, so where that content goes cannot be shown. For realtime, use a WebSocket through the gateway instead. Nothing was sent.",
};

export function unreadBody(): Refusal {
  const message =
    "The body of the request could not be read, so what it asks for is not known, and the policy refuses what is unknown. Nothing was sent.";
  return { code: "endpoint_not_eligible", reason: "content_path_not_observed", message };
}

const codes: Readonly<Record<string, PlanCode>> = {
  model: "model_not_eligible",
  service_tier: "service_tier_not_eligible",
  tools: "feature_not_eligible",
  input: "feature_not_eligible",
};
