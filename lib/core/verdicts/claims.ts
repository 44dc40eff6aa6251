import type { CallFacts } from "../calls/call-facts.ts";
import { type ClaimEvidence, type Grade, gradeAtLeast, type LocationClaim } from "../calls/evidence.ts";
import { storesContent } from "../calls/stores-content.ts";
import { probePolicy } from "../policies/probe-policy.ts";
import type { CountryCode, RegionCode, RegionRow } from "../regions/catalog.ts";
import { indexOf } from "../regions/catalog-index.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { edgeOutside } from "../regions/edge-places.ts";
import { findEndpoint } from "../regions/eligibility.ts";
import { findRegion } from "../regions/host-of-region.ts";
import { notEstablished } from "./claim-doubt.ts";
import {
  type ContentInput,
  contentRegion,
  contentShortfalls,
  hasNoAnswer,
  isNotSetUp,
  namesModel,
} from "./content-picture.ts";
import { deploymentEvidence } from "./deployment-evidence.ts";
import { clearingGrade } from "./host-evidence.ts";
import { placeGrade } from "./place-grade.ts";
import { describePin } from "./state-claim.ts";
import { judgeVersion, type Reason, type Verdict } from "./verdict.ts";

type Input = ContentInput;

/**
 * What is known of each place for one attempt, whatever the policy asks. An empty list of countries says
 * that the thing did not happen (nothing handled, nothing kept); `undetermined` that nobody can say where.
 */
export function claimsOf(input: Input): readonly ClaimEvidence[] {
  const { progress } = input.attempt;
  if (progress === "refused" || progress === "not_sent")
    return nothingSent(input.facts, "Nothing was sent to the provider.");
  const region = contentRegion(input);
  const known = region === null || hasNoAnswer(input.attempt) ? withoutPlace(input) : inRegion(input, region);
  return [relayClaim(input.facts), ...known, systemData];
}

/** Claims of a call that never became an attempt, or of attempts that nobody told of. */
export function claimsWithoutAttempt(
  facts: CallFacts,
  verdict: Verdict,
  reason: Reason,
): readonly ClaimEvidence[] {
  if (verdict !== "unverifiable") return nothingSent(facts, "No request was sent to the provider.");
  const source =
    reason === "last_attempt_only"
      ? "The log tells the last attempt alone; where the earlier ones went is not known."
      : "No attempt was recorded, so where the call went is not known.";
  return [relayClaim(facts), ...contentClaims.map((claim) => undetermined(claim, source)), systemData];
}

/** True when OpenAI states that TLS ends inside the region for this very host. */
export function hasRegionalTls(
  { host, catalog }: Pick<Input, "host" | "catalog">,
  region: RegionRow,
): boolean {
  return region.regionalTls && indexOf(catalog).hosts.get(host.host)?.transport === "public";
}

const contentClaims = ["ingress", "inference", "handling", "storage"] as const;

const systemData: ClaimEvidence = {
  claim: "system_data",
  value: "undetermined",
  grade: null,
  source: "Account, usage and billing data and output schemas are outside residency by OpenAI's definition.",
};

function relayClaim({ relayCountry }: CallFacts): ClaimEvidence {
  if (relayCountry === null) {
    return undetermined("relay", "No country is attested for the software that relayed the call.");
  }
  const source = "Attested for the instance that relayed the call.";
  return { claim: "relay", value: [relayCountry], grade: "E", source };
}

function undetermined(claim: LocationClaim, source: string): ClaimEvidence {
  return { claim, value: "undetermined", grade: null, source };
}

function nothingSent(facts: CallFacts, source: string): readonly ClaimEvidence[] {
  const empty = contentClaims.map((claim): ClaimEvidence => ({ claim, value: [], grade: null, source }));
  return [relayClaim(facts), ...empty, systemData];
}

