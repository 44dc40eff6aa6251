import { dayNumber } from "../calendar.ts";
import { instantKey, yearLater } from "../instant.ts";
import type { Catalog, RegionCode, RegionRow } from "../regions/catalog.ts";
import { classifyHost } from "../regions/classify-host.ts";
import { findRegion } from "../regions/host-of-region.ts";
import { unknownCountries } from "../regions/is-country-code.ts";
import { evidenceProblems } from "./check-evidence.ts";
import { placeWords } from "./place-words.ts";
import type { GlobalAcceptance, Policy } from "./policy.ts";
import {
  allowedCountries,
  hasLocationRequirement,
  isSubset,
  leavesInferenceOpen,
  providerClaims,
  regionsWithin,
  regionWithin,
  restrictableClaims,
  restricts,
} from "./requirements.ts";
import type { Problem } from "./strict-reader.ts";

/**
 * Why a policy may not be saved: no region can meet it, or it contradicts itself. Empty: it may.
 *
 * `at`, an RFC 3339 UTC instant, adds the rules about dates; without it they are not asked.
 */
export function policyProblems(policy: Policy, catalog: Catalog, at?: string): readonly Problem[] {
  return [
    ...countryProblems(policy),
    ...claimProblems(policy, catalog),
    ...homeProblems(policy, catalog),
    ...globalProblems(policy, at),
    ...evidenceProblems(policy),
    ...customHostProblems(policy, catalog, at !== undefined),
    ...routingProblems(policy, catalog),
    ...enforcementProblems(policy, at),
  ];
}

/** What a region must be able to do for a claim to be met there. */
const abilities: Readonly<
  Record<"ingress" | "inference" | "storage", { verb: string; has: (region: RegionRow) => boolean }>
> = {
  ingress: { verb: "end of TLS", has: (region) => region.regionalTls },
  inference: { verb: "processing", has: (region) => region.processing.state !== "no" },
  storage: { verb: "storage", has: (region) => region.storage.state === "yes" },
};

/** Asked when a policy is written and not when a stored one is read: calls are judged by that one for ever. */
function countryProblems(policy: Policy): Problem[] {
  return restrictableClaims.flatMap((claim) => {
    const countries = allowedCountries(policy, claim);
    const message = countries?.length === 0 ? nameOne : unknownCountries(countries ?? []);
    return message === null ? [] : [{ field: `claims.${claim}`, message }];
  });
}

const nameOne = "Name at least one country, or allow any.";

function claimProblems(policy: Policy, catalog: Catalog): Problem[] {
  const alone = providerClaims.flatMap((claim) => claimProblem(policy, catalog, claim));
  const isEmpty = providerClaims.some((claim) => allowedCountries(policy, claim)?.length === 0);
  if (alone.length > 0 || isEmpty || !hasLocationRequirement(policy)) return alone;
  const together = regionsWithin(policy, catalog).filter((region) => canMeet(region, policy));
  if (together.length > 0) return [];
  return [{ field: "claims", message: "No region of OpenAI lies within all of these countries at once." }];
}

function canMeet(region: RegionRow, policy: Policy): boolean {
  return lacking(region, policy) === null;
}

/** What the policy asks of a region and the region cannot do; null where it can do all of it. */
function lacking(region: RegionRow, policy: Policy): string | null {
  const claims = ["ingress", "inference", "storage"] as const;
  const missing = claims.find((claim) => restricts(policy, claim) && !abilities[claim].has(region));
  return missing === undefined ? null : abilities[missing].verb;
}

function claimProblem(policy: Policy, catalog: Catalog, claim: (typeof providerClaims)[number]): Problem[] {
  const countries = allowedCountries(policy, claim);
  if (countries === null || countries.length === 0) return [];
  const field = `claims.${claim}`;
  const place = placeWords(countries, catalog);
  const regions = catalog.regions.filter((region) => isSubset(region.countries, countries));
  if (regions.length === 0) return [{ field, message: `OpenAI lists no region that stays within ${place}.` }];
  if (claim === "handling" || regions.some((region) => abilities[claim].has(region))) return [];
  return [{ field, message: `OpenAI lists no ${abilities[claim].verb} in ${place}.` }];
}

function homeProblems(policy: Policy, catalog: Catalog): Problem[] {
  const field = "homeRegion";
  if (policy.homeRegion === null) {
    if (policy.global.allowed) return [];
    return [
      {
        field,
        message: "Without a home region calls would go to the global host, which this policy excludes.",
      },
    ];
  }
  const region = findRegion(policy.homeRegion, catalog);
  if (region === null) return [{ field, message: `The catalog has no region ${policy.homeRegion}.` }];
  if (region.provider !== "openai") return [{ field, message: askedByName(region) }];
  if (!regionWithin(region, policy))
    return [{ field, message: `${region.name} is outside the countries this policy allows.` }];
  if (policy.global.allowed || canMeet(region, policy)) return [];
  return [
    { field, message: `${region.name} cannot meet what this policy asks; choose another home region.` },
  ];
}

