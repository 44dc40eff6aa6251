import type { Catalog } from "../regions/catalog.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { regionName } from "../regions/host-of-region.ts";
import type { Reason } from "../verdicts/verdict.ts";

/** Codes of refusals by policy, in `error.code` of the gateway's answer. */
export type PlanCode =
  | "region_blocked"
  | "model_not_eligible"
  | "endpoint_not_eligible"
  | "feature_not_eligible"
  | "service_tier_not_eligible"
  | "pin_required"
  | "unknown_target";

export const planCodes: readonly PlanCode[] = [
  "region_blocked",
  "model_not_eligible",
  "endpoint_not_eligible",
  "feature_not_eligible",
  "service_tier_not_eligible",
  "pin_required",
  "unknown_target",
];

/** Words for a refusal. A stranger may read them: they name hosts, regions and models, never content. */
export function refusalOf(
  code: PlanCode,
  reason: Reason,
  host: ClassifiedHost,
  catalog: Catalog,
  model: string | null = null,
): { code: PlanCode; reason: Reason; message: string } {
  return { code, reason, message: sentence(reason, host, placeOf(host, catalog), model) };
}

/** What is recorded of a deployment at another provider is said as such: it is no endpoint of OpenAI's. */
function placeOf(host: ClassifiedHost, catalog: Catalog): string {
  if (host.class === "custom" && host.region === "global")
    return "a global deployment, for which no place is promised";
  if (host.deployed && host.region === null) return "a deployment in a data zone";
  return regionName(host.region, catalog);
}

function sentence(reason: Reason, host: ClassifiedHost, place: string, model: string | null): string {
  const named = model === null ? "This request names no model" : `The model ${model}`;
  switch (reason) {
    case "host_lookalike":
      return host.rightHost === undefined
        ? `${host.host} imitates OpenAI's name and is not a host OpenAI documents. Nothing was sent.`
        : `${host.host} is not a host OpenAI documents; the documented name is ${host.rightHost}. Nothing was sent.`;
    case "host_unclassified":
      return `${host.host} is under OpenAI's API domain, but no place is documented for it. Nothing was sent.`;
    case "host_out_of_region":
      return `The tenant's policy does not allow ${host.host} (${place}). Nothing was sent.`;
    case "subject_region_mismatch":
      return `The policy routes this subject's country to another region than ${host.host}. Nothing was sent.`;
    case "storage_only_region":
      return `OpenAI lists no processing in ${place}. Nothing was sent.`;
    case "model_not_eligible":
      return `${named} is not allowed by the policy or not listed for ${place}. Nothing was sent.`;
    case "content_path_not_observed":
      return `${named}, and which listed snapshot or tier would serve it in ${place} cannot be known beforehand; the policy refuses what is unknown. Nothing was sent.`;
    case "service_tier_not_eligible":
      return `The service tier asked for is not available for this model in ${place}. Nothing was sent.`;
    case "third_party_tool":
      return "A tool offered in the request sends content to a third party, whose place nobody promises. Nothing was sent.";
    case "feature_out_of_region":
      return `A tool or feature of the request is not allowed by the policy or not listed for ${place}. Nothing was sent.`;
    case "no_regional_handling":
      return `OpenAI lists no regional handling of files for ${place}. Nothing was sent.`;
    case "endpoint_unlisted":
      return "OpenAI's residency table has no row for this endpoint, and the policy refuses what is unknown. Nothing was sent.";
    case "scope_unknown":
      return `What OpenAI processes in ${place} is not known, and the policy refuses what is unknown. Nothing was sent.`;
    case "pin_unknown":
      return `The policy needs a project pinned to ${place}, and no pin is known for this one. Nothing was sent.`;
    case "pin_storage_only":
      return `The project stores in ${place} and processes elsewhere. Nothing was sent.`;
    case "resource_birth_unknown":
      return "The request uses an object stored at the provider, such as a file, a conversation or an earlier response. Where it was created is not recorded, and the policy refuses what is unknown. Nothing was sent.";
    case "resource_born_elsewhere":
      return "The request uses an object stored at the provider, such as a file, a conversation or an earlier response, that was created where the policy keeps nothing. Nothing was sent.";
    case "provider_global_profile":
      return "The policy refuses global projects, and this project is one. Nothing was sent.";
    default:
      return `This endpoint is not listed for ${place}. Nothing was sent.`;
  }
}
