import type { BatchLineGroup } from "../calls/batch-lines.ts";
import type { BodyReading, Said } from "../calls/call-facts.ts";
import type { DeploymentFacts } from "../calls/deployment-facts.ts";
import type { UsedObject } from "../calls/provider-object.ts";
import { storesContent } from "../calls/stores-content.ts";
import { instantKey } from "../instant.ts";
import type { Catalog, CountryCode, RegionCode, RegionRow } from "../regions/catalog.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { deployedHost } from "../regions/deployed-host.ts";
import { findEndpoint, isEntryOnly } from "../regions/eligibility.ts";
import { findRegion } from "../regions/host-of-region.ts";
import type { Reason } from "../verdicts/verdict.ts";
import { assessContent, type ContentQuestion, cachesLong } from "./assess-content.ts";
import { assessPin, type PinShortfalls } from "./assess-pin.ts";
import { lineQuestions } from "./line-questions.ts";
import { modelRefusal } from "./model-refusal.ts";
import { hostOfTarget, parseTarget } from "./parse-target.ts";
import { type PlanCode, refusalOf } from "./plan-refusal.ts";
import type { Pin, Policy } from "./policy.ts";
import {
  relayOutside,
  relayUnattested,
  unknownTarget,
  unreadableField,
  unreadBody,
  wayPastGateway,
} from "./refusal-words.ts";
import { allowedCountries, hasLocationRequirement, hostWithin } from "./requirements.ts";
import { leavesBoundRegion, regionBoundBySubject, routedRegion } from "./route.ts";

export type PlanInput = {
  readonly policy: Policy;
  readonly catalog: Catalog;
  /** Target of the key: `policy`, a catalog host, a region code, or `global`. */
  readonly keyTarget: string;
  /** `x-domicile-target-region`, a target of the same words; overrides the key's. */
  readonly requestedTarget: string | null;
  readonly subjectCountry: CountryCode | null;
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly featuresOffered: readonly string[];
  readonly store: Said<boolean>;
  readonly background: Said<boolean>;
  readonly serviceTier: string | null;
  readonly pin: Pin;
  /** RFC 3339 UTC, now. Decides whether an observing policy blocks by now. */
  readonly at: string;
  /** Country attested for the relay; null: nobody attested one; undefined: no relay is asked about. */
  readonly relayCountry?: string | null | undefined;
  /** Names of request fields whose value is there and could not be read. */
  readonly unreadable?: readonly string[];
  /** Names of request fields that use stored objects; absent: nobody looked. */
  readonly storedStateRefs?: readonly string[];
  /** Those objects, with where they were born; absent: nobody looked. */
  readonly objectsUsed?: readonly UsedObject[] | undefined;
  /** What the lines of a batch ask for; absent: it is no batch, or nobody read its file. */
  readonly batchLines?: readonly BatchLineGroup[] | undefined;
  /** What is recorded of the deployment that the call names; absent: it goes to none, or nobody looked. */
  readonly deployment?: DeploymentFacts | null | undefined;
  /** False for calls that carry no content: then only the host is held against the policy. */
  readonly carriesContent?: boolean;
  /**
   * How the request's body came to be read; absent: read. `coming`: not all of it is here, and what it will name is
   * asked about again when it is.
   */
  readonly requestBody?: BodyReading | "coming";
  /** True for a method and path that the provider's reference does not have. */
  readonly unknownOperation?: boolean;
  /** True for a call that opens a way to the provider past the gateway. */
  readonly opensWayPast?: boolean;
};

export type PlanRefusal = { readonly code: PlanCode; readonly reason: Reason; readonly message: string };

export type Plan =
  | {
      readonly kind: "send";
      readonly host: string;
      readonly intendedRegion: RegionCode | "global";
      /** What a blocking policy would have refused it for; null where it would have sent it. */
      readonly wouldBlock: PlanRefusal | null;
    }
  | (PlanRefusal & {
      readonly kind: "refuse";
      /** What was asked for, as text: for messages and logs. */
      readonly host: string;
      /** The host that was asked for; null where the target names none, so that no record calls it a host. */
      readonly namedHost: string | null;
      readonly intendedRegion: RegionCode | "global";
    });