function withoutPlace(input: Input): ClaimEvidence[] {
  const { host, attempt } = input;
  const unanswered = withoutAnswer(host, attempt);
  if (unanswered === null) {
    const deployed = atDeployment(input);
    if (deployed !== null) return deployed;
  }
  const source = unanswered ?? placelessHost(host);
  return contentClaims.map((claim) => undetermined(claim, source));
}

/** Places of a deployment at another provider, as recorded; null where none is, or none is promised. */
function atDeployment(input: Input): ClaimEvidence[] | null {
  const { host, attempt, catalog, facts, byJudge = judgeVersion } = input;
  const evidence = deploymentEvidence(host, attempt, catalog);
  if (evidence === null || evidence.countries === null || !facts.carriesContent) return null;
  const { azure, countries, echo, grade } = evidence;
  const recorded = `recorded by ${azure.attestedBy} as ${azure.azureRegion}`;
  const ingress = undetermined("ingress", `Where TLS ends for ${host.host} is not stated.`);
  if (echo === "differs" || attempt.redirectHost !== null) {
    const source = `The deployment is ${recorded}; the answer does not bear that out.`;
    return [ingress, ...places.map((claim) => undetermined(claim, source))];
  }
  const kind = azure.sku === "data_zone" ? "A data zone" : "A regional deployment";
  const said = azure.sku === "regional" && echo === "agrees" ? "; the answer names the same region" : "";
  const source = `${kind}, ${recorded}${said}.`;
  return [
    ingress,
    ...places.map((claim): ClaimEvidence => {
      const births = claim === "inference" || byJudge < 3 ? [] : birthRegions(input);
      if (births === "unknown") return undetermined(claim, notEstablished("resource_birth_unknown"));
      return withBirths(input, { claim, value: countries, grade, source }, births, host.region);
    }),
  ];
}

const places = ["inference", "handling", "storage"] as const;

function withoutAnswer({ host }: ClassifiedHost, attempt: Input["attempt"]): string | null {
  if (attempt.progress === "unknown")
    return `${host} was about to be dialled; how the call ended was not recorded.`;
  return hasNoAnswer(attempt) ? `Sent to ${host}, and no answer was seen.` : null;
}

function placelessHost({ host, class: kind }: ClassifiedHost): string {
  switch (kind) {
    case "official":
      return `Sent to ${host}, a destination without a location promise.`;
    case "official_unclassified":
      return `Sent to ${host}, for which no place is documented.`;
    case "custom":
      return `Sent to ${host}, admitted by an admin; where it sends on is not observed.`;
    default:
      return `Sent to ${host}, which OpenAI does not document; owner not verified.`;
  }
}

function inRegion(input: Input, region: RegionRow): ClaimEvidence[] {
  return [
    ingress(input, region),
    content(input, region, "inference"),
    content(input, region, "handling"),
    content(input, region, "storage"),
  ];
}

function ingress(input: Input, region: RegionRow): ClaimEvidence {
  const { host, attempt, catalog } = input;
  if (!hasRegionalTls(input, region)) {
    return undetermined("ingress", `OpenAI does not state where TLS ends for ${host.host}.`);
  }
  if (edgeOutside(attempt.echo.edgeCode, region.countries)) {
    return undetermined(
      "ingress",
      `The edge named itself ${attempt.echo.edgeCode}, which is outside ${region.name}.`,
    );
  }
  const source = `OpenAI states that TLS for ${host.host} ends in ${region.name} (catalog ${catalog.version}).`;
  return { claim: "ingress", value: region.countries, grade: clearingGrade(attempt), source };
}