/** A region of Azure holds many resources, each of one customer: no policy can mean one of them by it. */
function askedByName({ name }: RegionRow): string {
  return `${name} is no region that calls are routed to: a resource there is asked for by the name in a key's target.`;
}

function globalProblems(policy: Policy, at: string | undefined): Problem[] {
  const problems: Problem[] = [];
  if (policy.global.allowed) {
    if (policy.requirePin) {
      problems.push({
        field: "requirePin",
        message: "The global host cannot be pinned: allow it or require pins.",
      });
    }
    if (hasLocationRequirement(policy)) {
      problems.push(
        ...acceptanceProblems(policy.global.acceptance, "global.acceptance", "the global host", at),
      );
    }
  }
  if (leavesInferenceOpen(policy)) {
    const accepted = policy.inferenceElsewhere ?? null;
    problems.push(...acceptanceProblems(accepted, "inferenceElsewhere", "inference elsewhere", at));
  }
  return problems;
}

function acceptanceProblems(
  acceptance: GlobalAcceptance | null,
  field: string,
  what: string,
  at: string | undefined,
): Problem[] {
  if (acceptance === null) {
    return [{ field, message: `A named person has to accept ${what}, with a reason and a review date.` }];
  }
  const problems: Problem[] = [];
  if (acceptance.acceptedBy.trim().length < 3)
    problems.push({ field: `${field}.acceptedBy`, message: "Name the person." });
  if (acceptance.reason.trim().length < 20) {
    problems.push({ field: `${field}.reason`, message: "Give the reason in at least 20 characters." });
  }
  if (at !== undefined) {
    const today = at.slice(0, 10);
    if (dayNumber(acceptance.reviewOn) === null) {
      problems.push({ field: `${field}.reviewOn`, message: "The calendar has no such day." });
    } else if (acceptance.reviewOn <= today || acceptance.reviewOn > yearLater(today)) {
      problems.push({ field: `${field}.reviewOn`, message: "The review lies within the next 12 months." });
    }
  }
  return problems;
}

function customHostProblems(policy: Policy, catalog: Catalog, isSaving: boolean): Problem[] {
  return policy.customHosts.flatMap((host, at) => {
    const kind = classifyHost(host, catalog, policy.customHosts).class;
    if (kind === "custom") {
      const reason = policy.customHostReasons?.[host] ?? "";
      if (!isSaving || reason.trim().length >= 20) return [];
      const message = `Say in at least 20 characters why ${host} is admitted.`;
      return [{ field: `customHostReasons.${host}`, message }];
    }
    const message =
      kind === "lookalike"
        ? `${host} is a listed lookalike and cannot be admitted.`
        : `${host} is under OpenAI's own domain and needs no admission.`;
    return [{ field: `customHosts.${at}`, message }];
  });
}

function routingProblems(policy: Policy, catalog: Catalog): Problem[] {
  if (policy.routing.kind === "home") return [];
  return Object.entries(policy.routing.map).flatMap(([country, code]) => {
    const message = unknownCountries([country]) ?? routeProblem(policy, catalog, code);
    return message === null ? [] : [{ field: `routing.map.${country}`, message }];
  });
}

function routeProblem(policy: Policy, catalog: Catalog, code: RegionCode): string | null {
  const region = findRegion(code, catalog);
  if (region === null) return `The catalog has no region ${code}.`;
  if (region.provider !== "openai") return askedByName(region);
  if (!regionWithin(region, policy)) return `${region.name} is outside the countries this policy allows.`;
  const verb = policy.global.allowed ? null : lacking(region, policy);
  if (verb === null) return null;
  const place = placeWords(region.countries, catalog);
  return `OpenAI lists no ${verb} in ${place}, so every call that is routed there would be refused.`;
}

function enforcementProblems(policy: Policy, at: string | undefined): Problem[] {
  if (policy.enforcement.mode === "block") return [];
  const { until } = policy.enforcement;
  const field = "enforcement.until";
  if (until === null) {
    return hasLocationRequirement(policy)
      ? [
          {
            field,
            message: "Observing ends on a date where the policy asks for a place; it blocks from then on.",
          },
        ]
      : [];
  }
  return at !== undefined && instantKey(until) <= instantKey(at)
    ? [{ field, message: "The end of observing lies in the future." }]
    : [];
}