/**
 * Decides where a call may go before any of it leaves. Never turns a call to another host than the one
 * asked for: a target outside policy is refused or, while the policy observes, dialled and judged.
 */
export function plan(input: PlanInput): Plan {
  const { policy, catalog } = input;
  const routed = routedRegion(policy, input.subjectCountry);
  const asked = input.requestedTarget ?? input.keyTarget;
  const target = parseTarget(asked, catalog, policy.customHosts);
  const named = hostOfTarget(target, routed, catalog);
  if (named === null) {
    const suggestion = target.kind === "unknown" ? target.suggestion : null;
    const refusal = unknownTarget(asked, suggestion, catalog);
    return { kind: "refuse", ...refusal, host: asked.trim(), namedHost: null, intendedRegion: routed };
  }
  const host = deployedHost(named, input.deployment, catalog);
  const within = hostWithin(host, policy, catalog);
  // Where a subject is bound to a region, no caller's wish changes where the call was to go.
  const fits = within && !leavesSubject(input, host);
  const intendedRegion = fits && host.region !== null ? host.region : routed;
  if (host.class !== "official" && host.class !== "custom") {
    const refusal = refusalOf("unknown_target", unknownReason(host), host, catalog);
    return { kind: "refuse", ...refusal, host: host.host, namedHost: host.host, intendedRegion };
  }
  const refusal = firstRefusal(input, host, within);
  if (refusal !== null && blocks(policy, input.at)) {
    return { kind: "refuse", ...refusal, host: host.host, namedHost: host.host, intendedRegion };
  }
  return { kind: "send", host: host.host, intendedRegion, wouldBlock: refusal };
}

/** True when the policy stops calls at this instant: in block mode, or once observing has ended. */
export function blocks(policy: Policy, at: string): boolean {
  const { enforcement } = policy;
  if (enforcement.mode === "block") return true;
  return enforcement.until !== null && instantKey(at) >= instantKey(enforcement.until);
}

function unknownReason(host: ClassifiedHost): Reason {
  return host.class === "lookalike" ? "host_lookalike" : "host_unclassified";
}

/** The first thing the policy would stop the call for: host, then pin, then what the body asks for. */
function firstRefusal(input: PlanInput, host: ClassifiedHost, within: boolean): PlanRefusal | null {
  const { policy, catalog } = input;
  if (!within) return refusalOf("region_blocked", "host_out_of_region", host, catalog);
  if (leavesSubject(input, host)) {
    return refusalOf("region_blocked", "subject_region_mismatch", host, catalog);
  }
  if (input.carriesContent === false) return null;
  const relay = relayObjection(input);
  if (relay !== null) return relay;
  if (input.opensWayPast && hasLocationRequirement(policy)) return wayPastGateway;
  const unread = (input.unreadable ?? []).find((field) => mattersTo(policy, field));
  if (unread !== undefined) return unreadableField(unread);
  if (policy.onUnknown === "refuse") {
    if (input.unknownOperation) {
      return refusalOf("endpoint_not_eligible", "endpoint_unlisted", host, catalog);
    }
    if (input.requestBody === "unread" && hasBodyRule(policy)) return unreadBody();
  }
  // An accepted global host accepts that no place is promised, so a regional host need not promise one.
  const placed = host.class === "official" && !policy.global.allowed && host.region !== null;
  const region = placed ? findRegion(host.region, catalog) : null;
  const comes = input.requestBody === "coming";
  const read = input.requestBody === undefined || input.requestBody === "read";
  // The models of a batch are named by its lines, where those were read.
  const named = input.model !== null || input.batchLines === undefined;
  const runsModel = (read && named) || (comes && input.model !== null);
  const question = { ...input, region, runsModel };
  const content = assessContent({ ...question, features: input.featuresOffered });
  const caches = cachesLong({ ...question, features: input.featuresOffered });
  const pin = pinShortfalls(input, host, region, caches);
  const adverse = [...pin.adverse, ...content.adverse, ...content.forbidden];
  const open = [...pin.open, ...content.open];
  const certain = adverse[0] ?? open.find(isThirdParty);
  const doubtful = policy.onUnknown === "refuse" ? open[0] : policy.requirePin ? open.find(isPin) : undefined;
  const reason = certain ?? doubtful;
  if (reason === undefined) return lineRefusal(input, host, question);
  const refusal = refusalOf(codeOf(reason), reason, host, catalog, input.model);
  const message = reason === "model_not_eligible" && region !== null ? modelRefusal(input, region) : null;
  return message === null ? refusal : { ...refusal, message };
}

