import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import type { Pin } from "../policies/policy.ts";
import type { Catalog, RegionCode } from "../regions/catalog.ts";
import { type ClassifiedHost, classifyHost } from "../regions/classify-host.ts";
import { deployedHost } from "../regions/deployed-host.ts";
import { findRegion, regionName } from "../regions/host-of-region.ts";
import { doubtOf } from "./claim-doubt.ts";
import { hasNoAnswer, isNotSetUp, namesModel } from "./content-picture.ts";
import { type DeploymentEvidence, deploymentEvidence } from "./deployment-evidence.ts";
import type { Judgement, Reason } from "./verdict.ts";

export type Statement = {
  readonly facts: CallFacts;
  /** The attempt that is spoken of; null for a call that never became one. */
  readonly attempt: AttemptFacts | null;
  readonly judgement: Judgement;
  readonly pin: Pin;
  readonly catalog: Catalog;
  readonly customHosts?: readonly string[];
};

/**
 * The claim in words: where the content was sent, what carries the promise, and what is listed. It says
 * where a call was sent and what is documented for that, never where inference ran.
 */
export function stateClaim(statement: Statement): string {
  const { attempt, judgement, catalog } = statement;
  if (attempt === null) return withoutAttempt(judgement);
  const named = classifyHost(attempt.host, catalog, statement.customHosts ?? []);
  const host = deployedHost(named, statement.facts.deployment, catalog);
  if (attempt.progress === "refused") {
    const by = judgement.reasons.includes("blocked_by_policy") ? "Stopped by policy" : "Stopped";
    return `${by} before it left; ${host.host} was not dialled.`;
  }
  if (attempt.progress === "not_sent") return `No connection to ${host.host} came about; nothing was sent.`;
  if (attempt.progress === "unknown") {
    return `About to be sent to ${host.host}; no end was recorded, so whether and how far it went is not known.`;
  }
  return `${opening(attempt, host)}${continuation(statement, attempt, host)}.`;
}

/** "a project pinned to Europe (attested by M. Roth, since 2026-03-01)". */
export function describePin(pin: Pin, catalog: Catalog): string {
  const how = pinSource(pin);
  switch (pin.kind) {
    case "processing":
      return `a project pinned to ${placeOf(pin.region, catalog)} (${how})`;
    case "storage_only":
      return `a project that stores in ${placeOf(pin.region, catalog)} and processes elsewhere (${how})`;
    case "global":
      return `a project that is not pinned (${how})`;
    case "unknown":
      return "a project whose pin is not known";
  }
}

function pinSource(pin: Pin): string {
  const since = pin.since === null ? "" : `, ${pin.since.slice(0, 10)}`;
  switch (pin.source) {
    case "admin_api":
      return `OpenAI's admin API${since}`;
    case "probe":
      return `probe${since}`;
    case "attestation":
      return pin.attestedBy === null ? `attested${since}` : `attested by ${pin.attestedBy}${since}`;
    case "none":
      return "source not recorded";
  }
}

function placeOf(region: RegionCode | null, catalog: Catalog): string {
  return shortName(regionName(region, catalog));
}

/** "Europe" for "Europe (EEA and Switzerland)": the sentence has parentheses of its own. */
function shortName(name: string): string {
  return name.replace(/ \(.*\)$/, "");
}

function withoutAttempt({ verdict, reasons }: Judgement): string {
  if (verdict === "blocked") return "Stopped before it left; no host was dialled.";
  if (reasons.includes("no_provider_call")) return "Answered without a call to the provider.";
  return "No attempt was recorded, so where the call went is not known.";
}

function opening({ hostGrade, progress }: AttemptFacts, { host }: ClassifiedHost): string {
  if (hostGrade === "D") return `Reported by a log as sent to ${host}`;
  if (hostGrade === "E") return `Labelled as sent to ${host}`;
  return progress === "partial" ? `Sent in part to ${host}` : `Sent to ${host}`;
}