function content(
  input: Input,
  region: RegionRow,
  claim: "inference" | "handling" | "storage",
): ClaimEvidence {
  const absent = absence(input, claim);
  if (absent !== null) return { claim, value: [], grade: null, source: absent };
  const { adverse, open, fromPin } = contentShortfalls(input, probePolicy(claim), region, "apart");
  const doubts = [...adverse, ...fromPin.adverse, ...open, ...fromPin.open];
  const births = claim === "inference" ? [] : birthRegions(input);
  if (births === "unknown") doubts.push("resource_birth_unknown");
  if (input.attempt.redirectHost !== null) doubts.push("redirect_refused");
  const [doubt] = doubts;
  if (doubt !== undefined) return undetermined(claim, notEstablished(doubt));
  const source = promise(input, region, claim);
  const here = { claim, value: region.countries, grade: placeGrade(input), source };
  return births === "unknown" ? here : withBirths(input, here, births, region.code);
}

type Placed = { readonly value: readonly CountryCode[]; readonly grade: Grade } & Omit<
  ClaimEvidence,
  "value" | "grade"
>;

/** A claim with the places of the stored objects that the call uses beside its own. */
function withBirths(
  input: Input,
  here: Placed,
  births: readonly RegionRow[],
  code: RegionCode | null,
): ClaimEvidence {
  if (births.length === 0) return here;
  const others = births.filter((region) => region.code !== code);
  const value = [...new Set([...here.value, ...others.flatMap(({ countries }) => countries)])];
  const used = others.map(({ name }) => ` Uses an object made in ${name}.`);
  const grade = weakest([here.grade, ...birthGrades(input)]);
  return { ...here, value, grade, source: here.source + [...new Set(used)].join("") };
}

/** Regions in which the stored objects that the call uses were made; `unknown` where one cannot be placed. */
function birthRegions({ facts, catalog }: Input): readonly RegionRow[] | "unknown" {
  const { objectsUsed = [], storedStateRefs = [] } = facts;
  if (objectsUsed.length === 0) return storedStateRefs.length > 0 ? "unknown" : [];
  const regions = objectsUsed.map(({ birth }) => (birth === null ? null : findRegion(birth.region, catalog)));
  return regions.some((region) => region === null) ? "unknown" : regions.filter((region) => region !== null);
}

function birthGrades({ facts }: Input): Grade[] {
  return (facts.objectsUsed ?? []).flatMap(({ birth }) => (birth === null ? [] : [birth.grade]));
}

function weakest(grades: readonly Grade[]): Grade {
  return grades.reduce((worst, grade) => (gradeAtLeast(grade, worst) ? worst : grade), "A");
}

/** Why the thing the claim speaks of did not happen at all; null where it did or may have. */
function absence(
  { facts, attempt, catalog }: Input,
  claim: "inference" | "handling" | "storage",
): string | null {
  if (!facts.carriesContent) return "The call carried no content.";
  if (isNotSetUp(attempt))
    return "The provider refused the call with incorrect_hostname: the project is not set up for this host.";
  const endpoint = findEndpoint(facts.endpoint, catalog);
  if (endpoint === null) return null;
  if (claim === "inference" && endpoint.processes === "handling") return "This endpoint runs no model.";
  if (
    claim === "handling" &&
    endpoint.processes === "inference" &&
    !facts.featuresOffered.some((id) => id === "file_upload" || id === "inline_file") &&
    (facts.storedStateRefs ?? []).length === 0 &&
    (facts.objectsUsed ?? []).length === 0
  ) {
    return "No file, batch or index was handled.";
  }
  return null;
}

function promise(input: Input, region: RegionRow, claim: "inference" | "handling" | "storage"): string {
  const { facts, catalog, pin, host } = input;
  const listed = `catalog ${catalog.version}`;
  if (claim !== "storage") {
    const what =
      claim !== "inference"
        ? "This handling is"
        : namesModel(facts)
          ? "Endpoint and model are"
          : "The endpoint is";
    return `${what} listed for processing in ${region.name} (${listed}); sent to ${host.host}.`;
  }
  if (!storesContent(findEndpoint(facts.endpoint, catalog), facts)) {
    return `Nothing is kept as state; what the provider keeps is listed for storage in ${region.name} (${listed}).`;
  }
  return `Stored under ${describePin(pin, catalog)}; listed for storage in ${region.name} (${listed}).`;
}
