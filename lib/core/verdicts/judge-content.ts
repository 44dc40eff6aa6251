import { leavesContentUnseen } from "../calls/bypass.ts";
import { gradeAtLeast } from "../calls/evidence.ts";
import { assessObjects } from "../policies/assess-objects.ts";
import type { Policy } from "../policies/policy.ts";
import {
  allowedCountries,
  hasLocationRequirement,
  isSubset,
  providerClaims,
  restricts,
} from "../policies/requirements.ts";
import type { RegionRow } from "../regions/catalog.ts";
import { edgeOutside } from "../regions/edge-places.ts";
import { findEndpoint } from "../regions/eligibility.ts";
import { claimsOf, hasRegionalTls } from "./claims.ts";
import {
  type ContentInput,
  type ContentShortfalls,
  contentRegion,
  contentShortfalls,
  hasNoAnswer,
  isNotSetUp,
} from "./content-picture.ts";
import { type DeploymentEvidence, deploymentEvidence } from "./deployment-evidence.ts";
import { everyClaimKept } from "./every-claim-kept.ts";
import { adverseBasis, clearingGrade } from "./host-evidence.ts";
import { placeGrade } from "./place-grade.ts";
import { type Band, type Basis, type Judgement, judgeVersion, type Reason, type Verdict } from "./verdict.ts";

export type ContentStep = {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly band?: Band;
  readonly basis?: Basis;
  readonly claims: Judgement["claims"];
};

type Input = ContentInput & { readonly policy: Policy };

/**
 * Steps 8 to 10, for content that went to a host the policy does not exclude: what the catalog denies is a
 * violation, what nobody can say is not verifiable, the rest is compliant.
 *
 * Where a policy accepts the global host, a named person accepted that no place is promised. A regional
 * host of the same policy promises no less, so there the catalog decides the band and not the verdict.
 *
 * A status takes nothing back: what was sent was sent. `incorrect_hostname` alone settles the doubts about
 * what this project would have done with it, and about none of what the catalog or the policy denies.
 */
export function judgeContent(input: Input): ContentStep {
  const { policy, host, attempt, catalog } = input;
  const region = contentRegion(input);
  const deployment = deploymentEvidence(host, attempt, catalog);
  const claims = claimsOf(input);
  const notSetUp = isNotSetUp(attempt);
  const demanded = contentShortfalls(input, policy, policy.global.allowed ? null : region);
  const fromPin = notSetUp ? [] : demanded.fromPin.adverse;
  const adverse = [...demanded.forbidden, ...demanded.adverse, ...fromPin];
  if (isEdgeAnomaly(input, region)) adverse.push("edge_anomaly");
  const echo = echoMismatch(input, deployment);
  if (echo === "outside") adverse.push("provider_echo_mismatch");
  if (adverse.length > 0) return { ...flagged(input, adverse, demanded), claims };

  const open = [
    ...(notSetUp ? [] : [...demanded.open, ...demanded.fromPin.open]),
    ...openOnTheWay(input, region, deployment),
    ...(echo === "open" ? (["provider_echo_mismatch"] as const) : []),
  ];
  if (open.length > 0) return { verdict: "unverifiable", reasons: open, claims };
  // The last gate. Every case above has its reason; should one be missing, the call is not cleared.
  if (!policy.global.allowed && !everyClaimKept(policy, claims)) {
    return { verdict: "unverifiable", reasons: ["content_path_not_observed"], claims };
  }
  return { verdict: "compliant", reasons: [], band: bandOf(input, region), claims };
}

/** A violation as far as its evidence goes. What a person attested or a log tells counts as a report. */
function flagged(
  { attempt }: Input,
  adverse: readonly Reason[],
  demanded: ContentShortfalls,
): Omit<ContentStep, "claims"> {
  const basis = adverseBasis(attempt);
  if (basis === "none") return { verdict: "unverifiable", reasons: ["evidence_too_weak"] };
  const reported = adverse.every((reason) => demanded.reportedOnly.includes(reason));
  return { verdict: "violation", reasons: adverse, basis: reported ? "reported" : basis };
}