function continuation(statement: Statement, attempt: AttemptFacts, host: ClassifiedHost): string {
  const { facts, pin, catalog } = statement;
  if (host.class === "lookalike" || host.class === "unknown") {
    return ", a host OpenAI does not document; owner not verified; treat the key as disclosed";
  }
  if (host.class === "official_unclassified") return ", for which OpenAI documents no place";
  if (host.class === "custom") return admitted(deploymentEvidence(host, attempt, catalog));
  if (isNotSetUp(attempt)) {
    return "; refused by the provider (incorrect_hostname); whether it was logged is not stated";
  }
  if (!facts.carriesContent) return "; the call carried no content";
  const region = host.region === null ? null : findRegion(host.region, catalog);
  if (region === null) return ", a destination without a location promise";
  if (hasNoAnswer(attempt)) return "; no answer was seen, so what became of the content is not known";
  const promised = under(pin, region.code, catalog);
  if (attempt.redirectHost !== null) {
    return `${promised}; answered with a redirect, which was not followed, so what became of the content is not known`;
  }
  return `${failure(attempt)}${promised}; ${listing(statement, shortName(region.name))}`;
}

/** A host of another provider: what was recorded of it, and what the answer says of that. */
function admitted(deployment: DeploymentEvidence | null): string {
  if (deployment === null) return ", a host admitted by an admin; where it sends on is not observed";
  const { azure, echo } = deployment;
  if (azure.sku === "global") {
    return `, recorded by ${azure.attestedBy} as a global deployment, for which no place is promised`;
  }
  const kind = azure.sku === "data_zone" ? "a data zone deployment" : "a regional deployment";
  const recorded = `, recorded by ${azure.attestedBy} as ${kind} in ${azure.azureRegion}`;
  if (echo === "differs") return `${recorded}; the answer named another region`;
  return echo === "agrees" && azure.sku === "regional"
    ? `${recorded}; the answer named the same region`
    : `${recorded}; nothing in the answer shows it`;
}

/** An answer that is an error is said, and takes nothing back of what was sent. */
function failure({ status }: AttemptFacts): string {
  return status !== null && status >= 400 ? `, answered with ${status},` : "";
}

/** Which of the three carries the promise: the pin, the host alone, or nothing that is known. */
function under(pin: Pin, region: RegionCode, catalog: Catalog): string {
  if (pin.kind === "global") {
    return ` under ${describePin(pin, catalog)}; the host alone carries the promise`;
  }
  if (pin.kind === "unknown") return ` under ${describePin(pin, catalog)}`;
  const contradiction = pin.region === region ? "" : ", which contradicts the host that answered";
  return ` under ${describePin(pin, catalog)}${contradiction}`;
}

function listing({ facts, judgement, catalog }: Statement, place: string): string {
  const version = `catalog ${catalog.version}`;
  const inference = judgement.claims.find(({ claim }) => claim === "inference");
  if (inference === undefined || inference.value === "undetermined") {
    return `${doubtWords(inference === undefined ? null : doubtOf(inference), place)} (${version})`;
  }
  if (inference.value.length === 0) return `this endpoint runs no model (${version})`;
  const what = namesModel(facts) ? "endpoint and model" : "no model was read; endpoint";
  return `${what} listed for processing in ${place}, ${version}`;
}

/** Why what is listed is not said of the call: a denial is told from what nobody saw and what nobody states. */
function doubtWords(doubt: Reason | null, place: string): string {
  const listed = `what is listed for processing in ${place}`;
  switch (doubt) {
    case "storage_only_region":
    case "endpoint_not_eligible":
    case "model_not_eligible":
    case "service_tier_not_eligible":
    case "feature_out_of_region":
      return `${listed} does not cover this call`;
    case "content_path_not_observed":
      return `which model, tier or tool served it was not seen, so whether ${listed} covers this call is not known`;
    case "third_party_tool":
      return "a tool passed content on to a third party, for which no place is listed";
    case "scope_unknown":
    case "endpoint_unlisted":
      return `whether this call is processed in ${place} is stated nowhere`;
    case "pin_unknown":
    case "pin_storage_only":
    case "provider_global_profile":
    case "provider_echo_mismatch":
      return `${listed} holds for a project pinned there, which this one is not shown to be`;
    default:
      return `that ${listed} covers this call is not established`;
  }
}
