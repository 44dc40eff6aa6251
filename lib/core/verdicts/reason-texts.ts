import type { CauseText } from "./cause-text.ts";
import { dataGuide, evidenceRule, residencyGuide, tenantPolicy } from "./rules.ts";
import type { Reason } from "./verdict.ts";

const recordPin =
  "Record what the project is pinned to: from OpenAI's admin API, by a probe, or by a named person.";
const chooseListed =
  "Use one that the catalog lists for the region, or change the policy with a second approver.";

/** The closed set. */
export const reasonTexts: Readonly<Record<Reason, CauseText>> = {
  host_out_of_region: {
    title: "Sent to a host outside policy",
    sentence: "Content was sent to an OpenAI host that the tenant's policy does not allow.",
    remedy:
      "Set the client's base URL, or the key's target, to a host within policy; OPENAI_API_BASE is ignored by today's clients, OPENAI_BASE_URL is read.",
    rule: tenantPolicy,
  },
  host_unknown: {
    title: "Sent to an unknown host",
    sentence:
      "The call was sent to a host OpenAI does not document; its owner is not verified, so treat the key as disclosed.",
    remedy: "Revoke the provider key, find out who runs the host, and correct the base URL.",
    rule: residencyGuide,
  },
  host_lookalike: {
    title: "Sent to a lookalike host",
    sentence:
      "The call was sent to a host that imitates OpenAI's name and that OpenAI does not document; owner not verified, so treat the key as disclosed.",
    remedy:
      "Revoke the provider key now and correct the base URL; Europe's documented host is eu.api.openai.com.",
    rule: residencyGuide,
  },
  host_unclassified: {
    title: "OpenAI host without a documented place",
    sentence: "The host is a name under OpenAI's API domain for which the catalog knows no place.",
    remedy: "Use a documented host, or record the host in the catalog with its source.",
    rule: residencyGuide,
  },
  attempted_egress: {
    title: "Sent outside policy, refused by the provider",
    sentence:
      "Content was sent to a host outside policy and refused there with incorrect_hostname; whether it was logged is not stated.",
    remedy:
      "Correct the base URL. The project's residency stopped the processing; only the right host stops the sending.",
    rule: residencyGuide,
  },
  relay_out_of_region: {
    title: "Relayed outside the policy's countries",
    sentence:
      "The instance that decrypted and relayed the call is attested for a country the policy does not allow.",
    remedy:
      "Send these calls through a gateway in an allowed country; correct DOMICILE_RELAY_COUNTRY where it names the wrong one.",
    rule: tenantPolicy,
  },
  storage_only_region: {
    title: "The region stores and does not process",
    sentence:
      "The policy demands inference in this region, and OpenAI lists none there: content may be processed outside it.",
    remedy: "Choose a region with processing, or accept by name that inference runs elsewhere.",
    rule: dataGuide,
  },
  model_not_eligible: {
    title: "Model not eligible",
    sentence:
      "The model is not listed for processing in this region through this endpoint, or the policy does not allow it.",
    remedy: chooseListed,
    rule: dataGuide,
  },
  endpoint_not_eligible: {
    title: "Endpoint not eligible",
    sentence: "OpenAI's table does not list this endpoint for the place the policy demands.",
    remedy: chooseListed,
    rule: dataGuide,
  },
  endpoint_unlisted: {
    title: "Endpoint without a row in the catalog",
    sentence:
      "Neither the provider's table nor the catalog has a row for this path, so where it is processed is not known.",
    remedy: "Use an endpoint that is listed, or record a row with its source.",
    rule: dataGuide,
  },
  service_tier_not_eligible: {
    title: "Service tier not eligible",
    sentence: "The model is listed for the region, but not in the service tier that was used.",
    remedy: "Ask for the standard tier, or choose a model whose tier is listed.",
    rule: dataGuide,
  },
  feature_out_of_region: {
    title: "Tool or feature not eligible",
    sentence:
      "The call used a tool or feature that is not listed for the place the policy demands, or that the policy denies.",
    remedy: "Remove the tool from the request, or choose one that is listed.",
    rule: dataGuide,
  },
  third_party_tool: {
    title: "Content went on to a third party",
    sentence:
      "The call used a tool of a third party, such as an MCP server, which is under its own residency; nobody promises a place.",
    remedy: "Remove the tool, or record where the third party processes and accept it in an exception.",
    rule: dataGuide,
  },
  no_regional_handling: {
    title: "No regional handling of files",
    sentence: "OpenAI lists storage in the region for this, and no regional processing of what is handled.",
    remedy: "Keep files out of these calls, or choose a policy that accepts handling elsewhere.",
    rule: dataGuide,
  },
  resource_born_elsewhere: {
    title: "Uses an object born elsewhere",
    sentence: "The call used a stored object that was created in another region.",
    remedy: "Create the object again in the region and delete the old one.",
    rule: dataGuide,
  },
  resource_birth_unknown: {
    title: "Uses an object of unknown birth",
    sentence: "The call used a stored object, and where it was created was not recorded.",
    remedy: "Create the object again through the gateway.",
    rule: dataGuide,
  },
  redirect_refused: {
    title: "Redirect refused",
    sentence:
      "The provider answered with a redirect, which was not followed; what it did with the content is not documented.",
    remedy: "Find out why the host redirects before sending more to it.",
    rule: evidenceRule,
  },
  subject_region_mismatch: {
    title: "Wrong region for this subject",
    sentence:
      "The call named its subject's country, and went to another region than the policy routes that country to.",
    remedy: "Let the policy route the call, or correct the target of the key.",
    rule: tenantPolicy,
  },
  provider_echo_mismatch: {
    title: "Provider names another place or project",
    sentence:
      "The provider's answer names another region or project than the one on record, or says itself that the residency does not match.",
    remedy:
      "Check which deployment or project the key belongs to and correct the record; ask the provider, and hold these calls until it has answered.",
    rule: evidenceRule,
  },
  provider_global_profile: {
    title: "Global project or profile",
    sentence:
      "The project or deployment behind the key is a global one, for which no place is promised, and the policy refuses those.",
    remedy: "Use a key of a project that is pinned to the region.",
    rule: residencyGuide,
  },
  edge_anomaly: {
    title: "Edge outside the region",
    sentence: "The edge that answered names itself as outside the region in which OpenAI says TLS ends.",
    remedy: "Keep the request ids and ask OpenAI.",
    rule: residencyGuide,
  },
  scope_unknown: {
    title: "Scope of processing not known",
    sentence:
      "What OpenAI processes in this region is not known from a source, so the call cannot be cleared.",
    remedy: "Record the scope with its source, confirmed by a named person.",
    rule: residencyGuide,
  },
  pin_unknown: {
    title: "Pin of the project not known",
    sentence:
      "The call needs a project pinned to the region, and what this one is pinned to is not known or contradicts the host.",
    remedy: recordPin,
    rule: residencyGuide,
  },
  pin_storage_only: {
    title: "Project stores only",
    sentence:
      "The project stores in the region and processes elsewhere, while the policy demands processing in the region.",
    remedy: "Create a project with storage and processing in the region and move the key into it.",
    rule: residencyGuide,
  },
  evidence_too_weak: {
    title: "Evidence too weak",
    sentence:
      "What is known of this call rests on a label, a default or a log, and the policy asks for more to clear it.",
    remedy: "Send these calls through the gateway, which sees the host itself.",
    rule: evidenceRule,
  },
  content_path_not_observed: {
    title: "Path of the content not observed",
    sentence:
      "A part of the call that decides was not seen: where it was relayed, which model, tier or tool served it, or how it ended.",
    remedy:
      "Name a dated snapshot and the tier in the request, and let the gateway see the whole answer. Where the policy says in which countries calls are relayed, attest the gateway's country with DOMICILE_RELAY_COUNTRY.",
    rule: evidenceRule,
  },
  last_attempt_only: {
    title: "Only the last attempt is known",
    sentence:
      "The log names the last attempt of a call that was retried; where the earlier ones went is not known.",
    remedy: "Let the retries run through the gateway.",
    rule: evidenceRule,
  },
  policy_missing: {
    title: "No policy was in force",
    sentence: "The call began before the tenant's first policy, so there was nothing to hold it against.",
    remedy: "Replay the period under a version of the policy; the first verdict stays.",
    rule: tenantPolicy,
  },
  never_sent: {
    title: "Never sent",
    sentence: "Nothing was written to the provider.",
    remedy: "Nothing for residency; look at the network if it happens often.",
    rule: evidenceRule,
  },
  no_provider_call: {
    title: "No call to the provider",
    sentence: "The answer was given without a call to the provider, for example from a cache.",
    remedy: "Nothing for residency.",
    rule: evidenceRule,
  },
  no_content: {
    title: "No content",
    sentence: "The call carried no content either way.",
    remedy: "Nothing for residency.",
    rule: evidenceRule,
  },
  blocked_by_policy: {
    title: "Stopped by policy",
    sentence: "The gateway refused the call before any of it left.",
    remedy:
      "Correct the target, model or feature the refusal names, or change the policy with a second approver.",
    rule: tenantPolicy,
  },
};
