import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import { storesContent } from "../calls/stores-content.ts";
import { assessContent, type Shortfalls } from "../policies/assess-content.ts";
import { assessPin } from "../policies/assess-pin.ts";
import type { Pin, Policy } from "../policies/policy.ts";
import { hasLocationRequirement } from "../policies/requirements.ts";
import type { Catalog, RegionRow } from "../regions/catalog.ts";
import { findEndpoint, findFeature } from "../regions/eligibility.ts";

/** What content did at a provider's regional host, as far as the facts say. */
export type ContentInput = {
  readonly facts: CallFacts;
  readonly attempt: AttemptFacts;
  readonly catalog: Catalog;
  readonly pin: Pin;
};

/** Shortfalls of a call against one policy, and which of them rest on what the project is pinned to. */
export type ContentShortfalls = Shortfalls & {
  readonly fromPin: { readonly adverse: Shortfalls["adverse"]; readonly open: Shortfalls["open"] };
};

/** Holds what the call did against the policy. `region` null: the global host, or one accepted like it. */
export function contentShortfalls(
  input: ContentInput,
  policy: Policy,
  region: RegionRow | null,
): ContentShortfalls {
  const { facts, catalog, pin } = input;
  const used = featuresInUse(facts, catalog);
  const question = {
    policy,
    catalog,
    region,
    endpoint: facts.endpoint,
    // The answer names the snapshot; an alias that was asked for does not.
    model: facts.modelAnswered ?? facts.modelRequested,
    runsModel: facts.requestBody !== "none",
    serviceTier: facts.serviceTier,
    storedStateRefs: facts.storedStateRefs,
  };
  const certain = assessContent({ ...question, features: used });
  const open = [...certain.open];
  if (mayHideUse(facts)) {
    const feared = assessContent({ ...question, features: [...used, ...facts.featuresOffered] });
    if (size(feared) > size(certain)) open.push("content_path_not_observed");
  }
  const endpoint = findEndpoint(facts.endpoint, catalog);
  // A JSON request that was not read may have asked for anything the endpoint can keep or show.
  if (region !== null && facts.requestBody === "unread" && endpoint?.storesState === "conditional") {
    open.push("content_path_not_observed");
  }
  // A value that is there and could not be read may have asked for anything.
  if (region !== null && hasLocationRequirement(policy) && (facts.unreadable ?? []).length > 0) {
    open.push("content_path_not_observed");
  }
  const stores = storesContent(endpoint, facts);
  const fromPin =
    region === null ? { adverse: [], open: [] } : assessPin({ policy, pin, region, endpoint, stores });
  return { forbidden: certain.forbidden, adverse: certain.adverse, open, fromPin };
}

/**
 * True when the provider says that the project behind the key is not set up for this host: it served nothing.
 * Of the right host this is a matter of configuration. No other status says what became of the content.
 */
export function isNotSetUp({ status, errorCode }: AttemptFacts): boolean {
  return status === 401 && errorCode === "incorrect_hostname";
}

/** True when the request left, at least in part, and nobody saw the provider answer it. */
export function hasNoAnswer({ progress, status }: AttemptFacts): boolean {
  if (progress === "refused" || progress === "not_sent") return false;
  return progress === "unknown" || status === null;
}

/** Tools the answer shows, and features that are used by being asked for. */
function featuresInUse(facts: CallFacts, catalog: Catalog): string[] {
  const asked = facts.featuresOffered.filter((id) => findFeature(id, catalog)?.usedWhenRequested === true);
  return [...new Set([...facts.featuresUsed, ...asked])];
}

/** A tool that was offered may have been used where the answer was not read to its end. */
function mayHideUse(facts: CallFacts): boolean {
  return facts.responseBody !== "read" && facts.featuresOffered.length > 0;
}

function size(shortfalls: Shortfalls): number {
  return shortfalls.forbidden.length + shortfalls.adverse.length + shortfalls.open.length;
}
