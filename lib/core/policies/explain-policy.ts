import type { Catalog } from "../regions/catalog.ts";
import { findRegion } from "../regions/host-of-region.ts";
import { placeWords, targetWords } from "./place-words.ts";
import type { GlobalAcceptance, Policy, RestrictableClaim } from "./policy.ts";
import { knownHosts, reaches } from "./reaches.ts";
import { allowedCountries, hasLocationRequirement, restricts } from "./requirements.ts";
import { spoolTime } from "./spool-time.ts";

/** The policy in words: one sentence per rule, in the order in which an officer asks. */
export function explainPolicy(policy: Policy, catalog: Catalog): string[] {
  return [
    home(policy, catalog),
    ...claims(policy, catalog),
    hosts(policy, catalog),
    ...acceptances(policy),
    ...relay(policy),
    ...handling(policy),
    ...models(policy),
    ...pins(policy),
    evidence(policy),
    policy.onUnknown === "refuse"
      ? "A call whose place cannot be judged beforehand is refused."
      : "A call whose place cannot be judged beforehand is sent, and shown as not verifiable if it stays so.",
    policy.onEvidenceLoss === "refuse"
      ? "Where evidence cannot be written, calls are refused."
      : `Where evidence cannot be written, calls go on for ${spoolTime} and are marked as a gap.`,
    enforcement(policy),
  ];
}

function home(policy: Policy, catalog: Catalog): string {
  const { homeRegion } = policy;
  const host = targetWords(homeRegion, catalog);
  const place = homeRegion === null ? null : findRegion(homeRegion, catalog)?.name;
  const where =
    homeRegion === null ? `${host}, which promises no place` : place ? `${host} (${place})` : host;
  if (policy.routing.kind === "home") return `Calls go to ${where}, unless a target is asked for.`;
  const rules = Object.entries(policy.routing.map).map(([country, region]) => `${country} to ${region}`);
  const named = rules.length === 0 ? "no country is named" : rules.join(", ");
  return `Calls are routed by the declared country of their subject (${named}). Those for any other country, and those that declare none, go to ${where}.`;
}

const claimWords: Readonly<Record<RestrictableClaim, string>> = {
  relay: "Our own relay must decrypt calls in",
  ingress: "TLS must end in",
  inference: "Inference must be promised for",
  handling: "Files, batches and indexes must be handled in",
  storage: "What is stored must be stored in",
};

function claims(policy: Policy, catalog: Catalog): string[] {
  const order: readonly RestrictableClaim[] = ["inference", "storage", "handling", "ingress", "relay"];
  const rules = order.flatMap((claim) => {
    const countries = allowedCountries(policy, claim);
    return countries === null ? [] : [`${claimWords[claim]} ${placeWords(countries, catalog)}.`];
  });
  return rules.length > 0 ? rules : ["No place is asked for: calls are permitted, location not promised."];
}

function hosts(policy: Policy, catalog: Catalog): string {
  if (!hasLocationRequirement(policy) && policy.global.allowed) {
    return "Every host OpenAI documents may be used; names it does not document are outside policy.";
  }
  const all = knownHosts(catalog, policy.customHosts).filter((host) => reaches(policy, host, catalog));
  const rest = policy.global.allowed ? "" : " The global host is outside policy.";
  return `Allowed hosts: ${all.join(", ") || "none"}.${rest}`;
}

function acceptances(policy: Policy): string[] {
  const accepted = (what: string, by: GlobalAcceptance) =>
    `${what} was accepted by ${by.acceptedBy}, to be reviewed on ${by.reviewOn}: ${by.reason}`;
  const sentences: string[] = [];
  if (policy.global.allowed && policy.global.acceptance) {
    sentences.push(accepted("That the global host promises no place", policy.global.acceptance));
  }
  if (policy.inferenceElsewhere) {
    sentences.push(accepted("That inference runs elsewhere", policy.inferenceElsewhere));
  }
  for (const host of policy.customHosts) {
    const reason = policy.customHostReasons?.[host];
    if (reason !== undefined) sentences.push(`${host} was admitted by name: ${reason}`);
  }
  return sentences;
}

function handling(policy: Policy): string[] {
  if (!hasLocationRequirement(policy) || policy.global.allowed) return [];
  return restricts(policy, "handling")
    ? ["Files and vector stores are outside policy: OpenAI lists no regional processing for file handling."]
    : ["Files are within policy. Limit: OpenAI lists no regional processing for file handling."];
}

function models(policy: Policy): string[] {
  const sentences =
    policy.models === "any" ? [] : [`Only these models: ${policy.models.join(", ") || "none"}.`];
  if (policy.deniedFeatures.length > 0) sentences.push(`Not allowed: ${policy.deniedFeatures.join(", ")}.`);
  return sentences;
}

function relay(policy: Policy): string[] {
  if (!restricts(policy, "relay")) return [];
  const without =
    policy.onUnknown === "refuse"
      ? "without one every call is refused"
      : "without one no call can be cleared";
  return [`Gateways need an attested country (DOMICILE_RELAY_COUNTRY): ${without}.`];
}

function pins(policy: Policy): string[] {
  if (policy.requirePin) return ["Projects must be pinned to the region; global projects are refused."];
  if (!hasLocationRequirement(policy) || policy.global.allowed) return [];
  return [
    "Projects need a pin where something is stored, or where the region also has storage-only projects.",
  ];
}

function evidence(policy: Policy): string {
  const least = policy.minimumGrade.ingress;
  return `To be cleared, a call needs evidence of grade ${least} for its host; to be flagged it needs none of ours.`;
}

function enforcement(policy: Policy): string {
  if (policy.enforcement.mode === "block") return "Calls outside policy are stopped before they leave.";
  const { until } = policy.enforcement;
  return until === null
    ? "Calls outside policy are sent and judged; nothing is stopped."
    : `Calls outside policy are sent and judged until ${until.slice(0, 10)}; from then on they are stopped.`;
}