/** Doubts about how the content travelled, before what the provider did with it. */
function openOnTheWay(
  input: Input,
  region: RegionRow | null,
  deployment: DeploymentEvidence | null,
): Reason[] {
  const { facts, attempt, policy, host, byJudge = judgeVersion } = input;
  const open: Reason[] = [];
  if (host.class === "official_unclassified") open.push("host_unclassified");
  if (attempt.redirectHost !== null || isRedirect(attempt.status)) open.push("redirect_refused");
  if (hasNoAnswer(attempt)) open.push("content_path_not_observed");
  if (leavesContentUnseen(facts.operation) && hasLocationRequirement(policy))
    open.push("content_path_not_observed");
  if (restricts(policy, "relay")) {
    if (facts.relayCountry === null) open.push("content_path_not_observed");
    // An attested relay clears at E and at nothing better.
    else if (!gradeAtLeast("E", policy.minimumGrade.relay)) open.push("evidence_too_weak");
  }
  const knowsIngress = region === null ? deployment === null : hasRegionalTls(input, region);
  if (restricts(policy, "ingress") && !policy.global.allowed && !knowsIngress) open.push("scope_unknown");
  // Later versions hold births against every call, and where they are known against it.
  if (byJudge < 3 && deployment !== null && !policy.global.allowed)
    open.push(...assessObjects({ ...facts, ...input }).open);
  if (isTooWeak(input, deployment)) open.push("evidence_too_weak");
  return open;
}

function isRedirect(status: number | null): boolean {
  return status !== null && status >= 300 && status < 400 && status !== 304;
}

/**
 * The host itself always has to be known as well as the policy asks of ingress; each restricted claim as
 * well as its own minimum. A custom host's onward hop is a label, whatever was dialled.
 */
function isTooWeak(input: Input, deployment: DeploymentEvidence | null): boolean {
  const { attempt, policy, host } = input;
  if (host.class === "custom" && deployment === null && hasLocationRequirement(policy)) return true;
  const grade = clearingGrade(attempt);
  if (!gradeAtLeast(grade, policy.minimumGrade.ingress)) return true;
  if (policy.global.allowed) return false;
  return providerClaims.some((claim) => {
    if (!restricts(policy, claim)) return false;
    const known =
      claim === "ingress" || deployment?.echo === "differs"
        ? grade
        : (deployment?.grade ?? placeGrade(input));
    return !gradeAtLeast(known, policy.minimumGrade[claim]);
  });
}

/**
 * What the answer's region says against the recorded deployment: `outside` where it names a country that the
 * policy excludes, `open` where it merely differs or cannot be placed.
 */
function echoMismatch({ policy }: Input, deployment: DeploymentEvidence | null): "outside" | "open" | "none" {
  if (deployment?.echo !== "differs" || policy.global.allowed || !hasLocationRequirement(policy))
    return "none";
  const { echoCountry } = deployment;
  if (echoCountry === null) return "open";
  const inside = contentClaims.every((claim) => isSubset([echoCountry], allowedCountries(policy, claim)));
  return inside ? "open" : "outside";
}

const contentClaims = ["inference", "handling", "storage"] as const;

/** The edge that answered lies outside the region in which OpenAI says TLS ends, and the policy demands where it does. */
function isEdgeAnomaly(input: Input, region: RegionRow | null): boolean {
  const { attempt, policy, host, byJudge = judgeVersion } = input;
  if (region === null || host.class !== "official") return false;
  if (!(byJudge < 3 ? region.regionalTls : hasRegionalTls(input, region))) return false;
  if (!restricts(policy, "ingress") || policy.global.allowed) return false;
  return edgeOutside(attempt.echo.edgeCode, region.countries);
}

/**
 * In region means promised: something is restricted, and the catalog says yes to each restricted claim for
 * just this call. File handling under a rule about inference is permitted without a promise.
 */
function bandOf(input: Input, region: RegionRow | null): Band {
  const { policy, facts, catalog, host, attempt } = input;
  if (isNotSetUp(attempt)) return "permitted";
  if (region === null || host.class !== "official" || !hasLocationRequirement(policy)) return "permitted";
  const { adverse, open, fromPin } = contentShortfalls(input, policy, region);
  const unpromised = adverse.length + open.length + fromPin.adverse.length + fromPin.open.length;
  const handlesOnly = findEndpoint(facts.endpoint, catalog)?.processes === "handling";
  const unlistedInference = handlesOnly && restricts(policy, "inference");
  const ingressOpen = restricts(policy, "ingress") && !hasRegionalTls(input, region);
  return unpromised === 0 && !unlistedInference && !ingressOpen ? "in_region" : "permitted";
}