/** Whether the policy binds the call's subject to another region than the host's. */
function leavesSubject({ policy, subjectCountry, catalog }: PlanInput, host: ClassifiedHost): boolean {
  const bound = regionBoundBySubject(policy, subjectCountry);
  return bound !== null && leavesBoundRegion(host, bound, catalog) !== "no";
}

/** Begins what is said of a batch for one of its lines. */
export const ofLine = "A line of the batch is refused. ";

/** The first thing that a line of a batch would be stopped for. What a line may use counts as used. */
function lineRefusal(
  input: PlanInput,
  host: ClassifiedHost,
  question: Omit<ContentQuestion, "features">,
): PlanRefusal | null {
  for (const { feared } of lineQuestions(input, question)) {
    const line = assessContent(feared);
    const certain = [...line.adverse, ...line.forbidden][0] ?? line.open.find(isThirdParty);
    const reason = certain ?? (input.policy.onUnknown === "refuse" ? line.open[0] : undefined);
    if (reason === undefined) continue;
    const refusal = refusalOf(codeOf(reason), reason, host, input.catalog, feared.model);
    return { ...refusal, message: `${ofLine}${refusal.message}` };
  }
  return null;
}

/** Our own relay decrypts the call, so where it stands is held against the policy like any other place. */
function relayObjection({ policy, catalog, relayCountry }: PlanInput): PlanRefusal | null {
  const allowed = allowedCountries(policy, "relay");
  if (allowed === null || relayCountry === undefined) return null;
  if (relayCountry === null) return policy.onUnknown === "refuse" ? relayUnattested(allowed, catalog) : null;
  return allowed.includes(relayCountry) ? null : relayOutside(relayCountry, allowed, catalog);
}

/** Whether a value nobody can read could hide what the policy refuses. */
function mattersTo(policy: Policy, field: string): boolean {
  if (hasLocationRequirement(policy) && !policy.global.allowed) return true;
  if (field === "model") return policy.models !== "any";
  return (field === "tools" || field === "input") && policy.deniedFeatures.length > 0;
}

/** Whether anything that a body can name is held against the policy. */
function hasBodyRule(policy: Policy): boolean {
  const asksPlace = hasLocationRequirement(policy) && !policy.global.allowed;
  return asksPlace || policy.models !== "any" || policy.deniedFeatures.length > 0;
}

function pinShortfalls(
  input: PlanInput,
  host: ClassifiedHost,
  region: RegionRow | null,
  cachesLong: boolean,
): PinShortfalls {
  const { policy, pin, catalog } = input;
  if (region === null) return { adverse: [], open: [] };
  const endpoint = findEndpoint(input.endpoint, catalog);
  const { requestBody = "read" } = input;
  // Whether a body that is still coming asks to store is asked about when it is here.
  const undecided = requestBody === "coming" && endpoint?.storesState === "conditional";
  const body = requestBody === "coming" ? "unread" : requestBody;
  const stores = !undecided && storesContent(endpoint, { ...input, requestBody: body });
  const entryOnly = isEntryOnly(host.host, catalog);
  return assessPin({ policy, pin, region, endpoint, stores, cachesLong, entryOnly });
}

function isThirdParty(reason: Reason): boolean {
  return reason === "third_party_tool";
}

function isPin(reason: Reason): boolean {
  return reason === "pin_unknown";
}

function codeOf(reason: Reason): PlanCode {
  switch (reason) {
    case "model_not_eligible":
    case "content_path_not_observed":
      return "model_not_eligible";
    case "service_tier_not_eligible":
      return "service_tier_not_eligible";
    case "feature_out_of_region":
    case "third_party_tool":
      return "feature_not_eligible";
    case "pin_unknown":
    case "pin_storage_only":
    case "provider_global_profile":
      return "pin_required";
    default:
      return "endpoint_not_eligible";
  }
}
